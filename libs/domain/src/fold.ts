import type { EventType, LabEvent } from '@netfold/contracts';
import type { ActiveLab } from './state/lab.ts';

type EventOf<T extends EventType> = Extract<LabEvent, { type: T }>;
export type DataOf<T extends EventType> = EventOf<T>['data'];

/** Believes the fact: no rule, no `if` that protects. */
type Fold<T extends EventType> = (lab: ActiveLab, data: DataOf<T>) => ActiveLab;

/** The folds of one part of the lab, by event type. */
export type Folds<T extends EventType> = { readonly [K in T]: Fold<K> };
