/** One piece of output, in the order it came. */
export type PrintedPiece = {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  /** Milliseconds after the start of whoever prints; absent: at its start. */
  readonly atMs?: number;
};

/** One request that the client makes of the engine of its host. */
export type EngineCall = {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query below the version: `/containers/json?all=1`. */
  readonly path: string;
  /** Sent as JSON, bytes as they are; absent: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What attach and exec are given on their stream, before its end. */
  readonly input?: string;
  /** Made once the stream of this one stands, in this order. The first that fails ends it. */
  readonly meanwhile?: readonly EngineCall[];
  /** The client is gone before the answer comes: what only waits need not be waited for. */
  readonly isAbandoned?: true;
};

export type EngineReply = {
  readonly status: number;
  /** The body; empty where it is a stream. */
  readonly text: string;
  /** What tells of a path in a container (`X-Docker-Container-Path-Stat`), as it was sent. */
  readonly pathStat?: string;
  /** What a stream (attach, exec, logs) brought, its two parts told apart. */
  readonly pieces: readonly PrintedPiece[];
  /** Whether it would go on: it is listened to for a while only. */
  readonly isOpen: boolean;
  /** Of those calls of `meanwhile` that were made. */
  readonly meanwhile: readonly EngineReply[];
};

/** Asks the engine and answers what it said; a refusal is an answer as well. */
export type AskEngine = (call: EngineCall) => EngineReply;
