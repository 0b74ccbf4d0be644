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
  /** The writer goes on; someone should look. */
  readonly onProblem?: (problem: string, cause: Error | null) => void;
};
