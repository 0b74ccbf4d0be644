import { setTimeout as wait } from 'node:timers/promises';

const answerMsMax = 40_000;
const pauseMs = 100;
/** Longer than a rebalance of the commanders and the restart of a gateway together. */
const patienceMsMax = 60_000;

/** What a gateway said to one request; codes are those of `docs/reference/failures.md`. */
export type Reply<Data> =
  | { readonly kind: 'data'; readonly data: Data }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** Who gets one of these sends the same again; nothing was done, or it is done once. */
const retryable: ReadonlySet<string> = new Set([
  'COMMANDS_UNAVAILABLE',
  'LOG_UNAVAILABLE',
  'NO_CONNECTION',
  'OUTCOME_UNKNOWN',
  'READ_MODEL_BEHIND',
  'SERVER_STOPPING',
  'STORE_UNAVAILABLE',
  'TIMEOUT',
]);

/** Asks gateways by GraphQL, as a program that retries. */
export class GatewayClient {
  readonly #urls: readonly string[];
  readonly #headers: Readonly<Record<string, string>>;
  /** Codes for which something was sent again. */
  readonly retries = new Map<string, number>();
  #turn = 0;

  /**
   * @param urls of the gateways: after a failure it is another one's turn
   * @param headers of every request, beside its own
   */
  constructor(
    urls: readonly string[],
    token: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    this.#urls = urls;
    const own = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    this.#headers = { ...headers, ...own };
  }

  /** Sends the same again until there is an answer. @throws for what is not to be sent again */
  async ask<Data>(query: string, variables: object = {}): Promise<Data> {
    const deadline = performance.now() + patienceMsMax;
    for (;;) {
      const reply = await this.askOnce<Data>(query, variables);
      if (reply.kind === 'data') return reply.data;
      const { code, message } = reply;
      if (!retryable.has(code) || performance.now() > deadline) throw new Error(message);
      this.retries.set(code, (this.retries.get(code) ?? 0) + 1);
      this.#turn += 1;
      await wait(pauseMs);
    }
  }

  async askOnce<Data>(query: string, variables: object = {}): Promise<Reply<Data>> {
    const url = this.#urls[this.#turn % this.#urls.length];
    try {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: this.#headers,
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(answerMsMax),
      });
      const { data, errors } = (await response.json()) as {
        readonly data?: Data | null;
        readonly errors?: readonly {
          readonly message: string;
          readonly extensions: { readonly code: string };
        }[];
      };
      const [error] = errors ?? [];
      if (error !== undefined) {
        return { kind: 'failed', code: error.extensions.code, message: error.message };
      }
      if (data === undefined || data === null) {
        return { kind: 'failed', code: 'NO_DATA', message: `${response.status} without data` };
      }
      return { kind: 'data', data };
    } catch (error) {
      // Refused, cut off, or answered in words that are no JSON: the process is going or gone.
      return { kind: 'failed', code: 'NO_CONNECTION', message: String(error) };
    }
  }
}
