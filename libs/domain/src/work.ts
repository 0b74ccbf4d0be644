import type {
  Answer,
  Command,
  LabEvent,
  LabTime,
  Outcome,
  Refusal,
  SingleCommand,
} from '@netfold/contracts';
import { drawOf } from './draw.ts';
import type { Draw } from './draw.ts';
import { evolve } from './evolve.ts';
import type { ActiveLab, Lab } from './state/lab.ts';

/**
 * One decision on its way: what it was asked, what it may draw from, the facts so far, and the lab
 * as those facts leave it. Deciders emit and go on from `lab`; nothing outlives the decision.
 */
export type Work = {
  /** The lab after the facts so far. */
  readonly lab: ActiveLab;
  readonly now: LabTime;
  readonly command: Command;
  readonly draw: Draw;
  readonly events: readonly LabEvent[];
  emit(event: LabEvent): void;
};

export type CommandOf<T extends SingleCommand['type']> = Extract<SingleCommand, { type: T }>;

/**
 * Decides one command by emitting facts. A decider that refuses has emitted only what the real
 * engine leaves behind (a failed start does); in a batch even that is dropped.
 */
type Decider<T extends SingleCommand['type']> = (work: Work, command: CommandOf<T>) => Outcome;

/** The deciders of one part of the lab, by command type. */
export type Deciders<T extends SingleCommand['type']> = { readonly [K in T]: Decider<K> };

/** @param lab  active, or absent when the first fact will be `LabCreated` */
export function begin(lab: Lab, command: Command): Work {
  let current = lab;
  const events: LabEvent[] = [];
  return {
    get lab(): ActiveLab {
      if (current.state !== 'active') throw new Error('a decision needs an active lab');
      return current;
    },
    now: command.now,
    command,
    draw: drawOf(command.random),
    events,
    emit(event: LabEvent): void {
      current = evolve(current, event);
      events.push(event);
    },
  };
}

/** The same decision at an earlier instant: what fell due then is dated then. */
export function at(work: Work, now: LabTime): Work {
  return {
    get lab(): ActiveLab {
      return work.lab;
    },
    now,
    command: work.command,
    draw: work.draw,
    events: work.events,
    emit: (event) => work.emit(event),
  };
}

export function answered(answer: Partial<Answer> = {}): Outcome {
  return { kind: 'accepted', answer: { ids: {}, warnings: [], ...answer } };
}

export function refusedWith(refusal: Refusal): Outcome {
  return { kind: 'refused', refusal };
}
