import type { VolumeEvent } from '@netfold/contracts';
import type { Folds } from '../fold.ts';
import { changeHost } from '../host/change-host.ts';

export const volumeFolds: Folds<VolumeEvent['type']> = {
  VolumeCreated: (lab, { host: hostName, ...volume }) =>
    changeHost(lab, hostName, (host) => ({
      ...host,
      volumes: host.volumes.with(volume.name, volume),
    })),

  VolumeRemoved: (lab, data) =>
    changeHost(lab, data.host, (host) => ({ ...host, volumes: host.volumes.without(data.name) })),
};
