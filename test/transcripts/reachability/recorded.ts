import { readFileSync } from 'node:fs';
import type { ReachabilityTopology } from './topology.ts';

/** A topology, and one character per probe of it as a real engine's network answered. */
export type RecordedReachability = {
  readonly topology: ReachabilityTopology;
  readonly verdicts: string;
};

/** One line of JSON per topology. */
export const recordedFile = `${import.meta.dirname}/recorded.jsonl`;

export function readRecorded(): readonly RecordedReachability[] {
  const lines = readFileSync(recordedFile, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as RecordedReachability);
}
