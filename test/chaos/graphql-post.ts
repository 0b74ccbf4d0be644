/** Where the server is, and with what credential. */
export type ServerAddress = { readonly url: string; readonly token: string };

/** Data without any error; else why there is none. */
export type Posted<T> =
  | { readonly kind: 'data'; readonly data: T }
  | { readonly kind: 'none'; readonly reason: string };

/** The server gives an answer up after 5 s. */
const answerMsMax = 7_000;

/** Sends one query. An answer with errors is none: its parts may be missing. */
export async function post<T>(
  { url, token }: ServerAddress,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Posted<T>> {
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(answerMsMax),
    });
    const { data, errors } = (await response.json()) as {
      readonly data?: T | null;
      readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
    };
    if (data === undefined || data === null || errors !== undefined) {
      return { kind: 'none', reason: errors?.[0]?.extensions.code ?? 'noData' };
    }
    return { kind: 'data', data };
  } catch {
    // The server is gone or the answer was cut: the outcome is not known.
    return { kind: 'none', reason: 'noConnection' };
  }
}
