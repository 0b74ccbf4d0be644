import type { LabId, LabTime } from '@netfold/contracts';
import type { CommandRequest } from '../command-request.ts';
import type { Clock } from '../environment/clock.ts';
import type { Cancel, Timers } from '../environment/timers.ts';
import type { LabModel } from '../lab-model.ts';
import type { LabFold } from '../lab-states.ts';

/**
 * One timer for each lab in memory in which something happens by itself at a known instant.
 * A lab that left memory sleeps; the next command on it catches up.
 */
export class LabTimers {
  readonly #model: LabModel;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #isDue: (fold: LabFold, dueAt: LabTime) => void;
  readonly #set = new Map<LabId, { readonly dueAt: LabTime; readonly cancel: Cancel }>();

  constructor(of: {
    readonly model: LabModel;
    readonly clock: Clock;
    readonly timers: Timers;
    readonly isDue: (fold: LabFold, dueAt: LabTime) => void;
  }) {
    this.#model = of.model;
    this.#clock = of.clock;
    this.#timers = of.timers;
    this.#isDue = of.isDue;
  }

  /** The lab stands at this fold now. */
  set(fold: LabFold): void {
    const dueAt = this.#model.dueAt(fold.lab);
    const before = this.#set.get(fold.labId);
    if (before?.dueAt === dueAt) return;
    this.clear(fold.labId);
    if (dueAt === null) return;
    const run = () => {
      this.#set.delete(fold.labId);
      // Long delays are cut short, and a timer may be early by the clock's grain.
      if (this.#clock() < dueAt) this.set(fold);
      else this.#isDue(fold, dueAt);
    };
    const cancel = this.#timers.after(dueAt - this.#clock(), run);
    this.#set.set(fold.labId, { dueAt, cancel });
  }

  clear(labId: LabId): void {
    this.#set.get(labId)?.cancel();
    this.#set.delete(labId);
  }

  clearAll(): void {
    for (const labId of this.#set.keys()) this.clear(labId);
  }
}

/** Something is due in the lab by itself; the id is the same however often that is noticed. */
export function advanceRequest(fold: LabFold, dueAt: LabTime): CommandRequest {
  const { labId, tenantId, version } = fold;
  const id = `timer-${labId}-${version}-${dueAt}`;
  return {
    id,
    labId,
    tenantId,
    actorId: 'timer',
    face: 'timer',
    commandText: null,
    correlationId: id,
    causationId: null,
    expectedVersion: null,
    body: {
      type: 'AdvanceTime',
      to: dueAt,
    },
  };
}
