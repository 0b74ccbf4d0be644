import { goBool, goInt, goList, goString, goStruct } from '../http/go-type.ts';
import type { BodyForm } from '../http/json-body.ts';

/** @source moby/moby v20.10 api/types/swarm/swarm.go */
export const initForm: BodyForm = {
  faults: 'invalidParameter',
  type: goStruct('swarm.InitRequest', {
    ListenAddr: goString,
    AdvertiseAddr: goString,
    DataPathAddr: goString,
    DataPathPort: { ...goInt, name: 'uint32' },
    ForceNewCluster: goBool,
    DefaultAddrPool: goList(goString),
    SubnetSize: { ...goInt, name: 'uint32' },
  }),
};

export const joinForm: BodyForm = {
  faults: 'invalidParameter',
  type: goStruct('swarm.JoinRequest', {
    ListenAddr: goString,
    AdvertiseAddr: goString,
    DataPathAddr: goString,
    RemoteAddrs: goList(goString),
    JoinToken: goString,
  }),
};
