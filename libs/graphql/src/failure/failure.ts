import { GraphQLError } from 'graphql';

/** Every code that may stand in the `extensions` of a top-level error: a closed list. */
export const failureCodes = [
  'BAD_PAGE_SIZE',
  'BATCHING_DISABLED',
  'BODY_TOO_LARGE',
  'COMMANDS_UNAVAILABLE',
  'COMMAND_BROKEN',
  'FORBIDDEN',
  'HOST_NOT_ALLOWED',
  'INTERNAL',
  'INVALID_ARGUMENT',
  'INVALID_CURSOR',
  'INVALID_QUERY',
  'INVALID_REQUEST',
  'INVALID_TEXT',
  'LOG_UNAVAILABLE',
  'METHOD_NOT_ALLOWED',
  'ORIGIN_NOT_ALLOWED',
  'OUTCOME_UNKNOWN',
  'QUERY_TOO_DEEP',
  'QUERY_TOO_EXPENSIVE',
  'RATE_LIMITED',
  'READ_MODEL_BEHIND',
  'SERVER_STOPPING',
  'STORE_UNAVAILABLE',
  'TIMEOUT',
  'TOO_MANY_ALIASES',
  'TOO_MANY_DIRECTIVES',
  'TOO_MANY_FRAGMENTS',
  'TOO_MANY_MUTATIONS',
  'TOO_MANY_ROOT_FIELDS',
  'TOO_MANY_SUBSCRIPTIONS',
  'TOO_MANY_TOKENS',
  'UNAUTHENTICATED',
  'UNSUPPORTED_MEDIA_TYPE',
  'VARIABLES_TOO_DEEP',
  'VERSION_UNKNOWN',
  'WRITER_OVERLOADED',
] as const;

export type FailureCode = (typeof failureCodes)[number];

const known: ReadonlySet<unknown> = new Set(failureCodes);

/** A broken query or a broken server; a refused command is a user error instead. */
export function failure(code: FailureCode, message: string, cause?: unknown): GraphQLError {
  const originalError = cause instanceof Error ? cause : undefined;
  return new GraphQLError(message, { extensions: { code }, originalError: originalError ?? null });
}

/** The code of an error that is one of ours, else `null`. */
export function codeOf(error: GraphQLError): FailureCode | null {
  const { code } = error.extensions;
  return known.has(code) ? (code as FailureCode) : null;
}
