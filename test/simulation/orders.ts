import type {
  ContainerSpec,
  EndpointSpec,
  HostName,
  NetworkSpec,
  SingleCommand,
} from '@netfold/contracts';
import * as made from '@netfold/testkit/factories';

/** What a user of the simulation orders on a host of many: the host comes first. */

export function createNetwork(
  host: HostName,
  name: string,
  changes: Partial<NetworkSpec> = {},
): SingleCommand {
  return made.createNetwork(name, { ipamOptions: null, ...changes, host });
}

export function removeNetwork(host: HostName, network: string): SingleCommand {
  return made.removeNetwork(network, host);
}

/** A server, so that it runs on. */
export function createContainer(
  host: HostName,
  name: string,
  changes: Partial<ContainerSpec> = {},
): SingleCommand {
  return made.createContainer(name, { image: 'nginx', ...changes, host });
}

export function startContainer(host: HostName, container: string): SingleCommand {
  return made.startContainer(container, host);
}

export function stopContainer(host: HostName, container: string): SingleCommand {
  return made.stopContainer(container, host);
}

/** `docker run`: two commands, as the client sends them. */
export function runContainer(
  host: HostName,
  name: string,
  changes: Partial<ContainerSpec> = {},
): readonly SingleCommand[] {
  return [createContainer(host, name, changes), startContainer(host, name)];
}

export function connectContainer(
  host: HostName,
  network: string,
  container: string,
  endpoint: Partial<EndpointSpec> = {},
): SingleCommand {
  return made.connectContainer(network, container, endpoint, host);
}

export function disconnectContainer(
  host: HostName,
  network: string,
  container: string,
  force = false,
): SingleCommand {
  return { ...made.disconnectContainer(network, container, host), force };
}

export function createExec(
  host: HostName,
  container: string,
  command?: readonly string[],
): SingleCommand {
  return made.createExec(container, command, host);
}

type InitSwarm = ReturnType<typeof made.initSwarm>;
type JoinSwarm = ReturnType<typeof made.joinSwarm>;

export function initSwarm(host: HostName, changes: Partial<InitSwarm> = {}): SingleCommand {
  return { ...made.initSwarm(host), ...changes };
}

export function joinSwarm(
  host: HostName,
  token: string,
  changes: Partial<JoinSwarm> = {},
): SingleCommand {
  return { ...made.joinSwarm(host, token), ...changes };
}
