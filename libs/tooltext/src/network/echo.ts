import { numberOf } from './options.ts';
import type { Options } from './options.ts';
import { roundTripMs } from './origin.ts';

/** Echo requests of a ping that nothing ends but its user, as far as they are known ahead. */
const endlessCount = 600;
/** More than this many are not printed, whatever `-c` says. */
const countMax = 1_000;
const usualIntervalS = 1;

/** How many echo requests a ping sends: `-c`, or as many as fit into `-w` seconds; and when. */
export const echoCounts = (
  options: Options,
): { count: number; isEndless: boolean; lineAtMs: (line: number) => number } => {
  const given = numberOf(options, 'c', 0);
  const deadline = numberOf(options, 'w', 0);
  const interval = Math.max(numberOf(options, 'i', usualIntervalS), 0.01);
  // The first line only says what is sent.
  const lineAtMs = (line: number): number => Math.max(0, line - 1) * interval * 1000;
  // So many that nobody waits for the last one.
  if (given > countMax) return { count: endlessCount, isEndless: true, lineAtMs };
  if (given > 0) return { count: given, isEndless: false, lineAtMs };
  if (deadline > 0) {
    const count = Math.max(1, Math.ceil(deadline / interval));
    return { count: Math.min(count, countMax), isEndless: false, lineAtMs };
  }
  return { count: endlessCount, isEndless: true, lineAtMs };
};

/** Loss in percent and the times of the answers, milliseconds. */
export const echoStatistics = (
  sent: number,
  received: number,
): { loss: number; least: string; mean: string; most: string; deviation: string } => {
  const times = Array.from({ length: received }, (_, sequence) => Number(roundTripMs(sequence)));
  const mean = times.reduce((sum, one) => sum + one, 0) / Math.max(times.length, 1);
  const squares = times.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return {
    loss: Math.trunc(((sent - received) * 100) / sent),
    least: Math.min(...times).toFixed(3),
    mean: mean.toFixed(3),
    most: Math.max(...times).toFixed(3),
    deviation: Math.sqrt(squares / Math.max(times.length, 1)).toFixed(3),
  };
};
