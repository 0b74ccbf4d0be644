import type { PrintedPiece } from './program-call.ts';
import type { ToolOutput } from './tool.ts';

/** What a tool printed, piece by piece; stderr is not buffered, and yet comes behind. */
export function piecesOf({ stdout, stderr, lineAtMs }: ToolOutput): readonly PrintedPiece[] {
  const lines = lineAtMs === undefined ? [stdout] : (stdout.match(/[^\n]*\n/g) ?? []);
  const pieces = lines.map((text, line): PrintedPiece => ({
    stream: 'stdout',
    text,
    atMs: lineAtMs?.(line) ?? 0,
  }));
  return [...pieces, { stream: 'stderr' as const, text: stderr }].filter(({ text }) => text !== '');
}
