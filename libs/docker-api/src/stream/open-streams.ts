import type { ServerResponse } from 'node:http';
import { engineLimits } from '../engine/engine-profile.ts';
import { EngineError } from '../http/engine-error.ts';
import { openStream } from '../http/reply.ts';

/** Something that tells when it is over. */
type Closing = { once(event: 'close', listener: () => void): unknown };

let open = 0;

/** @throws EngineError when too many streams are open already */
export const demandStream = (): void => {
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
 * time that a stream may take.
 *
 * @throws EngineError when too many streams are open already
 */
export const openEndlessStream = (response: ServerResponse, contentType: string): void => {
  demandStream();
  countStream(response);
  const end = setTimeout(() => response.destroy(), engineLimits.streamTotalMs);
  end.unref();
  response.once('close', () => clearTimeout(end));
  openStream(response, contentType);
};

/** Sends a piece. A client that does not read is cut off: nothing piles up for it. */
export const writePiece = (response: ServerResponse, piece: string | Buffer): void => {
  if (response.destroyed || response.writableEnded) return;
  if (response.writableLength > engineLimits.streamBacklogBytesMax) response.destroy();
  else response.write(piece);
};
