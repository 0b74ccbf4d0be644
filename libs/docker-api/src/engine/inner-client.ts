import { createServer, request } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { duplexPair } from 'node:stream';
import type { Duplex, Readable } from 'node:stream';
import type { EngineCall, EngineReply } from '@netfold/docker-client';
import { createEngineApi } from '../engine-api.ts';
import { piecesOf } from '../stream/frame-reader.ts';
import type { TimedBytes } from '../stream/frame-reader.ts';
import type { EngineContext } from './engine-context.ts';
import { engineProfile } from './engine-profile.ts';

/** How long is listened, milliseconds. */
const innerClientLimits = {
  answerMs: 60_000,
  /** To what runs: it may end. */
  runMs: 10_000,
  /** To what tells what happens: it goes on until its client leaves. */
  followMs: 3_000,
};

/**
 * Asks the engine of a host from within this process, as an actor: the requests of any client,
 * over HTTP on a wire in memory.
 */
export const askEngine = (
  context: EngineContext,
  limits = innerClientLimits,
): ((call: EngineCall) => Promise<EngineReply>) => {
  const client = new InnerClient(createServer(createEngineApi(context)), limits);
  return (call) => client.begin(call).reply;
};

/** One request on its way. */
type Exchange = {
  /** 0 where no answer came in time. */
  readonly status: Promise<number>;
  readonly reply: Promise<EngineReply>;
  /** Listens no more. */
  stop(): void;
};

type Answer = {
  readonly status: number;
  readonly stream: Readable;
  readonly pathStat: string | undefined;
};

class InnerClient {
  readonly #server: Server;
  readonly #limits: typeof innerClientLimits;

  constructor(server: Server, limits: typeof innerClientLimits) {
    this.#server = server;
    this.#limits = limits;
  }

  begin(call: EngineCall): Exchange {
    const stopping = new AbortController();
    const limit = setTimeout(() => stopping.abort(), limitOf(call, this.#limits));
    const answer = this.#send(call, stopping.signal);
    const reply = this.#reply(call, answer, stopping).finally(() => clearTimeout(limit));
    const status = answer.then((one) => one?.status ?? 0);
    // Whoever awaits one of them hears of a failure; the other must not end the process.
    for (const promise of [status, reply]) promise.catch(() => {});
    return { status, reply, stop: () => stopping.abort() };
  }

  async #reply(
    call: EngineCall,
    answered: Promise<Answer | null>,
    stopping: AbortController,
  ): Promise<EngineReply> {
    const answer = await answered;
    if (answer === null) return unanswered;
    const { status, stream, pathStat } = answer;
    const heard = listen(stream, stopping.signal);
    const made = status < 400 ? await this.#beginAll(call.meanwhile ?? [], stopping) : [];
    if (call.isAbandoned === true) stopping.abort();
    const { chunks, isOpen } = await heard;
    const meanwhile = await Promise.all(made.map(({ reply }) => reply));
    if (status < 300 && isOutput(call)) {
      return { status, text: '', pieces: piecesOf(chunks), isOpen, meanwhile };
    }
    const text = Buffer.concat(chunks.map(({ bytes }) => bytes)).toString();
    const stat = pathStat === undefined ? {} : { pathStat };
    return { status, text, ...stat, pieces: [], isOpen, meanwhile };
  }

  /** Each once the one before is answered. One that fails ends them all, and what goes on. */
  async #beginAll(
    calls: readonly EngineCall[],
    around: AbortController,
  ): Promise<readonly Exchange[]> {
    const made: Exchange[] = [];
    for (const call of calls) {
      const exchange = this.begin(call);
      made.push(exchange);
      if ((await exchange.status) < 400) continue;
      for (const one of made.slice(0, -1)) one.stop();
      around.abort();
      break;
    }
    return made;
  }

  /** @returns `null` when it was stopped before an answer came */
  #send(call: EngineCall, stopped: AbortSignal): Promise<Answer | null> {
    const [near, far] = duplexPair().map(asSocket) as [Socket, Socket];
    this.#server.emit('connection', far);
    const { body, headers } = bodyOf(call);
    return new Promise((resolve, reject) => {
      const sent = request({
        createConnection: () => near,
        method: call.method,
        path: `/v${engineProfile.apiVersion}${call.path}`,
        headers: { host: 'docker', ...headers, ...call.headers },
      });
      const stop = (): void => {
        near.destroy();
        far.destroy();
        resolve(null);
      };
      stopped.addEventListener('abort', stop, { once: true });
      sent.once('error', (error) => (stopped.aborted ? resolve(null) : reject(error)));
      sent.once('response', (response: IncomingMessage) => {
        resolve({ status: response.statusCode ?? 0, stream: response, pathStat: statOf(response) });
      });
      sent.once('upgrade', (response: IncomingMessage, socket: Duplex, first: Buffer) => {
        if (first.length > 0) socket.unshift(first);
        socket.end(call.input ?? '');
        resolve({ status: response.statusCode ?? 0, stream: socket, pathStat: undefined });
      });
      sent.end(body);
    });
  }
}

const unanswered: EngineReply = {
  status: 0,
  text: '',
  pieces: [],
  isOpen: true,
  meanwhile: [],
};

const statOf = ({ headers }: IncomingMessage): string | undefined =>
  [headers['x-docker-container-path-stat']].flat()[0];

/** All that comes until the end, or until nobody listens any more. */
const listen = (
  stream: Readable,
  stopped: AbortSignal,
): Promise<{ readonly chunks: readonly TimedBytes[]; readonly isOpen: boolean }> =>
  new Promise((resolve) => {
    const startedMs = performance.now();
    const chunks: TimedBytes[] = [];
    stream.on('data', (bytes: Buffer) => {
      chunks.push({ bytes, atMs: Math.round(performance.now() - startedMs) });
    });
    stream.once('end', () => resolve({ chunks, isOpen: false }));
    const isCut = (): void => resolve({ chunks, isOpen: stopped.aborted });
    stream.once('error', isCut);
    stream.once('close', isCut);
    stopped.addEventListener('abort', isCut, { once: true });
    if (stopped.aborted) isCut();
  });

const limitOf = (
  { path }: EngineCall,
  { answerMs, runMs, followMs }: typeof innerClientLimits,
): number => {
  if (/^\/(?:containers\/[^/]+\/(?:logs|stats)|events)\b/.test(path)) return followMs;
  const runs = /^\/(?:containers\/[^/]+\/(?:attach|wait)|exec\/[^/]+\/start)\b/.test(path);
  return runs ? runMs : answerMs;
};

/** Answers that are what a container printed. */
const isOutput = ({ path }: EngineCall): boolean =>
  /^\/(?:containers\/[^/]+\/(?:attach|logs)|exec\/[^/]+\/start)\b/.test(path);

const bodyOf = (call: EngineCall) => {
  const { body, path } = call;
  const isHijacked = isOutput(call) && !/\/logs\b/.test(path);
  const upgrade = isHijacked ? { connection: 'Upgrade', upgrade: 'tcp' } : {};
  if (body === undefined) return { body: undefined, headers: upgrade };
  if (body instanceof Uint8Array) {
    return { body, headers: { ...upgrade, 'content-type': 'application/x-tar' } };
  }
  const text = JSON.stringify(body);
  const length = String(Buffer.byteLength(text));
  const headers = { 'content-type': 'application/json', 'content-length': length };
  return { body: text, headers: { ...upgrade, ...headers } };
};

/** What HTTP does to a connection that is none: there is no delay, and nobody waits at its end. */
const asSocket = (wire: Duplex): Duplex => {
  const same = (): Duplex => wire;
  return Object.assign(wire, {
    setNoDelay: same,
    setKeepAlive: same,
    setTimeout: same,
    ref: same,
    unref: same,
  });
};
