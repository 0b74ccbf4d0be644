import type { PrintedPiece } from '@netfold/tooltext';

/** Waits, at most until interrupted. */
export const pauseFor = (ms: number, interrupted: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      interrupted.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    interrupted.addEventListener('abort', end);
    if (interrupted.aborted) end();
  });

/** What a program printed, and how long it runs, milliseconds; `null`: for ever. */
type Run = { readonly pieces: readonly PrintedPiece[]; readonly durationMs: number | null };

/** Writes each piece when it is printed, and returns when the program ends or is given up. */
export const writeInTime = async (
  { pieces, durationMs }: Run,
  write: (piece: PrintedPiece) => void,
  limit: { readonly msMax: number; readonly interrupted: AbortSignal },
): Promise<void> => {
  const { msMax, interrupted } = limit;
  let passedMs = 0;
  const passUntil = async (ms: number): Promise<void> => {
    const until = Math.min(ms, msMax);
    if (until > passedMs) await pauseFor(until - passedMs, interrupted);
    passedMs = Math.max(passedMs, until);
  };
  for (const piece of pieces) {
    const { atMs = 0 } = piece;
    await passUntil(atMs);
    if (interrupted.aborted || atMs > msMax) return;
    write(piece);
  }
  await passUntil(durationMs ?? msMax);
};
