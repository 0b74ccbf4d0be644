import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';

/** What a client of the engine does with a unix socket; for the specs of this library. */
export type Reply = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
};

export const askSocket = (
  socketPath: string,
  of: {
    readonly method: string;
    readonly path: string;
    readonly body: string | object | Buffer | undefined;
    readonly headers: Readonly<Record<string, string>>;
  },
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { method, path, body } = of;
    const isAsIs = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
    const text = isAsIs ? body : JSON.stringify(body);
    const isJson = text !== undefined && !Buffer.isBuffer(text);
    const type = isJson ? { 'content-type': 'application/json' } : {};
    const headers = { ...type, ...of.headers };
    const sent = request({ socketPath, method, path, headers }, (response) => {
      let received = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        received += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: received }),
      );
    });
    sent.on('error', reject);
    sent.end(text);
  });

/** The bytes of a hijacked stream until the server ends it. Input goes out when it is upgraded. */
export const hijackedStream = (
  socketPath: string,
  of: {
    readonly path: string;
    readonly body: object;
    readonly input: string;
    readonly staysOpen: boolean;
  },
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const { path, input, staysOpen } = of;
    const socket = connect({ path: socketPath, allowHalfOpen: true });
    const text = JSON.stringify(of.body);
    const chunks: Buffer[] = [];
    socket.once('data', () => (staysOpen ? socket.write(input) : socket.end(input)));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('end', () => resolve(Buffer.concat(chunks)));
    socket.on('error', reject);
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
    );
  });

/** Payloads of the frames behind the head, by stream. */
export const framesOf = (bytes: Buffer): { head: string; stdout: string; stderr: string } => {
  const end = bytes.indexOf('\r\n\r\n') + 4;
  const texts: Record<number, string> = { 1: '', 2: '' };
  for (let at = end; at < bytes.length;) {
    const kind = bytes.readUInt8(at);
    const length = bytes.readUInt32BE(at + 4);
    texts[kind] = (texts[kind] ?? '') + bytes.subarray(at + 8, at + 8 + length).toString();
    at += 8 + length;
  }
  const head = bytes.subarray(0, end).toString();
  return { head, stdout: texts[1] ?? '', stderr: texts[2] ?? '' };
};
