import { request } from 'node:http';

export type Reply = {
  readonly status: number;
  readonly text: string;
  /** Code of the first error of the query itself, or of the first refusal. */
  readonly code: string | null;
  readonly ms: number;
};

export type Sent = {
  readonly method?: string;
  readonly path?: string;
  /** `host` and `origin` among them, which fetch would not send. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** Sends exactly these bytes to a server's `/graphql`. A connection cut early rejects. */
export function sendTo(url: string, body: string | Buffer, sent: Sent = {}): Promise<Reply> {
  const { hostname, port } = new URL(url);
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...sent.headers,
  };
  const { method = 'POST', path = '/graphql' } = sent;
  const since = performance.now();
  return new Promise((resolve, reject) => {
    const options = { hostname, port, path, method, headers };
    const outgoing = request(options, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(parts).toString();
        const status = incoming.statusCode ?? 0;
        resolve({ status, text, code: codeIn(text), ms: performance.now() - since });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const codePattern = /"code":"([A-Z][A-Za-z_0-9]+)"/;

const codeIn = (text: string): string | null => codePattern.exec(text)?.[1] ?? null;
