import type { EventType, LabEvent } from '@netfold/contracts';
import { containerFolds } from './container/folds.ts';
import { endpointFolds } from './endpoint/folds.ts';
import { execFolds } from './exec/folds.ts';
import type { Folds } from './fold.ts';
import { hostFolds } from './host/folds.ts';
import { createdLab, removedLab } from './lab/folds.ts';
import { networkFolds } from './network/folds.ts';
import type { ActiveLab, Lab } from './state/lab.ts';
import { swarmFolds } from './swarm/folds.ts';

type FactOfActiveLab = Exclude<EventType, 'LabCreated' | 'LabRemoved'>;

const folds: Folds<FactOfActiveLab> = {
  ...hostFolds,
  ...networkFolds,
  ...endpointFolds,
  ...containerFolds,
  ...execFolds,
  ...swarmFolds,
};

/** Before its first fact. */
export const initial: Lab = { state: 'absent' };

/** The lab after one more fact. It believes the fact: deciding was done when it was written. */
export function evolve(lab: Lab, event: LabEvent): Lab {
  if (event.type === 'LabCreated') return createdLab(event.data);
  if (lab.state !== 'active') throw new Error(`${event.type} does not follow in a lab ${lab.state}`);
  if (event.type === 'LabRemoved') return removedLab(lab);
  // The table is complete by its type; the compiler cannot pair the key with its data.
  const fold = folds[event.type] as (lab: ActiveLab, data: unknown) => ActiveLab;
  return fold(lab, event.data);
}

export function evolveAll(lab: Lab, events: readonly LabEvent[]): Lab {
  return events.reduce(evolve, lab);
}
