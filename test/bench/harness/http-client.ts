import { Agent, request } from 'node:http';

/** The service answered that it does not do that. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}

/** Keeps so many connections open, and sends one request at a time on each. */
export class HttpClient {
  readonly #agent: Agent;
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(of: { readonly url: string; readonly token: string }, connections: number) {
    this.#url = `${of.url}/graphql`;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.#headers = {
      'content-type': 'application/json',
      ...(of.token === '' ? {} : { authorization: `Bearer ${of.token}` }),
    };
  }

  /** @returns the answer's text. @throws when its status is not 200 */
  post(body: string): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const headers = { ...this.#headers, 'content-length': Buffer.byteLength(body) };
    const options = { agent: this.#agent, method: 'POST', headers };
    const asked = request(this.#url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`HTTP ${response.statusCode}: ${text.slice(0, 500)}`));
      });
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
    return promise;
  }

  /** @throws CommandRefused, and an error when there is no whole answer */
  async graphql<T>(query: string, variables: unknown): Promise<T> {
    const text = await this.post(JSON.stringify({ query, variables }));
    const { data, errors } = JSON.parse(text) as {
      readonly data?: Record<string, { readonly userErrors?: readonly unknown[] } | null>;
      readonly errors?: readonly unknown[];
    };
    if (errors !== undefined) throw new Error(`no answer: ${JSON.stringify(errors)}`);
    const refusals = Object.values(data ?? {}).flatMap((field) => field?.userErrors ?? []);
    if (refusals.length > 0) throw new CommandRefused(JSON.stringify(refusals));
    return data as T;
  }

  close(): void {
    this.#agent.destroy();
  }
}
