import { statusOf } from '../http/status.ts';
import { failureCodes } from './failure.ts';
import type { FailureCode } from './failure.ts';

/** What each code tells a client, and what it can do. */
const meanings: Readonly<Record<FailureCode, string>> = {
  BAD_PAGE_SIZE: 'A list asks for more or fewer elements than a page may have. Change `first`.',
  BATCHING_DISABLED: 'The body is a list of queries. Send one query per request.',
  BODY_TOO_LARGE: 'The request is larger than allowed. Send less.',
  COMMANDS_UNAVAILABLE:
    'Commands cannot be taken now. Queries go on; send the command again with its id.',
  COMMAND_BROKEN: 'The command met a fault of the server. It changed nothing; report it.',
  FORBIDDEN: 'The token may not do this, or a quota is used up. The message says which.',
  HOST_NOT_ALLOWED: 'The `Host` of the request is not a name of this server.',
  INTERNAL: 'The server failed; `requestId` leads to the fault in its log.',
  INVALID_ARGUMENT: 'An argument is not what the field takes. The message says what is.',
  INVALID_CURSOR: 'A cursor of another list, or one that was changed. Begin with the first page.',
  INVALID_QUERY: 'The document does not fit the schema, or a variable does not fit its type.',
  INVALID_REQUEST: 'The body is not a request, or it went where such a request does not go.',
  INVALID_TEXT: 'A text holds characters that no text may hold, or is too long.',
  LOG_UNAVAILABLE: 'The log cannot be reached. Nothing was done; send the command again.',
  METHOD_NOT_ALLOWED: 'Queries go by POST, subscriptions by WebSocket.',
  ORIGIN_NOT_ALLOWED: 'A page of another origin asked; browsers may ask from this server only.',
  OUTCOME_UNKNOWN:
    'Whether the command was done is not known. Send it again with the same `commandId`.',
  QUERY_TOO_DEEP: 'The query nests deeper than allowed.',
  QUERY_TOO_EXPENSIVE: 'The query could answer too much. Ask for smaller pages or fewer fields.',
  RATE_LIMITED: 'Too many requests. Wait for `retryAfterMs`.',
  READ_MODEL_BEHIND:
    'What can be read has not reached the version of `atLeastVersion` in time. Ask again.',
  SERVER_STOPPING: 'The server is about to stop. Nothing was done; send it again later.',
  STORE_UNAVAILABLE:
    'The database does not answer now. Ask again; a command with its id, for it may stand.',
  TIMEOUT: 'The query took longer than allowed. Ask for less at once.',
  TOO_MANY_ALIASES: 'The query has more aliases than allowed.',
  TOO_MANY_DIRECTIVES: 'The query has more directives than allowed.',
  TOO_MANY_FRAGMENTS: 'The query has more fragments than allowed.',
  TOO_MANY_MUTATIONS: 'The request has more mutations than allowed. Use `commandsApply`.',
  TOO_MANY_ROOT_FIELDS: 'The query has more fields at its root than allowed.',
  TOO_MANY_SUBSCRIPTIONS: 'The socket, or the user, has as many subscriptions as allowed.',
  TOO_MANY_TOKENS: 'The document is longer than allowed, counted in words and signs.',
  UNAUTHENTICATED: 'The token is missing, wrong, expired or revoked.',
  UNSUPPORTED_MEDIA_TYPE: 'The body is not `application/json`.',
  VARIABLES_TOO_DEEP: 'The variables nest deeper than allowed.',
  VERSION_UNKNOWN: 'The lab has not had this version yet, or was removed.',
  WRITER_OVERLOADED: 'Too many commands wait already. Nothing was done; send it again later.',
};

/** `docs/reference/graphql-errors.md`, made from the closed list of codes. */
export function failurePage(): string {
  const rows = failureCodes.map(
    (code) => `| \`${code}\` | ${statusOf(code)} | ${meanings[code]} |`,
  );
  return `${intro}${rows.join('\n')}\n`;
}

const intro = `# Errors of GraphQL

Reference. This page is made by a test from the list that the service itself uses.

A query that cannot be answered has \`errors\`, each with a code of this list in \`extensions\`.
\`extensions.requestId\` beside it leads to what the server's log says of it.
A command that a lab refuses is no such error: its payload has \`userErrors\`.
They are in the words of Docker, or have a code that [errors](../errors.md) explains.
The status is that of HTTP when nothing of the request was carried out.
Otherwise it is 200, with \`data\` beside \`errors\`.

| code | status | meaning and way out |
|---|---|---|
`;
