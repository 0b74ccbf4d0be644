import type { Clock } from '../environment/clock.ts';
import type { Entropy } from '../environment/entropy.ts';
import type { Timers } from '../environment/timers.ts';
import type { EventLog } from '../event-log.ts';
import type { LabModel } from '../lab-model.ts';
import type { FoldedLabs } from '../labs/folded-labs.ts';

/** Commands under way, of all tenants and of one: more are turned away at once. */
export const commandsUnderWayMax = 10_000;
export const commandsUnderWayPerTenantMax = 4_000;
/** A flush that fails in the same way so often in a row is given up. */
export const sameFailuresMax = 10;

export type LabWriterOptions = {
  readonly log: EventLog;
  readonly labs: FoldedLabs;
  readonly model: LabModel;
  readonly partition: number;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly timers: Timers;
  readonly onFlushed?: (flushed: { readonly commands: number; readonly commits: number }) => void;
  /**
   * Where somebody else decides who writes the partition: a writer that was fenced, or could not
   * reach the log for long, does not take it back. It fails what waits, which may be repeated
   * elsewhere with the same ids, turns new commands away, and calls this, once.
   */
  readonly onFenced?: () => void;
  /** The writer goes on; someone should look. */
  readonly onProblem?: (problem: string, cause: Error | null) => void;
};
