import { NetfoldProblem } from '@netfold/configuration';
import type { CliInput } from './cli-command.ts';
import { findServer } from './server-access.ts';
import type { ServerAccess } from './server-access.ts';

/** A query that takes longer is given up. */
const requestMsMax = 60_000;

export type GraphqlAnswer<Data> = {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: unknown }[];
};

/** Sends one document and answers its data. @throws NetfoldProblem when it could not be had */
export async function ask<Data>(
  input: CliInput,
  document: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> {
  const answer = await post<Data>(findServer(input), document, variables);
  const [error] = answer.errors ?? [];
  if (error !== undefined || answer.data === undefined || answer.data === null) {
    throw new NetfoldProblem({
      code: 'NF1104',
      problem: 'the server could not answer the query',
      cause: error?.message ?? 'it sent no data',
      fix: 'read the server log for the request, and try again',
    });
  }
  return answer.data;
}

export async function post<Data>(
  { url, token }: ServerAccess,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<GraphqlAnswer<Data>> {
  const response = await send(`${url}/graphql`, token, JSON.stringify({ query, variables }));
  if (response.status === 401 || response.status === 403) {
    throw new NetfoldProblem({
      code: 'NF1102',
      problem: 'the server did not accept the token',
      cause: `it answered ${response.status}`,
      fix: 'use the token in the server’s data folder, or make one with `netfold token create`',
    });
  }
  return (await response.json()) as GraphqlAnswer<Data>;
}

async function send(url: string, token: string, body: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  try {
    const signal = AbortSignal.timeout(requestMsMax);
    return await fetch(url, { method: 'POST', headers, body, signal });
  } catch (cause) {
    throw new NetfoldProblem(
      {
        code: 'NF1103',
        problem: `no server answers at ${url}`,
        cause: reasonOf(cause),
        fix: 'start it with `netfold up`',
      },
      { cause },
    );
  }
}

/** What `fetch` says is that it failed; why is one level down. */
function reasonOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  return fault.cause instanceof Error ? fault.cause.message : fault.message;
}
