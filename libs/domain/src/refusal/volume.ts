import type { Refusal } from '@netfold/contracts';
import { goQuoted } from './go-quoted.ts';

/** What the engine says about volumes, byte for byte (moby v20.10.24). */

/** @source volume/service/errors.go errNoSuchVolume; recorded engine */
export function noSuchVolume(name: string): Refusal {
  return { class: 'notFound', code: 'VolumeNotFound', message: `get ${name}: no such volume` };
}

/** @source volume/service/errors.go errVolumeInUse; recorded engine */
export function volumeInUse(name: string, containerIds: readonly string[]): Refusal {
  return {
    class: 'conflict',
    code: 'VolumeInUse',
    message: `remove ${name}: volume is in use - [${containerIds.join(', ')}]`,
  };
}

/** @source volume/local/local.go validateName; recorded engine */
export function volumeNameTooShort(name: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'VolumeNameTooShort',
    message:
      `create ${name}: volume name is too short, ` +
      'names should be at least two alphanumeric characters',
  };
}

/** @source volume/local/local.go validateName; recorded engine */
export function volumeNameInvalid(name: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'VolumeNameInvalid',
    message:
      `create ${name}: ${goQuoted(name)} includes invalid characters for a local volume name, ` +
      'only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. ' +
      'If you intended to pass a host directory, use absolute path',
  };
}

/** @source volume/local/local_unix.go setOpts; recorded engine */
export function volumeOptionInvalid(name: string, reason: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'VolumeOptionInvalid',
    message: `create ${name}: ${reason}`,
  };
}

/** @source volume/drivers/extpoint.go lookup, plugin/store.go errNotFound; recorded engine */
export function volumeDriverMissing(name: string, driver: string): Refusal {
  return {
    class: 'notFound',
    code: 'VolumeDriverNotFound',
    message:
      `create ${name}: error looking up volume plugin ${driver}: ` +
      `plugin ${goQuoted(driver)} not found`,
  };
}

/** @source volume/mounts/mounts.go errInvalidSpec; recorded engine */
export function bindInvalid(text: string, reason = ''): Refusal {
  return {
    class: 'internal',
    code: 'BindInvalid',
    message: `invalid volume specification: '${text}'${reason === '' ? '' : `: ${reason}`}`,
  };
}

/** @source volume/mounts/mounts.go errInvalidMode; recorded engine */
export function bindModeInvalid(mode: string): Refusal {
  return { class: 'internal', code: 'BindModeInvalid', message: `invalid mode: ${mode}` };
}

/** @source volume/mounts/validate.go errMountConfig; recorded engine */
export function mountInvalid(type: string, reason: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'MountInvalid',
    message: `invalid mount config for type ${goQuoted(type)}: ${reason}`,
  };
}

/** @source daemon/errors.go duplicateMountPointError */
export function mountPointTaken(destination: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'MountPointDuplicate',
    message: `Duplicate mount point: ${destination}`,
  };
}

/** @source daemon/volumes.go registerMountPoints; recorded engine */
export function volumesFromMissing(reference: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'VolumesFromNotFound',
    message: `No such container: ${reference}`,
  };
}

/** @source volume/service/service.go filtersToBy; recorded engine */
export function volumeFilterInvalid(filter: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'VolumeFilterInvalid',
    message: `Invalid filter '${filter}'`,
  };
}
