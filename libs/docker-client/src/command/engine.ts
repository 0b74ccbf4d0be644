import type { AskEngine, EngineCall, EngineReply } from '../engine-call.ts';
import { ClientError } from './client-error.ts';

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** @source Go net/url QueryEscape */
const escaped = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');

/** `/containers/json` and `{ all: '1' }` as one path; what is undefined is left out. */
export const pathWith = (path: string, query: Query): string => {
  const pairs = Object.entries(query)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, value]) => {
      const values = value === undefined ? [] : [value].flat();
      return values.map((one) => `${escaped(name)}=${escaped(one)}`);
    });
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
};

/** The engine has not answered in the time that it was listened to: the client waits for ever. */
export class StillWaiting extends Error {}

/** The engine as commands ask it. */
export class Engine {
  readonly #ask: AskEngine;

  constructor(ask: AskEngine) {
    this.#ask = ask;
  }

  /** The reply whatever its status. */
  reply(call: EngineCall): EngineReply {
    return this.#ask(call);
  }

  /** @throws ClientError with what the engine had against it, StillWaiting */
  done(call: EngineCall): EngineReply {
    const reply = this.#ask(call);
    if (reply.isOpen && reply.pieces.length === 0 && reply.text === '') throw new StillWaiting();
    if (reply.status >= 400) throw new ClientError(refusalText(reply));
    return reply;
  }

  /** The body of `GET`, read. @throws ClientError as `done` */
  get(path: string, query: Query = {}): unknown {
    return JSON.parse(this.done({ method: 'GET', path: pathWith(path, query) }).text);
  }

  /** The body of `POST`, read; `null` where there is none. @throws ClientError as `done` */
  post(path: string, query: Query = {}, body?: unknown): unknown {
    const call = { method: 'POST', path: pathWith(path, query) } as const;
    const { text } = this.done(body === undefined ? call : { ...call, body });
    return text.trim() === '' ? null : JSON.parse(text);
  }
}

/** The words of a refusal, without what the client puts before them. */
export const messageOf = ({ text }: EngineReply): string => {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    return typeof message === 'string' ? message.trim() : text.trim();
  } catch {
    return text.trim();
  }
};

/** @source docker/cli v20.10 vendor/github.com/docker/docker/client/request.go checkResponseErr */
export const refusalText = (reply: EngineReply): string =>
  `Error response from daemon: ${messageOf(reply)}`;
