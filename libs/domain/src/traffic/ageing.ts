import type { LabTime } from '@netfold/contracts';
import type { LearntNeighbour } from '../state/learnt.ts';

/**
 * How a neighbour entry ages, milliseconds; the kernel's defaults (base_reachable_time 30 s,
 * delay_first_probe_time 5 s, three probes a second apart).
 *
 *   answered     REACHABLE 30 s, then STALE
 *   heard        DELAY 5 s, then asked and REACHABLE 30 s, then STALE
 *   unanswered   INCOMPLETE 3 s (with a MAC from before: DELAY 5 s, PROBE 3 s), then FAILED
 */
export const neighbourMs = { reachable: 30_000, delay: 5_000, probe: 3_000 } as const;

/** How long a bridge keeps what it heard at a port, milliseconds (ageing time 300 s). */
export const stationMs = 300_000;

/** Whether a link uses the entry as it is, without asking anybody. */
export function isNeighbourFresh({ how, at }: LearntNeighbour, now: LabTime): boolean {
  const age = now - at;
  if (how === 'answered') return age < neighbourMs.reachable;
  return how === 'heard' && age < neighbourMs.delay + neighbourMs.reachable;
}
