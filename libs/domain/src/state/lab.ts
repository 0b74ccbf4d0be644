import type { HostName, ImageCatalogue, ImageSpec, LabTime, LanSpec } from '@netfold/contracts';
import type { PersistentMap } from '../persistent/persistent-map.ts';
import type { LabHost } from './lab-host.ts';
import type { Swarm } from './swarm.ts';

/**
 * The whole lab: the only unit that decides and folds. A version once handed out never changes.
 *
 * absent --LabCreated--> active --LabRemoved--> removed (final)
 */
export type Lab = AbsentLab | ActiveLab | RemovedLab;

export type AbsentLab = { readonly state: 'absent' };

export type RemovedLab = { readonly state: 'removed'; readonly name: string };

export type BuiltImage = { readonly spec: ImageSpec; readonly createdAt: LabTime };

export type ActiveLab = {
  readonly state: 'active';
  readonly name: string;
  /** The lab's own clock: the latest instant that a fact speaks of. */
  readonly time: LabTime;
  readonly lans: readonly LanSpec[];
  /** `null`: the default, open catalogue. */
  readonly images: ImageCatalogue | null;
  /** Images that were built on its hosts, by id: which host has which, its `imageTags` say. */
  readonly builtImages: PersistentMap<string, BuiltImage>;
  readonly hosts: PersistentMap<HostName, LabHost>;
  readonly swarms: PersistentMap<string, Swarm>;
};
