import type { ContainerSpec, EndpointSpec, PortBindingSpec } from '@netfold/contracts';
import { endpointSpecOf } from '../network/network-spec.ts';
import {
  childOf,
  flagOf,
  mapOf,
  member,
  numberOf,
  objectOf,
  textOf,
  textsOf,
  wordsOf,
} from '../http/fields.ts';
import type { JsonObject } from '../http/fields.ts';

/** Members of `HostConfig` that the lab takes part in; the rest rides along. */
const understoodHostConfig = new Set([
  'NetworkMode',
  'PortBindings',
  'PublishAllPorts',
  'Links',
  'Dns',
  'DnsSearch',
  'DnsOptions',
  'ExtraHosts',
  'AutoRemove',
  'RestartPolicy',
  'Privileged',
]);

const understoodConfig = new Set([
  'Hostname',
  'Domainname',
  'User',
  'AttachStdin',
  'AttachStdout',
  'AttachStderr',
  'Tty',
  'OpenStdin',
  'StdinOnce',
  'Env',
  'Cmd',
  'Entrypoint',
  'Image',
  'Labels',
  'WorkingDir',
  'MacAddress',
  'ExposedPorts',
  'StopSignal',
  'StopTimeout',
  'HostConfig',
  'NetworkingConfig',
]);

const rest = (body: JsonObject, understood: ReadonlySet<string>): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([key]) => !understood.has(key)));

/** `{"80/tcp":[{"HostIp":"","HostPort":"8080"}]}` as a list; no binding means an ephemeral one. */
const portBindingsOf = (hostConfig: JsonObject): PortBindingSpec[] =>
  Object.entries(childOf(hostConfig, 'PortBindings')).flatMap(([containerPort, bindings]) => {
    const all = Array.isArray(bindings) ? bindings.map(objectOf) : [];
    const given = all.length === 0 ? [{}] : all;
    return given.map((binding) => ({
      containerPort,
      hostIp: textOf(binding, 'HostIp'),
      hostPort: textOf(binding, 'HostPort'),
    }));
  });

const endpointsOf = (body: JsonObject): Record<string, EndpointSpec> => {
  const networking = childOf(childOf(body, 'NetworkingConfig'), 'EndpointsConfig');
  return Object.fromEntries(
    Object.entries(networking).map(([name, one]) => [name, endpointSpecOf(objectOf(one))]),
  );
};

const stopTimeoutOf = (body: JsonObject): number | null => {
  const value = member(body, 'StopTimeout');
  return typeof value === 'number' ? value : null;
};

/**
 * A limit of memory alone allows as much again of swap.
 * @source moby/moby v20.10 daemon/daemon_unix.go (adaptContainerSettings)
 */
const withSwap = (hostConfig: JsonObject): JsonObject => {
  const memory = numberOf(hostConfig, 'Memory');
  if (memory <= 0 || numberOf(hostConfig, 'MemorySwap') !== 0) return hostConfig;
  return { ...hostConfig, MemorySwap: memory * 2 };
};

/** The body of `POST /containers/create` with the name of its query. */
export const containerSpecOf = (body: JsonObject, name: string): ContainerSpec => {
  const hostConfig = childOf(body, 'HostConfig');
  const policy = childOf(hostConfig, 'RestartPolicy');
  return {
    name,
    image: textOf(body, 'Image'),
    command: wordsOf(body, 'Cmd'),
    entrypoint: wordsOf(body, 'Entrypoint'),
    environment: textsOf(body, 'Env'),
    labels: mapOf(body, 'Labels'),
    hostname: textOf(body, 'Hostname'),
    domainname: textOf(body, 'Domainname'),
    user: textOf(body, 'User'),
    workingDir: textOf(body, 'WorkingDir'),
    macAddress: textOf(body, 'MacAddress'),
    tty: flagOf(body, 'Tty'),
    openStdin: flagOf(body, 'OpenStdin'),
    stdinOnce: flagOf(body, 'StdinOnce'),
    attachStdin: flagOf(body, 'AttachStdin'),
    attachStdout: flagOf(body, 'AttachStdout'),
    attachStderr: flagOf(body, 'AttachStderr'),
    stopSignal: textOf(body, 'StopSignal'),
    stopTimeoutSeconds: stopTimeoutOf(body),
    exposedPorts: Object.keys(childOf(body, 'ExposedPorts')),
    portBindings: portBindingsOf(hostConfig),
    publishAllPorts: flagOf(hostConfig, 'PublishAllPorts'),
    networkMode: textOf(hostConfig, 'NetworkMode') || 'default',
    endpoints: endpointsOf(body),
    links: textsOf(hostConfig, 'Links'),
    dns: textsOf(hostConfig, 'Dns'),
    dnsSearch: textsOf(hostConfig, 'DnsSearch'),
    dnsOptions: textsOf(hostConfig, 'DnsOptions'),
    extraHosts: textsOf(hostConfig, 'ExtraHosts'),
    autoRemove: flagOf(hostConfig, 'AutoRemove'),
    restartPolicy: {
      name: textOf(policy, 'Name'),
      maximumRetryCount: numberOf(policy, 'MaximumRetryCount'),
    },
    privileged: flagOf(hostConfig, 'Privileged'),
    passThrough: {
      config: rest(body, understoodConfig),
      hostConfig: withSwap(rest(hostConfig, understoodHostConfig)),
    },
  };
};
