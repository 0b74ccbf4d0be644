import type { ImageSpec, Refusal } from '@netfold/contracts';
import { findContainer } from '../host/find-container.ts';
import { goQuoted } from '../refusal/go-quoted.ts';
import { startRefused } from '../refusal/container.ts';
import type { Container } from '../state/container.ts';
import type { LabHost } from '../state/lab-host.ts';
import { isUp } from './links.ts';
import { logStartProblem } from './log-driver.ts';
import { numberIn, textIn } from './resources.ts';
import { isContainerMode } from './spec-rules.ts';
import { groupProblem, userProblem } from './users.ts';

/** Devices that a lab host has. */
const devices = new Set(
  'null zero full random urandom tty console ptmx fuse kmsg net/tun loop-control'.split(' '),
);
const runc = 'failed to create shim task: OCI runtime create failed: runc create failed: ';

/**
 * What a start is refused for once its networks are there: what the engine finds as it writes
 * the runtime's configuration, then its log driver, then the runtime.
 *
 * @source moby/moby v20.10 daemon/oci_linux.go createSpec; recorded engine
 */
export function startOptionsProblem(
  host: LabHost,
  container: Container,
  image: ImageSpec | null,
): Refusal | null {
  const ofSpec =
    deviceProblem(container) ??
    peopleProblem(container, image) ??
    namespaceProblem(host, container) ??
    tmpfsProblem(container);
  if (ofSpec !== null) return startRefused('StartOptionRefused', ofSpec);
  const ofLog = logStartProblem(container.spec);
  if (ofLog !== null) {
    return startRefused('LogDriverNotStarted', `failed to initialize logging driver: ${ofLog}`);
  }
  const ofRuntime = sysctlProblem(host, container) ?? limitProblem(container);
  return ofRuntime === null
    ? null
    : startRefused('RuntimeOptionRefused', `${runc}${ofRuntime}: unknown`);
}

const optionsOf = ({ spec }: Container): Readonly<Record<string, unknown>> =>
  spec.passThrough.hostConfig;

const listOf = (
  container: Container,
  name: string,
): readonly Readonly<Record<string, unknown>>[] => {
  const given = optionsOf(container)[name];
  return Array.isArray(given) ? given.filter((one) => typeof one === 'object' && one !== null) : [];
};

function deviceProblem(container: Container): string | null {
  if (container.spec.privileged) return null;
  for (const device of listOf(container, 'Devices')) {
    const path = textIn(device, 'PathOnHost');
    if (path.startsWith('/dev/') && devices.has(path.slice('/dev/'.length))) continue;
    const what = `custom device ${goQuoted(path)}`;
    return `error gathering device information while adding ${what}: no such file or directory`;
  }
  const rules = optionsOf(container)['DeviceCgroupRules'];
  const rule = (Array.isArray(rules) ? rules : [])
    .map(String)
    .find((one) => !/^[acb] (?:\d+|\*):(?:\d+|\*) [rwm]{1,3}$/.test(one));
  if (rule !== undefined) return `invalid device cgroup rule format: '${rule}'`;
  const [request] = listOf(container, 'DeviceRequests');
  if (request === undefined) return null;
  const sets = Array.isArray(request['Capabilities']) ? request['Capabilities'] : [];
  const shown = sets.map((set) => `[${Array.isArray(set) ? set.join(' ') : ''}]`).join(' ');
  const driver = goQuoted(textIn(request, 'Driver'));
  return `could not select device driver ${driver} with capabilities: [${shown}]`;
}

function peopleProblem(container: Container, image: ImageSpec | null): string | null {
  const ofUser = userProblem(container, image, container.spec.user);
  if (ofUser !== null) return ofUser;
  const groups = optionsOf(container)['GroupAdd'];
  for (const group of Array.isArray(groups) ? groups.map(String) : []) {
    const problem = groupProblem(container, group);
    if (problem !== null) return `Unable to find group ${problem}`;
  }
  return null;
}

const ipcModes = ['', 'none', 'private', 'shareable', 'host'];

function namespaceProblem(host: LabHost, container: Container): string | null {
  const ipc = textIn(optionsOf(container), 'IpcMode');
  const [kind, reference = ''] = ipc.split(/:(.*)/s);
  if (kind === 'container') {
    const problem = ipcProblem(host, reference);
    if (problem !== null) return `can't join IPC of container ${reference}: ${problem}`;
  } else if (!ipcModes.includes(ipc)) return `Invalid IPC mode: ${ipc}`;
  const [pidKind, other = ''] = textIn(optionsOf(container), 'PidMode').split(/:(.*)/s);
  if (pidKind !== 'container') return null;
  const target = findContainer(host, other);
  if (target !== null && target !== 'ambiguous' && isUp(target)) return null;
  const id = target === null || target === 'ambiguous' ? other : target.id;
  return `cannot join PID of a non running container: ${id}`;
}

function ipcProblem(host: LabHost, reference: string): string | null {
  const target = findContainer(host, reference);
  if (target === null || target === 'ambiguous') return `No such container: ${reference}`;
  if (!isUp(target)) return `Container ${target.id} is not running`;
  const mode = textIn(optionsOf(target), 'IpcMode');
  if (mode === 'shareable' || mode === 'host') return null;
  return 'non-shareable IPC (hint: use IpcMode:shareable for the donor container)';
}

const tmpfsFlags = new Set(
  (
    'defaults ro rw suid nosuid dev nodev exec noexec sync async dirsync remount mand nomand ' +
    'atime noatime diratime nodiratime bind rbind unbindable runbindable private rprivate shared ' +
    'rshared slave rslave relatime norelatime strictatime nostrictatime'
  ).split(' '),
);
const tmpfsKeys = new Set(['mode', 'size', 'uid', 'gid', 'nr_inodes', 'nr_blocks', 'mpol']);

/** @source moby/moby v20.10 volume/mounts/linux_parser.go, pkg/mount MergeTmpfsOptions */
function tmpfsProblem(container: Container): string | null {
  const given = optionsOf(container)['Tmpfs'];
  const all = typeof given === 'object' && given !== null ? Object.values(given).map(String) : [];
  for (const option of all.flatMap((text) => text.split(',')).filter((one) => one !== '')) {
    const parts = option.split(/=(.*)/s).slice(0, 2);
    const isKnown = parts.length === 1 ? tmpfsFlags.has(option) : tmpfsKeys.has(parts[0] ?? '');
    if (!isKnown) return `invalid tmpfs option [${parts.map((one) => goQuoted(one)).join(' ')}]`;
  }
  return null;
}

const ofIpc = new Set(
  'msgmax msgmnb msgmni sem shmall shmmax shmmni shm_rmid_forced'
    .split(' ')
    .map((name) => `kernel.${name}`),
);

/** @source opencontainers/runc 1.1 libcontainer/configs/validate/validator.go sysctl */
function sysctlProblem(host: LabHost, container: Container): string | null {
  const given = optionsOf(container)['Sysctls'];
  const names = typeof given === 'object' && given !== null ? Object.keys(given) : [];
  const isHostIpc = optionsOf(container)['IpcMode'] === 'host';
  for (const name of names.toSorted()) {
    const said = `sysctl ${goQuoted(name)}`;
    if (ofIpc.has(name) || name.startsWith('fs.mqueue.')) {
      if (isHostIpc) return `${said} is not allowed in the hosts ipc namespace`;
    } else if (name.startsWith('net.')) {
      if (isOnHostStack(host, container)) return `${said} not allowed in host network namespace`;
    } else if (name === 'kernel.hostname') {
      return `${said} is not allowed as it conflicts with the OCI "hostname" field`;
    } else if (name !== 'kernel.domainname' || optionsOf(container)['UTSMode'] === 'host') {
      return `${said} is not in a separate kernel namespace`;
    }
  }
  return null;
}

function isOnHostStack(host: LabHost, { spec }: Container): boolean {
  if (!isContainerMode(spec.networkMode)) return spec.networkMode === 'host';
  const target = findContainer(host, spec.networkMode.slice('container:'.length));
  return target !== null && target !== 'ambiguous' && target.sandboxId === 'host';
}

/** Numbers of the kernel's limits. @source docker/go-units ulimit.go; linux resource.h */
const ulimits = (
  'cpu fsize data stack core rss nproc nofile memlock as locks sigpending msgqueue nice rtprio ' +
  'rttime'
).split(' ');
const cpuSharesMin = 2;

function limitProblem(container: Container): string | null {
  for (const { Name, Soft, Hard } of listOf(container, 'Ulimits')) {
    const type = ulimits.indexOf(String(Name));
    if (type < 0) return `wrong rlimit value: RLIMIT_${String(Name).toUpperCase()}`;
    if (Number(Soft) > Number(Hard) && Number(Hard) >= 0) {
      const what = `error setting rlimits for ready process: error setting rlimit type ${type}`;
      return `${inInit}${what}: invalid argument`;
    }
  }
  const shares = numberIn(optionsOf(container), 'CpuShares');
  if (shares <= 0 || shares >= cpuSharesMin) return null;
  const what = 'error setting cgroup config for procHooks process';
  return `${inInit}${what}: the minimum allowed cpu-shares is ${cpuSharesMin}`;
}

const inInit = 'unable to start container process: error during container init: ';
