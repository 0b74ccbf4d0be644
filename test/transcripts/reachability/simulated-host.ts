import type { SingleCommand } from '@netfold/contracts';
import { hostNamespace, PacketWalk } from '@netfold/dataplane';
import type { Flow, StackName, Trace } from '@netfold/dataplane';
import {
  connectContainer,
  containerIn,
  createContainer,
  createNetwork,
  endpointsIn,
  hostIn,
  labAfter,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { findInstalled, hostWorld, newBudget, noInput } from '@netfold/tooltext';
import { bridgeOf, commandOf, stackOwner, subnetOf, withAddresses } from './topology.ts';
import type { Probe, Verdict } from './probes.ts';
import type {
  ReachabilityContainer,
  ReachabilityNetwork,
  ReachabilityTopology,
} from './topology.ts';

const labId = 'lab';
const hostAddress = '192.168.50.11';
const outsideAddress = '192.168.50.1';
const otherHost = 'h2';

/** A topology built in a lab, with the addresses its containers had before any was stopped. */
export type SimulatedHost = {
  readonly topology: ReachabilityTopology;
  readonly scene: Scene;
  readonly walk: PacketWalk;
  readonly addresses: ReadonlyMap<string, string>;
};

/** What the packet walk says to a probe, and the trace that says so. */
export type WalkedProbe = { readonly verdict: Verdict; readonly trace: Trace };

export function simulate(topology: ReachabilityTopology): SimulatedHost {
  const { networks, containers } = topology;
  const built = accepted(
    labAfter(),
    networks.map(networkCommand),
    containers.flatMap(containerCommands),
  );
  const addresses = addressesIn(built, topology);
  const ruled = topology.rules.reduce((scene, line) => typeRule(scene, line, addresses), built);
  const scene = accepted(ruled, containers.flatMap(endCommands));
  return { topology, scene, walk: new PacketWalk(scene.lab, labId), addresses };
}

function accepted(scene: Scene, ...commands: readonly (readonly SingleCommand[])[]): Scene {
  return commands.flat().reduce((before, body) => before.when(body).thenAccepted(), scene);
}

function networkCommand({ name, internal, icc, masquerade }: ReachabilityNetwork): SingleCommand {
  const driver = 'com.docker.network.bridge';
  return createNetwork(name, {
    subnet: subnetOf(name),
    internal: internal ?? false,
    options: {
      [`${driver}.name`]: bridgeOf(name),
      ...(icc === undefined ? {} : { [`${driver}.enable_icc`]: String(icc) }),
      ...(masquerade === undefined
        ? {}
        : { [`${driver}.enable_ip_masquerade`]: String(masquerade) }),
    },
  });
}

function containerCommands(container: ReachabilityContainer): readonly SingleCommand[] {
  const { name, networks, connected, publishes } = container;
  const [networkMode = 'bridge', second] = networks;
  const create = createContainer(name, {
    image: 'busybox',
    command: commandOf(container),
    networkMode,
    exposedPorts: publishes.map(({ port }) => port),
    portBindings: publishes.map(({ port, hostIp, hostPort }) => ({
      containerPort: port,
      hostIp,
      hostPort: String(hostPort),
    })),
  });
  const start = startContainer(name);
  if (second === undefined) return [create, start];
  const connect = connectContainer(second, name);
  return connected === 'created' ? [create, connect, start] : [create, start, connect];
}

function endCommands({ name, end }: ReachabilityContainer): readonly SingleCommand[] {
  if (end === 'stopped') return [stopContainer(name)];
  return end === 'paused' ? [{ type: 'PauseContainer', host: 'h1', container: name }] : [];
}

function addressesIn(scene: Scene, topology: ReachabilityTopology): ReadonlyMap<string, string> {
  const found = new Map([
    ['lan', hostAddress],
    ['loopback', '127.0.0.1'],
    ['outside', outsideAddress],
    ['gateway@bridge', '172.17.0.1'],
  ]);
  for (const network of hostIn(scene).networks.values()) {
    if (topology.networks.some(({ name }) => name === network.name)) {
      found.set(`gateway@${network.name}`, subnetOf(network.name).replace(/0\/24$/, '1'));
    }
  }
  for (const { name } of topology.containers) {
    for (const [network, { ipv4 }] of Object.entries(endpointsIn(scene, name))) {
      found.set(`${name}@${network}`, ipv4.split('/', 1)[0] ?? '');
    }
  }
  return found;
}

/** Types one line at the host's prompt. */
function typeRule(scene: Scene, line: string, addresses: ReadonlyMap<string, string>): Scene {
  const typed = withAddresses(line, addresses);
  const world = hostWorld({ lab: scene.lab, labId, host: hostIn(scene), now: 0 });
  const shell = findInstalled(world, 'sh');
  if (shell === null) throw new Error('a host has a shell');
  const call = { world, stdin: noInput, find: findInstalled, budget: newBudget(), depth: 0 };
  const { pieces, exitCode } = shell({ ...call, argv: ['sh', '-c', typed] });
  if (exitCode !== 0) throw new Error(`${typed}: ${pieces.map(({ text }) => text).join('')}`);
  return accepted(scene, world.edits?.commands ?? []);
}

/** Asks the packet walk what the probe asks the network. */
export function walkProbe(host: SimulatedHost, probe: Probe): WalkedProbe {
  const { protocol, port } = probe;
  const destination = host.addresses.get(probe.to);
  if (destination === undefined) throw new Error(`no address ${probe.to}`);
  const flow: Flow = { ...stackOf(host, probe.from), protocol, destination, port };
  const { first, last } = host.walk.reach(flow);
  return { verdict: verdictOf(host, probe, first, last), trace: last };
}

function stackOf({ topology, scene }: SimulatedHost, from: string): StackName {
  if (from === 'host') return { host: 'h1', namespace: hostNamespace };
  if (from === 'other') return { host: otherHost, namespace: hostNamespace };
  const asking = topology.containers.find(({ name }) => name === from);
  if (asking === undefined) throw new Error(`nobody asks: ${from}`);
  const { sandboxId } = containerIn(scene, stackOwner(topology, asking).name);
  if (sandboxId === null) throw new Error(`${from} does not run`);
  return { host: 'h1', namespace: sandboxId === 'host' ? hostNamespace : sandboxId };
}

/** A dropped packet and one for an address that nobody has look the same to a short patience. */
function verdictOf({ scene }: SimulatedHost, probe: Probe, first: Trace, last: Trace): Verdict {
  const { disposition } = first;
  if (disposition.kind === 'netUnreachable') {
    return probe.protocol === 'icmp' && disposition.from !== null ? 't' : 'u';
  }
  if (probe.protocol === 'icmp') return disposition.kind === 'delivered' ? 'o' : 't';
  if (disposition.kind === 'refused') return 'r';
  if (disposition.kind !== 'delivered') return 't';
  const { service } = last;
  const isAnswering =
    last.disposition.kind === 'delivered' && service?.kind === 'container' && !service.isPaused;
  if (!isAnswering) return probe.protocol === 'tcp' ? 'c' : 't';
  const container = hostIn(scene).containers.get(service.containerId);
  return container?.spec.name.slice(1) ?? '?';
}
