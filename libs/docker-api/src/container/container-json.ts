import { createHash } from 'node:crypto';
import { sandboxKey } from '@netfold/dataplane';
import { healthAt, imageIdOf, logDriverOf } from '@netfold/domain';
import type { Container, LabHost } from '@netfold/domain';
import { sortedMap } from '../http/fields.ts';
import { goTime, zeroTime } from '../http/go-time.ts';
import { addressJson, networksJson } from './endpoint-json.ts';
import { mountsJson } from '../volume/volume-json.ts';
import { hostConfigJson } from './host-config-json.ts';
import { portsJson } from './port-json.ts';
import type { ContainerSizes } from './sizes.ts';

/** The state word of `docker ps` and `docker inspect`. */
export const stateOf = (container: Container): string =>
  container.restartsAt === null ? container.status : 'restarting';

/** What runs: the entrypoint and the command behind it. */
export const argvOf = (container: Container): readonly string[] => [
  ...(container.spec.entrypoint ?? []),
  ...(container.spec.command ?? []),
];

const stateJson = (container: Container, now: number): unknown => {
  const status = stateOf(container);
  const isUp = status === 'running' || status === 'paused' || status === 'restarting';
  return {
    Status: status,
    Running: isUp,
    Paused: status === 'paused',
    Restarting: status === 'restarting',
    OOMKilled: false,
    Dead: false,
    Pid: status === 'restarting' ? 0 : container.processId,
    ExitCode: container.exitCode,
    Error: container.error,
    StartedAt: container.startedAt === null ? zeroTime : goTime(container.startedAt),
    FinishedAt: container.finishedAt === null ? zeroTime : goTime(container.finishedAt),
    ...healthJson(container, now),
  };
};

/** @source moby/moby v20.10 api/types/types.go (Health, HealthcheckResult) */
const healthJson = (container: Container, now: number): object => {
  const health = healthAt(container, now);
  if (health === null) return {};
  const Log = health.log.map(({ at, endsAt, exitCode, output }) => ({
    Start: goTime(at),
    End: goTime(endsAt),
    ExitCode: exitCode,
    Output: output,
  }));
  return { Health: { Status: health.status, FailingStreak: health.failingStreak, Log } };
};

/** Layers are no part of a lab: their names are made from the container's id, always the same. */
const graphDriverJson = (container: Container): unknown => {
  const hash = (what: string): string =>
    createHash('sha256').update(`${what} ${container.id}`).digest('hex');
  const root = `/var/lib/docker/overlay2/${hash('layer')}`;
  return {
    Data: {
      LowerDir: `${root}-init/diff:/var/lib/docker/overlay2/${hash('image')}/diff`,
      MergedDir: `${root}/merged`,
      UpperDir: `${root}/diff`,
      WorkDir: `${root}/work`,
    },
    Name: 'overlay2',
  };
};

const emptyMap = (names: readonly string[]): Record<string, unknown> =>
  sortedMap(names.map((name) => [name, {}] as const));

/** @source moby/moby v20.10 api/types/container/config.go */
const configJson = (container: Container): Record<string, unknown> => {
  const { spec } = container;
  const { config: passed } = spec.passThrough;
  const exposed = spec.exposedPorts;
  return {
    Hostname: spec.hostname,
    Domainname: spec.domainname,
    User: spec.user,
    AttachStdin: spec.attachStdin,
    AttachStdout: spec.attachStdout,
    AttachStderr: spec.attachStderr,
    ...(exposed.length === 0 ? {} : { ExposedPorts: emptyMap(exposed) }),
    Tty: spec.tty,
    OpenStdin: spec.openStdin,
    StdinOnce: spec.stdinOnce,
    Env: spec.environment.length === 0 ? null : spec.environment,
    Cmd: spec.command,
    ...(passed['Healthcheck'] ? { Healthcheck: passed['Healthcheck'] } : {}),
    Image: spec.image,
    Volumes: volumesJson(passed['Volumes']),
    WorkingDir: spec.workingDir,
    Entrypoint: spec.entrypoint?.length ? spec.entrypoint : null,
    ...(spec.macAddress === '' ? {} : { MacAddress: spec.macAddress }),
    OnBuild: null,
    Labels: sortedMap(Object.entries(spec.labels)),
    ...(spec.stopSignal === '' ? {} : { StopSignal: spec.stopSignal }),
    ...(spec.stopTimeoutSeconds === null ? {} : { StopTimeout: spec.stopTimeoutSeconds }),
  };
};

const volumesJson = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0 ? value : null;

/** Docker repeats the address on the default bridge at the top, for clients of old. */
const networkSettingsJson = (host: LabHost, container: Container): unknown => {
  const bridge = container.attachments.get('bridge');
  const sandboxId = container.lastSandboxId;
  const key = sandboxId === '' ? '' : sandboxKey(sandboxId);
  const address = addressJson(host, container, bridge);
  return {
    Bridge: '',
    SandboxID: sandboxId === 'host' ? hostSandboxId(host) : sandboxId,
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    Ports: portsJson(host, container),
    SandboxKey: sandboxId === 'host' ? '/var/run/docker/netns/default' : key,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    ...address,
    Networks: networksJson(host, container, false),
  };
};

/** The host's own stack has one id per engine. */
const hostSandboxId = (host: LabHost): string =>
  createHash('sha256').update(`host stack of ${host.engineId}`).digest('hex');

/**
 * A container as `GET /containers/{id}/json` has it.
 * @source moby/moby v20.10 api/types/types.go (ContainerJSONBase, ContainerJSON)
 */
export const containerJson = (
  host: LabHost,
  container: Container,
  of: { readonly now: number; readonly sizes: ContainerSizes | null },
): unknown => {
  const { id } = container;
  const [path = '', ...args] = argvOf(container);
  const files = `/var/lib/docker/containers/${id}`;
  const execs = container.execIds.filter((one) => host.execs.get(one)?.status === 'running');
  return {
    Id: id,
    Created: goTime(container.createdAt),
    Path: path,
    Args: args,
    State: stateJson(container, of.now),
    Image: imageIdOf(container.image),
    ResolvConfPath: `${files}/resolv.conf`,
    HostnamePath: `${files}/hostname`,
    HostsPath: `${files}/hosts`,
    LogPath: logDriverOf(container.spec) === 'json-file' ? `${files}/${id}-json.log` : '',
    Name: `/${container.name}`,
    RestartCount: container.restartCount,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    ExecIDs: execs.length === 0 ? null : execs,
    HostConfig: hostConfigJson(host, container),
    GraphDriver: graphDriverJson(container),
    ...(of.sizes === null ? {} : { SizeRw: of.sizes.written, SizeRootFs: of.sizes.whole }),
    Mounts: mountsJson(container),
    Config: configJson(container),
    NetworkSettings: networkSettingsJson(host, container),
  };
};
