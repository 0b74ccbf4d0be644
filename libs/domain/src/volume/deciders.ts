import type { VolumeCommand } from '@netfold/contracts';
import type { Deciders } from '../work.ts';
import { createVolume } from './create-volume.ts';
import { pruneVolumes, removeVolume } from './remove-volume.ts';

export const volumeDeciders: Deciders<VolumeCommand['type']> = {
  CreateVolume: createVolume,
  RemoveVolume: removeVolume,
  PruneVolumes: pruneVolumes,
};
