import type { GivenMap, HostName, Outcome, Refusal } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import { limits } from '../limits.ts';
import { goQuoted } from '../refusal/go-quoted.ts';
import { limitReached } from '../refusal/lab.ts';
import {
  volumeDriverMissing,
  volumeNameInvalid,
  volumeNameTooShort,
  volumeOptionInvalid,
} from '../refusal/volume.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';

const localDriver = 'local';
const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;
const knownOptions: readonly string[] = ['type', 'o', 'device', 'size'];
const requiredTogether = [
  ['device', 'type'],
  ['type', 'device'],
  ['o', 'device'],
] as const;

/**
 * `docker volume create`: answers `name`. A volume of that name that is there already is the one
 * that is meant, whatever its labels.
 *
 * @source moby/moby volume/service/store.go create, volume/local/local.go Create
 */
export function createVolume(work: Work, command: CommandOf<'CreateVolume'>): Outcome {
  const name = command.name === '' ? work.draw.hex64() : command.name;
  const problem = requireVolume(work, command.host, {
    name,
    driver: command.driver,
    options: command.driverOptions,
    labels: command.labels,
  });
  return problem === null ? answered({ ids: { volume: name } }) : refusedWith(problem);
}

/** Makes the volume unless it is there. @returns why it cannot be made, or `null` */
export function requireVolume(
  work: Work,
  hostName: HostName,
  wanted: {
    readonly name: string;
    readonly driver: string;
    readonly options: GivenMap;
    readonly labels: GivenMap;
  },
): Refusal | null {
  const { name, driver, options, labels } = wanted;
  if (driver !== '' && driver !== localDriver) return volumeDriverMissing(name, driver);
  const { volumes } = getHost(work.lab, hostName);
  if (volumes.has(name)) return null;
  const problem = nameProblem(name) ?? optionsProblem(name, options);
  if (problem !== null) return problem;
  if (volumes.size >= limits.volumesPerHostMax) {
    return limitReached('volumes on a host', limits.volumesPerHostMax, volumes.size);
  }
  work.emit({
    type: 'VolumeCreated',
    data: { host: hostName, name, options, labels, createdAt: work.now },
  });
  return null;
}

function nameProblem(name: string): Refusal | null {
  if (name.length === 1) return volumeNameTooShort(name);
  return namePattern.test(name) ? null : volumeNameInvalid(name);
}

/** @source moby/moby volume/local/local_unix.go setOpts */
function optionsProblem(name: string, options: GivenMap): Refusal | null {
  const given = options ?? {};
  const unknown = Object.keys(given).find((option) => !knownOptions.includes(option));
  if (unknown !== undefined) {
    return volumeOptionInvalid(name, `invalid option: ${goQuoted(unknown)}`);
  }
  const missing = requiredTogether.find(
    ([option, needed]) => Object.hasOwn(given, option) && !Object.hasOwn(given, needed),
  );
  if (missing !== undefined) {
    return volumeOptionInvalid(name, `missing required option: ${goQuoted(missing[1])}`);
  }
  // The backing file system of a lab host counts no quotas.
  return Object.hasOwn(given, 'size')
    ? volumeOptionInvalid(name, 'quota size requested but no quota support')
    : null;
}
