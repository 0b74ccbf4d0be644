import http from 'node:http';
import net from 'node:net';
import { socketOf } from './engine-request.ts';

/** One request of the docker client that changed something or was refused, and its answer. */
export type ApiExchange = {
  method: string;
  path: string;
  request: unknown;
  status: number;
  answer: unknown;
};

/** A unix socket that passes everything to an engine and notes what is worth keeping. */
export type EngineTap = { endpoint: string; take(): ApiExchange[]; close(): void };

/** Requests that carry streams or files: their bodies are no part of a recording. */
const streamed = /\/(build|exec|attach|wait|resize|session|images|events|logs|volumes)\b/;

/** Opens a tap at `socketPath` in front of the engine at `engineEndpoint`. */
export async function openTap(socketPath: string, engineEndpoint: string): Promise<EngineTap> {
  const noted: ApiExchange[] = [];
  const engine = socketOf(engineEndpoint);
  const server = http.createServer((request, response) => {
    pass(request, response, engine, noted);
  });
  server.on('upgrade', (request: http.IncomingMessage, socket: net.Socket, head: Buffer) => {
    passRaw(request, socket, head, engine);
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    endpoint: `unix://${socketPath}`,
    take: () => noted.splice(0),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function pass(
  asked: http.IncomingMessage,
  response: http.ServerResponse,
  engine: ReturnType<typeof socketOf>,
  noted: ApiExchange[],
): void {
  const { method = 'GET', url = '/' } = asked;
  const sentBody: Buffer[] = [];
  const options = { ...engine, path: url, method, headers: asked.headers };
  const onward = http.request(options, (answer) => {
    const body: Buffer[] = [];
    const status = answer.statusCode ?? 0;
    response.writeHead(status, answer.rawHeaders);
    response.flushHeaders();
    answer.on('data', (part: Buffer) => {
      body.push(part);
      response.write(part);
    });
    answer.on('end', () => {
      if (isKept(method, url, status)) {
        const request = withoutDefaults(read(Buffer.concat(sentBody)));
        noted.push({ method, path: url, request, status, answer: read(Buffer.concat(body)) });
      }
      response.end();
    });
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  asked.on('data', (part: Buffer) => sentBody.push(part));
  asked.pipe(onward);
}

/** Attach and exec leave HTTP after the head: from there on bytes are bytes. */
function passRaw(
  request: http.IncomingMessage,
  socket: net.Socket,
  head: Buffer,
  engine: ReturnType<typeof socketOf>,
): void {
  const onward = 'socketPath' in engine ? net.connect(engine.socketPath) : net.connect(engine);
  const lines = [`${request.method} ${request.url} HTTP/1.1`];
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
  }
  onward.write(`${lines.join('\r\n')}\r\n\r\n`);
  onward.write(head);
  onward.pipe(socket);
  socket.pipe(onward);
  onward.on('error', () => socket.destroy());
  socket.on('error', () => onward.destroy());
}

function isKept(method: string, path: string, status: number): boolean {
  if (path.endsWith('/_ping')) return false;
  if (status >= 400) return true;
  return method !== 'GET' && method !== 'HEAD' && !streamed.test(path);
}

function read(body: Buffer): unknown {
  const text = body.toString('utf8');
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A client sends some hundred members that say nothing; they would hide those that do. */
function withoutDefaults(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kept: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    const rest = withoutDefaults(member);
    if (rest === null || rest === '' || rest === 0 || rest === false) continue;
    // Under `80/tcp` or `/data` an empty record means that the key itself is the statement.
    const isEmpty = typeof rest === 'object' && Object.keys(rest).length === 0;
    if (isEmpty && /^\w+$/.test(key)) continue;
    kept.push([key, rest]);
  }
  return Object.fromEntries(kept);
}
