import { emptyMap } from '../persistent/empty-map.ts';
import type { DataOf } from '../fold.ts';
import type { ActiveLab, RemovedLab } from '../state/lab.ts';

export function createdLab(data: DataOf<'LabCreated'>): ActiveLab {
  return {
    state: 'active',
    name: data.name,
    time: data.createdAt,
    lans: data.lans,
    images: data.images,
    builtImages: emptyMap(),
    hosts: emptyMap(),
    swarms: emptyMap(),
  };
}

export function removedLab(lab: ActiveLab): RemovedLab {
  return { state: 'removed', name: lab.name };
}
