import { PacketWalk } from '@netfold/dataplane';
import { emptyMap } from '@netfold/domain';

/** For specs of tools that send nothing: a lab without hosts. */
export const noLab = new PacketWalk(
  {
    state: 'active',
    name: 'none',
    time: 0,
    lans: [],
    images: null,
    builtImages: emptyMap(),
    hosts: emptyMap(),
    swarms: emptyMap(),
  },
  'lab-none',
);
