import { ClientError } from '../../command/client-error.ts';
import type { CommandCall } from '../../command/command.ts';
import { log } from '../../command/log-line.ts';
import type { Flags } from '../../command/flags.ts';
import { canonicalIp } from '../../value/ip-address.ts';
import { mapOf, pairsOf, readVariable } from '../../value/key-value-file.ts';
import { readBytes } from '../../value/size.ts';
import { healthcheckOf } from './health.ts';
import { refuseSwappiness, resourcesOf } from './limits.ts';
import { readMount } from './mount.ts';
import { networksOf } from './network-attachment.ts';
import { readPorts } from './ports.ts';
import type { Ports } from './ports.ts';
import { readRestartPolicy } from './restart-policy.ts';
import { securityOf } from './security.ts';
import { isMacAddress, readSearchDomain } from './run-flags.ts';

/** Which streams of a container its client is attached to. */
export type Attached = {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
};

/** The body of `POST /containers/create`. */
export type CreateBody = Readonly<Record<string, unknown>> & {
  readonly Image: string;
  readonly HostConfig: Readonly<Record<string, unknown>>;
};

/** @source docker/cli v20.10 cli/command/container/opts.go parse */
export const attachedOf = (flags: Flags): Attached => {
  const named = flags.list('attach').map((one) => one.toLowerCase());
  const isOutput = named.length === 0;
  return {
    stdin: flags.isOn('interactive') || named.includes('stdin'),
    stdout: isOutput || named.includes('stdout'),
    stderr: isOutput || named.includes('stderr'),
  };
};

/**
 * The body that a line of `docker create` or `docker run` stands for.
 *
 * @param isDetached  whether nobody listens: `docker run -d`
 * @throws ClientError
 * @source docker/cli v20.10 cli/command/container/opts.go parse
 */
export const createBodyOf = (call: CommandCall, isDetached: boolean): CreateBody => {
  const { flags } = call;
  refuseMacAddress(flags.text('mac-address'));
  refuseSwappiness(flags);
  warnOfVolumeDriver(call);
  const ports = readPorts(flags.list('publish'), flags.list('expose'));
  const volumes = [...new Set(flags.list('volume'))];
  const resources = resourcesOf(flags);
  const config = configOf(call, { ports, volumes, isDetached });
  refuseModes(flags);
  const hostConfig = { ...hostConfigOf(call, { ports, volumes }), ...resources };
  const Healthcheck = healthcheckOf(flags);
  refuseRestart(flags);
  const { mode, endpoints } = networksOf(flags);
  return {
    ...config,
    ...(Healthcheck === null ? {} : { Healthcheck }),
    HostConfig: { ...hostConfig, NetworkMode: mode },
    NetworkingConfig: { EndpointsConfig: endpoints },
  };
};

type Parts = { readonly ports: Ports; readonly volumes: readonly string[] };

const configOf = (
  call: CommandCall,
  { ports, volumes, isDetached }: Parts & { readonly isDetached: boolean },
): Readonly<Record<string, unknown>> & { readonly Image: string } => {
  const { flags, words } = call;
  const [Image = '', ...command] = words;
  const attached = attachedOf(flags);
  const OpenStdin = flags.isOn('interactive');
  const anonymous = volumes.filter((one) => !isBind(one));
  const Env = environmentOf(call);
  const labels = pairsOf(call, flags.list('label-file'), flags.list('label'));
  return {
    Hostname: flags.text('hostname'),
    Domainname: flags.text('domainname'),
    User: flags.text('user'),
    AttachStdin: attached.stdin && !isDetached,
    AttachStdout: attached.stdout && !isDetached,
    AttachStderr: attached.stderr && !isDetached,
    ...(Object.keys(ports.exposed).length === 0 ? {} : { ExposedPorts: ports.exposed }),
    Tty: flags.isOn('tty'),
    OpenStdin,
    StdinOnce: OpenStdin && attached.stdin && !isDetached,
    Env: listOrNull(Env),
    Cmd: listOrNull(command),
    Image,
    Volumes: Object.fromEntries(anonymous.map((one) => [one, {}])),
    WorkingDir: flags.text('workdir'),
    Entrypoint: flags.isSet('entrypoint') ? [flags.text('entrypoint')] : null,
    ...textUnlessEmpty('MacAddress', flags.text('mac-address')),
    OnBuild: null,
    Labels: mapOf(labels),
    ...textUnlessEmpty('StopSignal', flags.text('stop-signal')),
    ...(flags.isSet('stop-timeout') ? { StopTimeout: flags.number('stop-timeout') } : {}),
  };
};

const listOrNull = (items: readonly string[]): readonly string[] | null =>
  items.length === 0 ? null : items;

const textUnlessEmpty = (name: string, text: string): Readonly<Record<string, string>> =>
  text === '' ? {} : { [name]: text };

/** Of files first; of a name given twice on the line the last stands. */
const environmentOf = (call: CommandCall): readonly string[] => {
  const { flags, environment } = call;
  const given = flags.list('env').map((one) => readVariable(one, environment));
  const byName = new Map(given.map((one) => [one.split('=')[0], one] as const));
  const fallback = (name: string): string | null => environment.get(name) ?? null;
  return pairsOf(call, flags.list('env-file'), [...byName.values()], fallback);
};

/**
 * Whether what `--volume` is given has a source. A letter before the first colon is a drive.
 *
 * @source docker/cli v20.10 cli/compose/loader/volume.go ParseVolume
 */
const isBind = (text: string): boolean =>
  text.length > 2 && text.indexOf(':', /^\p{L}:/u.test(text) ? 2 : 0) > 0;

const hostConfigOf = (
  call: CommandCall,
  { ports, volumes }: Parts,
): Readonly<Record<string, unknown>> => {
  const { flags } = call;
  const list = (name: string): readonly string[] | null => listOrNull(flags.list(name));
  // In this order: the first mistake is the one that is told.
  const RestartPolicy = readRestartPolicy(flags.text('restart', 'no'));
  const LogConfig = logConfigOf(flags);
  const security = securityOf(call);
  const storage = storageOf(flags.list('storage-opt'));
  const tmpfs = Object.fromEntries(flags.list('tmpfs').map((one) => splitOnce(one, ':')));
  return {
    Binds: listOrNull(volumes.filter(isBind)),
    ContainerIDFile: flags.text('cidfile'),
    LogConfig,
    PortBindings: ports.bindings,
    RestartPolicy,
    AutoRemove: flags.isOn('rm'),
    VolumeDriver: flags.text('volume-driver'),
    VolumesFrom: list('volumes-from'),
    CapAdd: list('cap-add'),
    CapDrop: list('cap-drop'),
    CgroupnsMode: flags.text('cgroupns'),
    Dns: flags.list('dns').map((one) => canonicalIp(one.trim()) ?? one),
    DnsOptions: flags.list('dns-opt', 'dns-option'),
    DnsSearch: flags.list('dns-search').map(readSearchDomain),
    ExtraHosts: list('add-host'),
    GroupAdd: list('group-add'),
    IpcMode: flags.text('ipc'),
    Cgroup: '',
    Links: list('link'),
    OomScoreAdj: flags.number('oom-score-adj'),
    PidMode: flags.text('pid'),
    Privileged: flags.isOn('privileged'),
    PublishAllPorts: flags.isOn('publish-all'),
    ReadonlyRootfs: flags.isOn('read-only'),
    ...security,
    ...mapUnlessEmpty('StorageOpt', storage),
    ...mapUnlessEmpty('Tmpfs', tmpfs),
    UTSMode: flags.text('uts'),
    UsernsMode: flags.text('userns'),
    ShmSize: readBytes(flags.text('shm-size', '0')),
    ...mapUnlessEmpty('Sysctls', mapOf(flags.list('sysctl'))),
    ...textUnlessEmpty('Runtime', flags.text('runtime')),
    ConsoleSize: [0, 0],
    Isolation: flags.text('isolation'),
    ...(flags.isSet('mount') ? { Mounts: flags.list('mount').map(readMount) } : {}),
    ...(flags.isSet('init') ? { Init: flags.isOn('init') } : {}),
  };
};

const splitOnce = (text: string, separator: string): readonly [string, string] => {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

const mapUnlessEmpty = (
  name: string,
  map: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> => (Object.keys(map).length === 0 ? {} : { [name]: map });

const logConfigOf = (flags: Flags): Readonly<Record<string, unknown>> => {
  const Type = flags.text('log-driver');
  const options = flags.list('log-opt');
  if (Type === 'none' && options.length > 0) {
    throw new ClientError(`invalid logging opts for driver ${Type}`);
  }
  return { Type, Config: mapOf(options) };
};

const storageOf = (options: readonly string[]): Readonly<Record<string, string>> => {
  if (options.some((one) => !one.includes('='))) throw new ClientError('invalid storage option');
  return mapOf(options);
};

const warnOfVolumeDriver = (call: CommandCall): void => {
  const { flags } = call;
  if (!flags.isSet('mount') || flags.text('volume-driver') === '') return;
  log(
    call,
    'warning',
    '`--volume-driver` is ignored for volumes specified via `--mount`. ' +
      'Use `--mount type=volume,volume-driver=...` instead.',
  );
};

const refuseMacAddress = (text: string): void => {
  if (text !== '' && !isMacAddress(text.trim())) {
    throw new ClientError(`${text} is not a valid mac address`);
  }
};

const isHostOrEmpty = (mode: string): boolean => ['', 'host'].includes(mode.split(':')[0] ?? '');

const refuseModes = (flags: Flags): void => {
  const pid = flags.text('pid');
  const isContainer = /^container:[^:]+$/.test(pid);
  if (!isHostOrEmpty(pid) && !isContainer) throw new ClientError('--pid: invalid PID mode');
  if (!isHostOrEmpty(flags.text('uts'))) throw new ClientError('--uts: invalid UTS mode');
  if (!isHostOrEmpty(flags.text('userns'))) throw new ClientError('--userns: invalid USER mode');
  if (!['', 'host', 'private'].includes(flags.text('cgroupns'))) {
    throw new ClientError('--cgroupns: invalid CGROUP mode');
  }
};

const refuseRestart = (flags: Flags): void => {
  const { Name } = readRestartPolicy(flags.text('restart', 'no'));
  if (flags.isOn('rm') && Name !== 'no' && Name !== '') {
    throw new ClientError('Conflicting options: --restart and --rm');
  }
};
