import { Agent, request } from 'node:http';

/** Answers take less, also on a slow machine. */
const answerMsMax = 20_000;

/** A client of one lab host's Docker API that keeps its connection, as a program does. */
export class EngineClient {
  readonly #socketPath: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  /**
   * @param dockerHost such as `unix:///…/h1.sock`
   * @param headers of every request, beside its own
   */
  constructor(dockerHost: string, headers: Readonly<Record<string, string>> = {}) {
    this.#headers = headers;
    this.#socketPath = dockerHost.replace('unix://', '');
  }

  /** `docker run -d`: two requests. @returns id of the container */
  async run(name: string): Promise<string> {
    const { Id } = await this.#ask<{ readonly Id: string }>(
      'POST',
      `/containers/create?name=${name}`,
      { Image: 'nginx' },
    );
    await this.#ask('POST', `/containers/${Id}/start`);
    return Id;
  }

  /** `docker ps`: ids of the containers that run. */
  async ps(): Promise<readonly string[]> {
    const listed = await this.#ask<readonly { readonly Id: string }[]>('GET', '/containers/json');
    return listed.map(({ Id }) => Id);
  }

  close(): void {
    this.#agent.destroy();
  }

  #ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const options = {
      socketPath: this.#socketPath,
      agent: this.#agent,
      method,
      path: `/v1.41${path}`,
      headers: {
        ...this.#headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      },
      timeout: answerMsMax,
    };
    return new Promise((resolve, reject) => {
      const sent = request(options, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const answer = Buffer.concat(parts).toString();
          const { statusCode = 0 } = response;
          if (statusCode >= 400) reject(new Error(`${method} ${path}: ${statusCode} ${answer}`));
          else resolve((answer === '' ? null : JSON.parse(answer)) as Answer);
        });
      });
      sent.on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer`)));
      sent.on('error', reject);
      sent.end(text);
    });
  }
}
