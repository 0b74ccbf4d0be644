import type { PrintedPiece } from '@netfold/docker-client';

/** Bytes as they came, milliseconds after the start. */
export type TimedBytes = { readonly bytes: Buffer; readonly atMs: number };

const headBytes = 8;

/** What the two streams of a container brought. With a terminal there are no frames, and one. */
export const piecesOf = (chunks: readonly TimedBytes[]): readonly PrintedPiece[] => {
  const bytes = Buffer.concat(chunks.map((chunk) => chunk.bytes));
  const pieces: PrintedPiece[] = [];
  let at = 0;
  while (at + headBytes <= bytes.length) {
    if (!isHead(bytes, at)) return rawPieces(chunks);
    const end = at + headBytes + bytes.readUInt32BE(at + 4);
    const stream = bytes[at] === 2 ? 'stderr' : 'stdout';
    const text = bytes.subarray(at + headBytes, end).toString();
    pieces.push({ stream, text, atMs: timeAt(chunks, at) });
    at = end;
  }
  return at === 0 && bytes.length > 0 ? rawPieces(chunks) : pieces;
};

/** @source moby/moby v20.10 pkg/stdcopy/stdcopy.go */
const isHead = (bytes: Buffer, at: number): boolean =>
  (bytes[at] ?? 3) <= 2 && bytes.readUIntBE(at + 1, 3) === 0;

const rawPieces = (chunks: readonly TimedBytes[]): readonly PrintedPiece[] =>
  chunks.map(({ bytes, atMs }) => ({ stream: 'stdout', text: bytes.toString(), atMs }));

/** When the byte at an offset came. */
const timeAt = (chunks: readonly TimedBytes[], offset: number): number => {
  let end = 0;
  for (const { bytes, atMs } of chunks) {
    end += bytes.length;
    if (offset < end) return atMs;
  }
  return 0;
};
