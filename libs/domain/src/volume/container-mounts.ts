import type { ContainerSpec, HostName, Mount, Refusal } from '@netfold/contracts';
import { findContainer } from '../host/find-container.ts';
import { getHost } from '../host/change-host.ts';
import { limits } from '../limits.ts';
import { limitReached } from '../refusal/lab.ts';
import { bindModeInvalid, mountPointTaken, volumesFromMissing } from '../refusal/volume.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Work } from '../work.ts';
import { requireVolume } from './create-volume.ts';
import { cleanPath } from '../file/clean-path.ts';
import { mountRequests } from './mount-request.ts';
import type { MountRequest } from './mount-request.ts';

/**
 * What a new container has mounted; the volumes that it needs are made, also when it is then
 * refused, as the engine leaves them.
 *
 * @source moby/moby daemon/volumes.go registerMountPoints,
 *   daemon/create_unix.go createContainerOSSpecificSettings
 */
export function mountsOf(
  work: Work,
  hostName: HostName,
  spec: ContainerSpec,
): readonly Mount[] | Refusal {
  const { binds, mounts, paths, volumesFrom } = mountRequests(spec);
  const count = binds.length + mounts.length + paths.length + volumesFrom.length;
  if (count > limits.mountsPerContainerMax) {
    return limitReached('mounts of a container', limits.mountsPerContainerMax, count);
  }
  const inherited = inheritedMounts(getHost(work.lab, hostName), volumesFrom);
  if ('message' in inherited) return inherited;
  const found = new Map<string, Mount>(inherited.map((mount) => [mount.destination, mount]));
  const own = new Set<string>();
  for (const request of [...binds, ...mounts]) {
    if ('message' in request) return request;
    if (own.has(request.destination)) return mountPointTaken(request.destination);
    const mount = settled(work, hostName, request);
    if ('message' in mount) return mount;
    own.add(mount.destination);
    found.set(mount.destination, mount);
  }
  for (const path of paths) {
    const destination = cleanPath(path);
    if (found.has(destination)) continue;
    const mount = settled(work, hostName, { ...unnamed, destination });
    if ('message' in mount) return mount;
    found.set(destination, mount);
  }
  return [...found.values()];
}

const unnamed: Omit<MountRequest, 'destination'> = {
  type: 'volume',
  name: '',
  source: '',
  mode: '',
  isWritable: true,
  propagation: '',
  driver: '',
  options: null,
  labels: null,
};

function settled(work: Work, hostName: HostName, request: MountRequest): Mount | Refusal {
  const { driver, options, labels, ...mount } = request;
  if (mount.type !== 'volume') return { ...mount, isAnonymous: false };
  const isAnonymous = mount.name === '';
  const name = isAnonymous ? work.draw.hex64() : mount.name;
  const problem = requireVolume(work, hostName, { name, driver, options, labels });
  return problem ?? { ...mount, name, isAnonymous };
}

/** `--volumes-from`: what others have, perhaps only for reading. */
function inheritedMounts(host: LabHost, references: readonly string[]): readonly Mount[] | Refusal {
  const found: Mount[] = [];
  for (const reference of references) {
    const [name = '', mode = 'rw'] = reference.split(/:(.*)/s);
    if (mode !== 'rw' && mode !== 'ro') return bindModeInvalid(mode);
    const container = findContainer(host, name);
    if (container === null || container === 'ambiguous') return volumesFromMissing(name);
    for (const mount of container.mounts) {
      found.push({ ...mount, mode: '', isWritable: mount.isWritable && mode === 'rw' });
    }
  }
  return found;
}
