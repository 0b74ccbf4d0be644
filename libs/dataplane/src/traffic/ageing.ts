import { neighbourMs, stationMs } from '@netfold/domain';
import type { ForwardingRow, NeighbourRow } from '../rows.ts';

/** As `ip neigh` prints it. */
export type NeighbourState = NeighbourRow['state'] | 'STALE' | 'FAILED';

/** What became of a neighbour entry by lab time; see `neighbourMs` for how one ages. */
export function neighbourStateAt({ state, learntAt }: NeighbourRow, now: number): NeighbourState {
  if (learntAt === null) return state;
  const { reachable, delay, probe } = neighbourMs;
  const age = now - learntAt;
  switch (state) {
    case 'REACHABLE':
      return age < reachable ? 'REACHABLE' : 'STALE';
    case 'DELAY':
      if (age < delay) return 'DELAY';
      return age < delay + reachable ? 'REACHABLE' : 'STALE';
    case 'PROBE':
      if (age < delay) return 'DELAY';
      return age < delay + probe ? 'PROBE' : 'FAILED';
    case 'INCOMPLETE':
      return age < probe ? 'INCOMPLETE' : 'FAILED';
    default:
      return state;
  }
}

/** Whether a bridge still has the entry: what it learnt it forgets after its ageing time. */
export const isForwardingKnown = ({ learntAt }: ForwardingRow, now: number): boolean =>
  learntAt === null || now - learntAt < stationMs;
