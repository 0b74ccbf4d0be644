import type { Socket } from 'node:net';
import type { Call } from '../engine/call.ts';
import { engineLimits } from '../engine/engine-profile.ts';
import { engineHeaders } from '../http/reply.ts';
import { countStream, demandStream, endSoon } from './open-streams.ts';

export type OutputStream = 'stdout' | 'stderr';

/**
 * One frame of a stream without a terminal: `[1 or 2, 0, 0, 0, length as 32 bits big-endian]`
 * and the payload.
 * @source moby/moby v20.10 pkg/stdcopy/stdcopy.go
 */
export const frame = (stream: OutputStream, text: string): Buffer => {
  const payload = Buffer.from(text);
  const head = Buffer.alloc(8);
  head.writeUInt8(stream === 'stdout' ? 1 : 2, 0);
  head.writeUInt32BE(payload.length, 4);
  return Buffer.concat([head, payload]);
};

/** A connection that was an HTTP request and is now a stream of bytes both ways. */
export class HijackedStream {
  /** Aborted when the client has gone or a limit was reached. */
  readonly closed: AbortSignal;
  readonly #socket: Socket;
  readonly #isRaw: boolean;
  readonly #input: Buffer[] = [];
  readonly #closing = new AbortController();
  readonly #total: NodeJS.Timeout;
  #inputBytes = 0;
  #isInputEnded = false;
  #onInput: ((chunk: Buffer) => void) | null = null;
  #onInputEnd: (() => void) | null = null;

  constructor(socket: Socket, isRaw: boolean) {
    this.#socket = socket;
    this.#isRaw = isRaw;
    this.closed = this.#closing.signal;
    this.#total = setTimeout(() => socket.destroy(), engineLimits.streamTotalMs);
    this.#total.unref();
    socket.setTimeout(engineLimits.streamIdleMs, () => socket.destroy());
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('end', () => this.#endInput());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(this.#total);
      this.#endInput();
      this.#closing.abort();
    });
    socket.resume();
  }

  /** Sends output: framed, or as it is on a terminal. */
  write(stream: OutputStream, text: string): void {
    if (text === '' || this.#socket.destroyed || this.#socket.writableEnded) return;
    if (this.#socket.writableLength > engineLimits.streamBacklogBytesMax) {
      this.#socket.destroy();
      return;
    }
    this.#socket.write(
      this.#isRaw ? Buffer.from(text.replaceAll(/\r?\n/g, '\r\n')) : frame(stream, text),
    );
  }

  /** Hands every piece of input on as it comes, those included that came before. */
  onInput(listener: (chunk: Buffer) => void): void {
    this.#onInput = listener;
    for (const chunk of this.#input.splice(0)) listener(chunk);
  }

  /** Everything the client sent up to its half-close, as text. */
  async input(): Promise<string> {
    if (!this.#isInputEnded) {
      await new Promise<void>((resolve) => {
        this.#onInputEnd = resolve;
      });
    }
    return Buffer.concat(this.#input).toString('utf8');
  }

  end(): void {
    clearTimeout(this.#total);
    if (!this.#socket.destroyed) this.#socket.end();
  }

  #take(chunk: Buffer): void {
    this.#inputBytes += chunk.length;
    if (this.#inputBytes > engineLimits.streamInputBytesMax) {
      this.#socket.destroy();
      return;
    }
    if (this.#onInput === null) this.#input.push(chunk);
    else this.#onInput(chunk);
  }

  #endInput(): void {
    this.#isInputEnded = true;
    this.#onInputEnd?.();
  }
}

/**
 * Takes the connection over. The request's body has been read before; what follows on the socket
 * is the client's input, so the server's own listeners, which would parse it as HTTP and end the
 * output at the client's half-close, are taken off.
 */
export const hijack = (call: Call, isTerminal: boolean): HijackedStream => {
  const { request } = call;
  demandStream(call);
  const { socket } = request;
  for (const name of ['data', 'end', 'timeout', 'drain']) socket.removeAllListeners(name);
  countStream(socket);
  const isUpgrade = request.headers.upgrade !== undefined;
  const status = isUpgrade ? '101 UPGRADED' : '200 OK';
  const headers: Record<string, string> = {
    'Content-Type': 'application/vnd.docker.raw-stream',
    ...(isUpgrade ? { Connection: 'Upgrade', Upgrade: 'tcp' } : {}),
    ...engineHeaders,
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  // Listened to first: a client within this process answers the head at once.
  const stream = new HijackedStream(socket, isTerminal);
  socket.write(`HTTP/1.1 ${status}\r\n${head.join('')}\r\n`);
  call.keep({
    closed: stream.closed,
    end: (message) => {
      stream.write('stderr', `\n${message}\n`);
      stream.end();
      endSoon(socket);
    },
  });
  return stream;
};
