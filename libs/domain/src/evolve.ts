import type { EventType, LabEvent, LabTime } from '@netfold/contracts';
import { containerFolds } from './container/folds.ts';
import { endpointFolds } from './endpoint/folds.ts';
import { execFolds } from './exec/folds.ts';
import type { Folds } from './fold.ts';
import { firewallFolds } from './firewall/folds.ts';
import { hostFolds } from './host/folds.ts';
import { createdLab, removedLab } from './lab/folds.ts';
import { networkFolds } from './network/folds.ts';
import type { ActiveLab, Lab } from './state/lab.ts';
import { fileFolds } from './file/folds.ts';
import { imageFolds } from './image/folds.ts';
import { volumeFolds } from './volume/folds.ts';
import { stackFolds } from './stack/folds.ts';
import { swarmFolds } from './swarm/folds.ts';
import { trafficFolds } from './traffic/folds.ts';

type FactOfActiveLab = Exclude<EventType, 'LabCreated' | 'LabRemoved'>;

/** Complete by its type: a new event type without a fold does not compile. */
const folds: Folds<FactOfActiveLab> = {
  ...hostFolds,
  ...networkFolds,
  ...endpointFolds,
  ...containerFolds,
  ...execFolds,
  ...swarmFolds,
  ...volumeFolds,
  ...imageFolds,
  ...fileFolds,
  ...trafficFolds,
  ...firewallFolds,
  ...stackFolds,
};

/** Every type of fact there is. */
export const eventTypes: readonly EventType[] = [
  'LabCreated',
  'LabRemoved',
  ...(Object.keys(folds) as FactOfActiveLab[]),
];

/** Before its first fact. */
export const initial: Lab = { state: 'absent' };

/** The lab after one more fact. It believes the fact: deciding was done when it was written. */
export function evolve(lab: Lab, event: LabEvent): Lab {
  if (event.type === 'LabCreated') return createdLab(event.data);
  if (lab.state !== 'active')
    throw new Error(`${event.type} does not follow in a lab ${lab.state}`);
  if (event.type === 'LabRemoved') return removedLab(lab);
  // The compiler cannot pair the key with its data.
  const fold = folds[event.type] as (lab: ActiveLab, data: unknown) => ActiveLab;
  const next = fold(lab, event.data);
  const time = instantOf(event);
  return time > next.time ? { ...next, time } : next;
}

export function evolveAll(lab: Lab, events: readonly LabEvent[]): Lab {
  return events.reduce(evolve, lab);
}

/** Under which name facts hold the instant at which they happened; the others do not say. */
const instantNames: Readonly<Partial<Record<EventType, string>>> = {
  HostAdded: 'bootedAt',
  NetworkCreated: 'createdAt',
  EndpointCreated: 'createdAt',
  ContainerCreated: 'createdAt',
  ContainerStarted: 'startedAt',
  ContainerExited: 'finishedAt',
  ContainerRestarted: 'finishedAt',
  ContainerPaused: 'at',
  ContainerUnpaused: 'at',
  VolumeCreated: 'createdAt',
  SwarmInitialized: 'createdAt',
  SwarmNetworkCreated: 'createdAt',
  NodeJoined: 'joinedAt',
  TrafficSeen: 'at',
};

/** When it happened, or 0 where the fact does not say. */
function instantOf(event: LabEvent): LabTime {
  const name = instantNames[event.type];
  if (name === undefined) return 0;
  const instant = (event.data as Readonly<Record<string, unknown>>)[name];
  return typeof instant === 'number' ? instant : 0;
}
