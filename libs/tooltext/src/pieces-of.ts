import type { PrintedPiece } from './program-call.ts';
import type { ToolOutput } from './tool.ts';

/** What a tool printed, piece by piece; stderr is not buffered, and yet comes behind. */
export function piecesOf(output: ToolOutput): readonly PrintedPiece[] {
  const { stdout, stderr, lineAtMs, isErrorFirst = false } = output;
  const lines = lineAtMs === undefined ? [stdout] : (stdout.match(/[^\n]*\n/g) ?? []);
  const pieces = lines.map((text, line): PrintedPiece => ({
    stream: 'stdout',
    text,
    atMs: lineAtMs?.(line) ?? 0,
  }));
  const said = [{ stream: 'stderr' as const, text: stderr }];
  const all = isErrorFirst ? [...said, ...pieces] : [...pieces, ...said];
  return all.filter(({ text }) => text !== '');
}
