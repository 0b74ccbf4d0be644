import {
  AccessDenied,
  CommandFailure,
  CursorInvalid,
  QuotaExceeded,
  RateExceeded,
  ReadModelBehind,
  VersionUnknown,
  StoreUnavailable,
} from '@netfold/application';
import type { CommandFailureCode } from '@netfold/application';
import { GraphQLError } from 'graphql';
import { codeOf, failure } from './failure.ts';
import type { FailureCode } from './failure.ts';

/** Called with what the client does not get to see. */
export type ReportFault = (fault: unknown, requestId: string) => void;

/**
 * What a client may know of an error: code and message from the closed list, and the request's
 * id to tell us. The text of an unknown error (a database's, say) never leaves.
 */
export function maskError(
  raised: GraphQLError,
  requestId: string,
  report: ReportFault,
): GraphQLError {
  const error =
    'extensions' in raised && raised.extensions !== undefined ? raised : ofCompiledQuery(raised);
  const fault = innermost(error);
  const ours = codeOf(error) === null ? failureOf(fault) : error;
  // An error with a path happened while answering: then even GraphQL's own is the server's fault.
  const isQueryFault = ours === null && error.path === undefined && fault instanceof GraphQLError;
  if (isQueryFault) return shown(error, 'INVALID_QUERY', error.message, requestId);
  if (ours === null) {
    report(fault, requestId);
    return shown(error, 'INTERNAL', 'the server failed; the fault is in its log', requestId);
  }
  return shown(error, codeOf(ours) ?? 'INTERNAL', ours.message, requestId);
}

/** Compiled queries raise errors of a class of their own, with fewer members. */
function ofCompiledQuery(raised: Partial<GraphQLError>): GraphQLError {
  return new GraphQLError(raised.message ?? 'failed', {
    path: raised.path ?? null,
    originalError: raised.originalError ?? null,
  });
}

function innermost(error: GraphQLError): unknown {
  let fault: Error = error;
  while (fault instanceof GraphQLError && fault.originalError !== undefined) {
    fault = fault.originalError;
  }
  return fault;
}

function shown(
  error: GraphQLError,
  code: FailureCode,
  message: string,
  requestId: string,
): GraphQLError {
  const retryAfterMs = error.extensions['retryAfterMs'] ?? retryAfterOf(innermost(error));
  return new GraphQLError(message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
    extensions: { code, requestId, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
  });
}

const retryAfterOf = (fault: unknown): number | undefined =>
  fault instanceof RateExceeded ? fault.retryAfterMs : undefined;

/** What the application says, in this face's words; `null` for what it does not say. */
function failureOf(fault: unknown): GraphQLError | null {
  if (fault instanceof GraphQLError) return codeOf(fault) === null ? null : fault;
  if (fault instanceof AccessDenied) return failure('FORBIDDEN', fault.message);
  if (fault instanceof QuotaExceeded) return failure('FORBIDDEN', fault.message);
  if (fault instanceof RateExceeded) return failure('RATE_LIMITED', fault.message);
  if (fault instanceof CursorInvalid) return failure('INVALID_CURSOR', fault.message);
  if (fault instanceof ReadModelBehind) return failure('READ_MODEL_BEHIND', fault.message);
  if (fault instanceof VersionUnknown) return failure('VERSION_UNKNOWN', fault.message);
  if (fault instanceof StoreUnavailable) return failure('STORE_UNAVAILABLE', fault.message);
  if (fault instanceof CommandFailure) return failure(codeOfFailure[fault.code], fault.message);
  return null;
}

const codeOfFailure: Readonly<Record<CommandFailureCode, FailureCode>> = {
  OutcomeUnknown: 'OUTCOME_UNKNOWN',
  LogUnavailable: 'LOG_UNAVAILABLE',
  CommandBroken: 'COMMAND_BROKEN',
  WriterOverloaded: 'WRITER_OVERLOADED',
  WriterStopped: 'SERVER_STOPPING',
  CommandsUnavailable: 'COMMANDS_UNAVAILABLE',
};
