import type { ContainerId, ContainerSpec, HostName, ImageSpec } from '@netfold/contracts';
import { findContainer } from '../host/find-container.ts';
import type { LabHost } from '../state/lab-host.ts';
import { mergedHealthcheck } from './health.ts';
import { isContainerMode } from './spec-rules.ts';

const shortIdLength = 12;

/**
 * The specification as the engine keeps it: what the image says where the user said nothing.
 *
 * @source moby/moby daemon/commit.go merge, daemon/create.go mergeAndVerifyConfig
 */
export function mergedWithImage(spec: ContainerSpec, image: ImageSpec): ContainerSpec {
  const hasEntrypoint = spec.entrypoint !== null;
  const entrypoint = spec.entrypoint ?? image.entrypoint ?? [];
  const isCommandGiven = spec.command !== null && spec.command.length > 0;
  const isImageCommandUsed = !isCommandGiven && !(hasEntrypoint && entrypoint.length > 0);
  const { config } = spec.passThrough;
  const Healthcheck = mergedHealthcheck(config['Healthcheck'], image.healthcheck);
  const own = config['Volumes'];
  const volumes = (image.volumes ?? []).map((path) => [path, {}] as const);
  return {
    ...spec,
    passThrough: {
      ...spec.passThrough,
      config: {
        ...config,
        ...(Healthcheck === null ? {} : { Healthcheck }),
        ...(volumes.length === 0
          ? {}
          : { Volumes: { ...Object.fromEntries(volumes), ...(isMap(own) ? own : {}) } }),
      },
    },
    entrypoint: entrypoint.length === 1 && entrypoint[0] === '' ? [] : entrypoint,
    command: isImageCommandUsed ? image.cmd : (spec.command ?? []),
    environment: mergedEnvironment(spec.environment, image.env ?? []),
    labels: { ...image.labels, ...spec.labels },
    user: spec.user === '' ? (image.user ?? '') : spec.user,
    workingDir: spec.workingDir === '' ? (image.workingDir ?? '') : spec.workingDir,
    stopSignal: spec.stopSignal === '' ? (image.stopSignal ?? '') : spec.stopSignal,
    exposedPorts: [...new Set([...image.expose, ...spec.exposedPorts, ...boundPorts(spec)])],
  };
}

/**
 * What the engine fills in as it makes the container: hostname, network mode, full ids.
 *
 * @source moby/moby daemon/container.go newContainer, daemon/daemon_unix.go
 *   adaptSharedNamespaceContainer
 */
export function settledSpec(spec: ContainerSpec, host: LabHost, id: ContainerId): ContainerSpec {
  const networkMode = spec.networkMode === '' ? 'default' : spec.networkMode;
  return {
    ...spec,
    networkMode: isContainerMode(networkMode) ? withFullId(host, networkMode) : networkMode,
    passThrough: { ...spec.passThrough, hostConfig: withFullIds(host, spec) },
    hostname: spec.hostname === '' ? ownHostname(host.name, networkMode, id) : spec.hostname,
  };
}

function ownHostname(hostName: HostName, networkMode: string, id: ContainerId): string {
  return networkMode === 'host' ? hostName : id.slice(0, shortIdLength);
}

/** The same for namespaces that are another container's. */
function withFullIds(host: LabHost, { passThrough }: ContainerSpec): Record<string, unknown> {
  const { hostConfig } = passThrough;
  const shared = ['PidMode', 'IpcMode'].flatMap((name) => {
    const mode = hostConfig[name];
    const isShared = typeof mode === 'string' && isContainerMode(mode);
    return isShared ? [[name, withFullId(host, mode)] as const] : [];
  });
  return { ...hostConfig, ...Object.fromEntries(shared) };
}

/** A target that does not exist is left as written: the start will say so. */
function withFullId(host: LabHost, networkMode: string): string {
  const target = findContainer(host, networkMode.slice('container:'.length));
  return target === null || target === 'ambiguous' ? networkMode : `container:${target.id}`;
}

function mergedEnvironment(own: readonly string[], ofImage: readonly string[]): readonly string[] {
  const nameOf = (variable: string): string => variable.split('=')[0] ?? '';
  const names = new Set(own.map(nameOf));
  return [...own, ...ofImage.filter((variable) => !names.has(nameOf(variable)))];
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The client exposes what it publishes; other faces need not say it twice. */
function boundPorts(spec: ContainerSpec): readonly string[] {
  return spec.portBindings.map(({ containerPort }) =>
    containerPort.includes('/') ? containerPort : `${containerPort}/tcp`,
  );
}
