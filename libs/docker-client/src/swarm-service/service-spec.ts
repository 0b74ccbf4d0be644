import { ClientError } from '../command/client-error.ts';
import type { CommandCall } from '../command/command.ts';
import type { Flags } from '../command/flags.ts';
import { readMount } from '../container/settings/mount.ts';
import { readNetworkAttachment } from '../container/settings/network-attachment.ts';
import { readDuration } from '../value/duration.ts';
import { canonicalIp } from '../value/ip-address.ts';
import { mapOf, pairsOf, readVariable } from '../value/key-value-file.ts';
import { readBytes, readNanoCpus } from '../value/size.ts';
import { readPublishedPorts } from './published-ports.ts';

/** What of a service the engine is asked for. Members that are empty are left out. */
export type ServiceSpec = Readonly<Record<string, unknown>>;

/** What the registry told of the image. */
export type ServiceImage = {
  readonly reference: string;
  readonly platforms: readonly unknown[];
};

/** Flags that `serviceSpecOf` heeds, and those that change no request. */
export const playedFlags = new Set(
  (
    'constraint container-label detach dns dns-option dns-search endpoint-mode env env-file ' +
    'group host hostname init label limit-cpu limit-memory limit-pids log-driver log-opt ' +
    'max-concurrent mode mount name network no-resolve-image publish quiet read-only replicas ' +
    'replicas-max-per-node reserve-cpu reserve-memory stop-grace-period stop-signal sysctl tty ' +
    'user workdir'
  ).split(' '),
);

const some = <Item>(list: readonly Item[]): readonly Item[] | undefined =>
  list.length === 0 ? undefined : list;

const someOf = (texts: Readonly<Record<string, string>>) =>
  Object.keys(texts).length === 0 ? undefined : texts;

const text = (flags: Flags, name: string): string | undefined => flags.text(name) || undefined;

const number = (flags: Flags, name: string, read: (given: string) => number): number | undefined =>
  flags.isSet(name) ? read(flags.text(name)) || undefined : undefined;

/**
 * @param networkIds of the networks that the line names
 * @source docker/cli v20.10 cli/command/service/opts.go ToService
 */
export const serviceSpecOf = (
  call: CommandCall,
  networkIds: readonly string[],
  image: ServiceImage,
): ServiceSpec => {
  const { flags } = call;
  const driver = flags.text('log-driver');
  return {
    Name: text(flags, 'name'),
    Labels: mapOf(flags.list('label')),
    TaskTemplate: {
      ContainerSpec: containerSpecOf(call, image),
      Resources: {
        Limits: {
          NanoCPUs: number(flags, 'limit-cpu', readNanoCpus),
          MemoryBytes: number(flags, 'limit-memory', readBytes),
          Pids: number(flags, 'limit-pids', Number),
        },
        Reservations: {
          NanoCPUs: number(flags, 'reserve-cpu', readNanoCpus),
          MemoryBytes: number(flags, 'reserve-memory', readBytes),
        },
      },
      Placement: {
        Constraints: some(flags.list('constraint')),
        MaxReplicas: number(flags, 'replicas-max-per-node', Number),
        Platforms: some(image.platforms),
      },
      Networks: some(attachmentsOf(flags, networkIds)),
      LogDriver:
        driver === '' ? undefined : { Name: driver, Options: someOf(mapOf(flags.list('log-opt'))) },
      ForceUpdate: 0,
    },
    Mode: modeOf(flags),
    EndpointSpec: {
      Mode: flags.text('endpoint-mode', 'vip').toLowerCase(),
      Ports: some(flags.list('publish').flatMap(readPublishedPorts)),
    },
  };
};

const containerSpecOf = (call: CommandCall, { reference }: ServiceImage): ServiceSpec => {
  const { environment, flags, words } = call;
  const given = flags.list('env').map((one) => readVariable(one, environment));
  const fallback = (name: string): string | null => environment.get(name) ?? null;
  return {
    Image: reference,
    Labels: someOf(mapOf(flags.list('container-label'))),
    Args: some(words.slice(1)),
    Hostname: text(flags, 'hostname'),
    Env: some(pairsOf(call, flags.list('env-file'), given, fallback)),
    Dir: text(flags, 'workdir'),
    User: text(flags, 'user'),
    Groups: some(flags.list('group')),
    Init: flags.isOn('init'),
    StopSignal: text(flags, 'stop-signal'),
    TTY: flags.isOn('tty') || undefined,
    ReadOnly: flags.isOn('read-only') || undefined,
    Mounts: some(flags.list('mount').map(readMount)),
    StopGracePeriod: flags.isSet('stop-grace-period')
      ? readDuration(flags.text('stop-grace-period'))
      : undefined,
    Hosts: some(flags.list('host').map(swarmHost)),
    DNSConfig: {
      Nameservers: some(flags.list('dns').map((ip) => canonicalIp(ip.trim()) ?? ip)),
      Search: some(flags.list('dns-search')),
      Options: some(flags.list('dns-option')),
    },
    Sysctls: someOf(mapOf(flags.list('sysctl'))),
  };
};

/** `1.2.3.4 a`, for `a:1.2.3.4`. */
const swarmHost = (host: string): string => {
  const at = host.indexOf(':');
  return `${host.slice(at + 1)} ${host.slice(0, at)}`;
};

const attachmentsOf = (flags: Flags, ids: readonly string[]) =>
  flags
    .list('network')
    .map(readNetworkAttachment)
    .map(({ aliases, driverOptions }, at) => ({
      Target: ids[at] ?? '',
      Aliases: some(aliases),
      DriverOpts: someOf(driverOptions),
    }))
    .toSorted((a, b) => (a.Target < b.Target ? -1 : 1));

/**
 * How many tasks are run, and where.
 *
 * @throws ClientError
 * @source docker/cli v20.10 cli/command/service/opts.go ToServiceMode
 */
export const modeOf = (flags: Flags): ServiceSpec => {
  const mode = flags.text('mode', 'replicated');
  const Replicas = flags.isSet('replicas') ? flags.number('replicas') : undefined;
  const concurrent = flags.isSet('max-concurrent') ? flags.number('max-concurrent') : undefined;
  const problems = {
    replicas: 'replicas can only be used with replicated or replicated-job mode',
    perNode: 'replicas-max-per-node can only be used with replicated or replicated-job mode',
    concurrent: 'max-concurrent can only be used with replicated-job mode',
  };
  const refuseIf = (isWrong: boolean, problem: string): void => {
    if (isWrong) throw new ClientError(problem);
  };
  const hasPerNode = flags.number('replicas-max-per-node') > 0;
  switch (mode) {
    case 'global':
      refuseIf(Replicas !== undefined, problems.replicas);
      refuseIf(hasPerNode, problems.perNode);
      refuseIf(concurrent !== undefined, problems.concurrent);
      return { Global: {} };
    case 'global-job':
      refuseIf(hasPerNode, problems.perNode);
      refuseIf(concurrent !== undefined, problems.concurrent);
      refuseIf(Replicas !== undefined, problems.replicas);
      return { GlobalJob: {} };
    case 'replicated':
      refuseIf(concurrent !== undefined, problems.concurrent);
      return { Replicated: { Replicas } };
    case 'replicated-job':
      return {
        ReplicatedJob: { MaxConcurrent: concurrent ?? Replicas, TotalCompletions: Replicas },
      };
    default:
      throw new ClientError(`Unknown mode: ${mode}, only replicated and global supported`);
  }
};
