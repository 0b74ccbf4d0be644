import { randomUUID } from 'node:crypto';
import { traceparentOf } from '@netfold/application';
import type { Authenticator } from '@netfold/application';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { ExecutionResult } from 'graphql';
import { codeOf, failure } from '../failure/failure.ts';
import { maskError } from '../failure/mask.ts';
import type { ReportFault } from '../failure/mask.ts';
import { limits } from '../limits/limits.ts';
import { RequestContext } from '../request/request-context.ts';
import type { Dispatch } from '../request/request-context.ts';
import { demandWithinBorder } from './border.ts';
import type { Border } from './border.ts';
import type { Engine } from './engine.ts';
import { parseRequestBody, textOfBody } from './request-body.ts';
import type { GraphqlRequestBody } from './request-body.ts';
import { statusOf } from './status.ts';

export type HttpFaceParts = {
  readonly engine: () => Engine;
  readonly authenticator: Authenticator;
  readonly dispatch: Dispatch;
  readonly border: Border;
  readonly report: ReportFault;
};

export const graphqlPath = '/graphql';
const otherMethods = ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
const resultType = 'application/graphql-response+json';

/**
 * GraphQL over HTTP: `POST` of `application/json` and nothing else, so that no page can make a
 * browser send one without asking first. A context of its own, for it takes no other content.
 */
export async function httpFace(app: FastifyInstance, parts: HttpFaceParts): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: limits.bodyBytes },
    (_request, bytes, done) => done(null, bytes),
  );
  app.setErrorHandler((fault: Error, request, reply) =>
    refuse(reply, request, parts, failureOfFastify(fault)),
  );
  app.route({
    method: otherMethods,
    url: graphqlPath,
    handler: (request, reply) =>
      refuse(reply.header('allow', 'POST'), request, parts, methodNotAllowed()),
  });
  app.post(graphqlPath, { bodyLimit: limits.bodyBytes }, (request, reply) =>
    answer(request, reply, parts),
  );
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: HttpFaceParts,
): Promise<FastifyReply> {
  demandWithinBorder(request.headers, parts.border);
  const actor = await parts.authenticator.authenticate(request.headers.authorization);
  if (actor === null) throw failure('UNAUTHENTICATED', 'a valid token is needed');
  if (!(request.body instanceof Uint8Array)) throw unsupported();
  const body = parseRequestBody(textOfBody(request.body));
  const traceparent = traceparentOf(request.headers['traceparent']);
  const context = new RequestContext(actor, requestIdOf(request), parts.dispatch, traceparent);
  try {
    const result = await inTime(context, run(parts.engine(), context, body));
    return send(reply, request, parts, result);
  } catch (fault) {
    return refuse(reply, request, parts, fault);
  } finally {
    await context.close();
  }
}

/** The name of the operation is part of the source: compiled queries are kept by source alone. */
function run(
  engine: Engine,
  request: RequestContext,
  { query, variables, operationName }: GraphqlRequestBody,
): Promise<ExecutionResult> {
  const source = operationName === null ? query : `${query}\n#${operationName}`;
  const context = { request, operationName };
  return engine(source, context, variables, operationName ?? undefined);
}

async function inTime(
  { deadline }: RequestContext,
  result: Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  try {
    return await Promise.race([result, deadline.start(limits.queryMs)]);
  } finally {
    deadline.clear();
  }
}

function send(
  reply: FastifyReply,
  request: FastifyRequest,
  { report }: HttpFaceParts,
  { data, errors }: ExecutionResult,
): FastifyReply {
  const requestId = requestIdOf(request);
  const shown = errors?.map((error) => maskError(error, requestId, report));
  const isCarriedOut = data !== undefined && (data !== null || shown?.[0]?.path !== undefined);
  const status = isCarriedOut ? 200 : statusOf(codeOfFirst(shown));
  const body = shown === undefined ? { data } : { errors: shown, ...(isCarriedOut && { data }) };
  return reply.code(status).type(typeFor(request)).send(JSON.stringify(body));
}

const codeOfFirst = (errors: readonly GraphQLError[] | undefined) =>
  (errors?.[0] === undefined ? null : codeOf(errors[0])) ?? 'INTERNAL';

/** Errors before an answer began: mercurius' own hold a list. */
function refuse(
  reply: FastifyReply,
  request: FastifyRequest,
  { report }: HttpFaceParts,
  fault: unknown,
): FastifyReply {
  const requestId = requestIdOf(request);
  const shown = errorsOf(fault).map((error) => maskError(error, requestId, report));
  const retryAfterMs = shown[0]?.extensions['retryAfterMs'];
  if (typeof retryAfterMs === 'number') reply.header('retry-after', Math.ceil(retryAfterMs / 1000));
  const code = codeOfFirst(shown);
  if (code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer realm="netfold"');
  return reply
    .code(statusOf(code))
    .type(typeFor(request))
    .send(JSON.stringify({ errors: shown }));
}

function errorsOf(fault: unknown): readonly GraphQLError[] {
  if (fault instanceof GraphQLError) return [fault];
  const many: unknown = fault instanceof Error && 'errors' in fault ? fault.errors : undefined;
  if (Array.isArray(many) && many.every((one) => one instanceof GraphQLError)) return many;
  const originalError = fault instanceof Error ? fault : new Error('failed', { cause: fault });
  return [new GraphQLError('failed', { originalError })];
}

function failureOfFastify(fault: Error): unknown {
  const code = 'code' in fault ? fault.code : undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return failure('BODY_TOO_LARGE', `a request has at most ${limits.bodyBytes} bytes`);
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return unsupported();
  const isOfRequest = typeof code === 'string' && code.startsWith('FST_ERR_CTP_');
  return isOfRequest ? failure('INVALID_REQUEST', 'the body cannot be read') : fault;
}

const unsupported = (): Error =>
  failure('UNSUPPORTED_MEDIA_TYPE', 'a request is `application/json`');
const methodNotAllowed = (): Error =>
  failure('METHOD_NOT_ALLOWED', 'a query is sent by POST; subscriptions by WebSocket');

function typeFor({ headers }: FastifyRequest): string {
  const isAskedFor = headers.accept?.includes(resultType) === true;
  return `${isAskedFor ? resultType : 'application/json'}; charset=utf-8`;
}

const requestIds = new WeakMap<object, string>();

/** Unique over processes, so that it can be looked for in the logs of all. */
function requestIdOf(request: FastifyRequest): string {
  const known = requestIds.get(request);
  if (known !== undefined) return known;
  const made = randomUUID();
  requestIds.set(request, made);
  return made;
}
