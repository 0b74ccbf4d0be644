import type { ServerResponse } from 'node:http';
import type { Call } from '../engine/call.ts';
import { engineLimits } from '../engine/engine-profile.ts';
import { EngineError } from '../http/engine-error.ts';
import { openStream } from '../http/reply.ts';
import { goneSignal } from './commits.ts';

/** Something that tells when it is over. */
type Closing = { once(event: 'close', listener: () => void): unknown };

let open = 0;

/** @throws EngineError when too many streams are open already */
export const demandStream = (call: Call): void => {
  call.context.streams?.demandRoom();
  if (open < engineLimits.streamsMax) return;
  throw new EngineError('unavailable', 'netfold: too many streams are open on this lab host');
};

/** Counts a stream until it is closed. */
export const countStream = (stream: Closing): void => {
  open += 1;
  stream.once('close', () => {
    open -= 1;
  });
};

/**
 * Starts an answer that goes on until something ends it: counted, and cut off after the longest
 * time that a stream may take, or when the right to it has gone.
 *
 * @param farewell  what the route sends to tell why it ends before its time
 * @throws EngineError when too many streams are open already
 */
export const openEndlessStream = (
  call: Call,
  contentType: string,
  farewell: (message: string) => string | Buffer,
): void => {
  const { response } = call;
  demandStream(call);
  countStream(response);
  const end = setTimeout(() => response.destroy(), engineLimits.streamTotalMs);
  end.unref();
  response.once('close', () => clearTimeout(end));
  openStream(response, contentType);
  call.keep({
    closed: goneSignal(response),
    end: (message) => {
      if (!response.writableEnded) response.end(farewell(message));
      endSoon(response);
    },
  });
};

/** Time for the last words to arrive, milliseconds. */
export const farewellMs = 1_000;

/** Closes what its client does not close after it was told the end. */
export const endSoon = (stream: Closing & { destroy(): unknown }): void => {
  const timer = setTimeout(() => stream.destroy(), farewellMs);
  stream.once('close', () => clearTimeout(timer));
};

/** Sends a piece. A client that does not read is cut off: nothing piles up for it. */
export const writePiece = (response: ServerResponse, piece: string | Buffer): void => {
  if (response.destroyed || response.writableEnded) return;
  if (response.writableLength > engineLimits.streamBacklogBytesMax) response.destroy();
  else response.write(piece);
};
