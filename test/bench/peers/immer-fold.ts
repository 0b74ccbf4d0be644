import type { LabEvent } from '@netfold/contracts';
import { enableMapSet, produce, setAutoFreeze } from 'immer';
import { applyInPlace, emptyLab } from './mutable-fold.ts';
import type { MutableLab } from './mutable-fold.ts';

enableMapSet();

/** A new immutable version per event, by Immer as it comes or without freezing. */
export function foldWithImmer(events: readonly LabEvent[], isFreezing: boolean): MutableLab {
  setAutoFreeze(isFreezing);
  let lab = emptyLab();
  for (const event of events) lab = produce(lab, (draft) => applyInPlace(draft, event));
  return lab;
}
