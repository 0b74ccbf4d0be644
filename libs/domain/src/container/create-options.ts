import type { ContainerSpec, ImageSpec, Refusal } from '@netfold/contracts';
import { findContainer } from '../host/find-container.ts';
import { noSuchContainer, specInvalid } from '../refusal/container.ts';
import { goQuoted } from '../refusal/go-quoted.ts';
import type { LabHost } from '../state/lab-host.ts';
import { logDriverProblem } from './log-driver.ts';
import { numberIn, textIn } from './resources.ts';

/** Processors and memory nodes of a lab host. */
const available: Readonly<Record<string, { readonly count: number; readonly shown: string }>> = {
  cpus: { count: 2, shown: '0-1' },
  mems: { count: 1, shown: '0' },
};
const oomScoreMax = 1_000;

/**
 * Options that the engine refuses as it makes a container, beside those of its networks and
 * limits; in its order.
 *
 * @source moby/moby v20.10 daemon/daemon_unix.go verifyPlatformContainerSettings,
 *   daemon/create.go create; recorded engine
 */
export function optionsProblem({ passThrough }: ContainerSpec): Refusal | null {
  const options = passThrough.hostConfig;
  const texts = (name: string): string => textIn(options, name);
  const shm = numberIn(options, 'ShmSize');
  if (shm < 0) return specInvalid('ShmSizeInvalid', 'SHM size can not be less than 0');
  const score = numberIn(options, 'OomScoreAdj');
  if (Math.abs(score) > oomScoreMax) {
    const range = `[-${oomScoreMax}, ${oomScoreMax}]`;
    const message = `Invalid value ${score}, range for oom score adj is ${range}`;
    return specInvalid('OomScoreInvalid', message);
  }
  const set = cpusetProblem(options);
  if (set !== null) return set;
  const mode = texts('CgroupnsMode');
  if (mode !== '' && mode !== 'host' && mode !== 'private') {
    return specInvalid('CgroupNamespaceInvalid', `invalid cgroup namespace mode: ${mode}`);
  }
  return tmpfsProblem(options['Tmpfs']) ?? logDriverProblem(options['LogConfig']);
}

type Options = Readonly<Record<string, unknown>>;

/** Processors and memory nodes that the lab host does not have. */
export function cpusetProblem(options: Options): Refusal | null {
  const problem =
    setProblem('cpus', textIn(options, 'CpusetCpus'), 'CPUs') ??
    setProblem('mems', textIn(options, 'CpusetMems'), 'memory nodes');
  return problem === null ? null : specInvalid('CpusetInvalid', problem);
}

/** Parsed by `runc` and the engine alike: `0-3,7`. @source moby/moby pkg/parsers ParseUintList */
function setProblem(name: 'cpus' | 'mems', text: string, what: string): string | null {
  if (text === '') return null;
  if (!/^\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*$/.test(text)) {
    return `Invalid value ${text} for cpuset ${name}: invalid format: ${text}`;
  }
  const { count = 0, shown = '' } = available[name] ?? {};
  const isThere = text.split(/[,-]/).every((one) => Number(one) < count);
  if (isThere) return null;
  return `Requested ${what} are not available - requested ${text}, available: ${shown}`;
}

function tmpfsProblem(given: unknown): Refusal | null {
  const paths = typeof given === 'object' && given !== null ? Object.keys(given) : [];
  const relative = paths.find((path) => !path.startsWith('/'));
  if (relative === undefined) return null;
  const message = `invalid mount path: '${relative}' mount path must be absolute`;
  return specInvalid('TmpfsPathRelative', message);
}

/** Namespaces of another container, which must be there. */
export function sharedNamespaceProblem(
  host: LabHost,
  { passThrough }: ContainerSpec,
): Refusal | null {
  for (const name of ['PidMode', 'IpcMode']) {
    const [kind, reference = ''] = textIn(passThrough.hostConfig, name).split(/:(.*)/s);
    if (kind !== 'container' || reference === '') continue;
    if (findContainer(host, reference) === null) {
      return { ...noSuchContainer(reference), class: 'invalidParameter' };
    }
  }
  return null;
}

/** Files that every image has, as its folders. */
export const systemFiles: readonly string[] = ['/etc/group', '/etc/passwd'];

const flagOptions = ['apparmor', 'label', 'seccomp'];

/**
 * What is looked at once the container has its name; such a fault has no class of its own.
 *
 * @source moby/moby v20.10 daemon/daemon_unix.go parseSecurityOpt,
 *   daemon/graphdriver/overlay2/overlay.go parseStorageOpt, container/container_unix.go
 *   SetupWorkingDirectory; recorded engine
 */
export function lateProblem(
  { passThrough, workingDir }: ContainerSpec,
  { files = [] }: ImageSpec,
): Refusal | null {
  const options = passThrough.hostConfig;
  const security = Array.isArray(options['SecurityOpt']) ? options['SecurityOpt'].map(String) : [];
  for (const option of security) {
    const message = securityProblem(option);
    if (message !== null) return internal('SecurityOptionInvalid', message);
  }
  const storage = options['StorageOpt'];
  const names = typeof storage === 'object' && storage !== null ? Object.keys(storage) : [];
  const unknown = names.find((name) => name.toLowerCase() !== 'size');
  if (unknown !== undefined) {
    return internal('StorageOptionInvalid', `Unknown option ${unknown}`);
  }
  if (names.length > 0) {
    const message =
      "--storage-opt is supported only for overlay over xfs with 'pquota' mount option";
    return internal('StorageOptionInvalid', message);
  }
  // A folder that is not there is made.
  const isFile =
    systemFiles.includes(workingDir) ||
    files.some(({ kind, path }) => kind === 'file' && path === workingDir);
  const message = `Cannot mkdir: ${workingDir} is not a directory`;
  return isFile ? internal('WorkingDirectoryNoFolder', message) : null;
}

const internal = (code: string, message: string): Refusal => ({ class: 'internal', code, message });

function securityProblem(option: string): string | null {
  if (option === 'no-new-privileges' || option === 'disable') return null;
  const [, name = '', value = ''] = /^([^=:]*)[=:](.*)$/s.exec(option) ?? [];
  if (name === '') return `invalid --security-opt 1: ${goQuoted(option)}`;
  const isKnown =
    flagOptions.includes(name) ||
    (name === 'no-new-privileges' &&
      /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value));
  return isKnown ? null : `invalid --security-opt 2: ${goQuoted(option)}`;
}

/** What the engine says of options that it takes all the same. */
export function optionWarnings({ passThrough }: ContainerSpec): readonly string[] {
  const options = passThrough.hostConfig;
  const isUnlimited = numberIn(options, 'Memory') === 0;
  return [
    ...limitWarnings(options),
    ...(options['OomKillDisable'] === true && isUnlimited
      ? [
          'OOM killer is disabled for the container, but no memory limit is set, ' +
            'this can result in the system running out of resources.',
        ]
      : []),
  ];
}

/** What the engine says of limits, also when they are changed. */
export function limitWarnings(limits: Options): readonly string[] {
  if (numberIn(limits, 'KernelMemory') <= 0) return [];
  return [
    'Specifying a kernel memory limit is deprecated and will be removed in a future release.',
  ];
}
