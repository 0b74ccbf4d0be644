/** A fault that somebody might make, and that the simulation has to find. */
export type PlantedFault = {
  readonly name: string;
  /** Below the root of the repository. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Found by comparing the tables of a running service; else by random runs in memory. */
  readonly isLive?: true;
};

const rows = 'libs/dataplane/src';
const touched = `${rows}/delta/touched.ts`;

/** A commit that does not look at everything it changed: per projection what is forgotten. */
const forgotten: readonly PlantedFault[] = [
  {
    name: 'lab: a new lab has no row of its own',
    file: `${rows}/delta/delta-of.ts`,
    find: 'return only.flatMap((lab) => labEntities(lab));',
    replace: 'return only.flatMap((lab) => labEntities(lab).slice(1));',
  },
  {
    name: 'host: an added host has no rows',
    file: touched,
    find: "HostAdded: ({ host }) => [on(host, 'host', '')],",
    replace: 'HostAdded: () => [],',
  },
  {
    name: 'network: a new network has no rows',
    file: touched,
    find: "    on(host, 'network', networkId),\n    ...defaultBridge(host, change),",
    replace: '    ...defaultBridge(host, change),',
  },
  {
    name: 'network: the carrier stays when the last member leaves',
    file: touched,
    find: "return before === after ? forgotten : [on(host, 'network', networkId), ...forgotten];",
    replace: 'return forgotten;',
  },
  {
    name: 'network: the managers of a swarm do not list a new network',
    file: touched,
    find: ".map(({ host }) => on(host, 'managedNetwork', networkId)),",
    replace: '.flatMap(() => []),',
  },
  {
    name: 'container: a pause is not seen',
    file: touched,
    find: "ContainerPaused: ({ host, containerId }) => [on(host, 'container', containerId)],",
    replace: 'ContainerPaused: () => [],',
  },
  {
    name: 'neighbour: a bridge without carrier knows its neighbours still',
    file: touched,
    find: 'const forgotten = bridgeNeighbours(host, networkId, change);',
    replace: 'const forgotten: EntityReference[] = [];',
  },
  {
    name: 'forwarding: what a bridge heard at a port is not told',
    file: touched,
    find: "const entityOfPort = { vtep: 'overlay', endpoint: 'endpoint' } as const;",
    replace: "const entityOfPort = { vtep: 'endpoint', endpoint: 'overlay' } as const;",
  },
  {
    name: 'interface: what somebody made by hand is not told',
    file: `${rows}/delta/touched-by-hand.ts`,
    find: "    on('handMade', ''),",
    replace: '',
  },
  {
    name: 'route: what was done to docker0 by hand is not told',
    file: `${rows}/delta/touched-by-hand.ts`,
    find: 'ownersOf(host, host.handMade, on)',
    replace: '[]',
  },
  {
    name: 'process: an exec runs on after its end',
    file: touched,
    find: "ExecDied: ({ host, execId }) => [on(host, 'exec', execId)],",
    replace: 'ExecDied: () => [],',
  },
  {
    name: 'sandbox: hosts files do not follow a linked container',
    file: touched,
    find: '(containers.get(containerId)?.linkedBy ?? [])',
    replace: '[]',
  },
  {
    name: 'endpoint: the others of its sandbox stay the way out',
    file: touched,
    find:
      "return [on(host, 'sandbox', sandboxId), " +
      "...endpointIds.map((id) => on(host, 'endpoint', id))];",
    replace: "return [on(host, 'sandbox', sandboxId)];",
  },
  {
    name: 'dnsName: a renamed container keeps its old name',
    file: touched,
    find:
      'ContainerRenamed: ({ host, containerId }, change) => ' +
      'attachedContainer(host, containerId, change),',
    replace: "ContainerRenamed: ({ host, containerId }) => [on(host, 'container', containerId)],",
  },
  {
    name: 'publishedPort: the first port of an endpoint is forgotten',
    file: touched,
    find: ".map((key) => on(host, 'publishedPort', key));",
    replace: ".map((key) => on(host, 'publishedPort', key))\n    .slice(1);",
  },
  {
    name: 'overlay: its namespace stays when it vanished',
    file: touched,
    find: "    on(host, 'overlay', networkId),\n",
    replace: '',
  },
];

/** A projection that says something that is not so, in every view alike. */
const wrong: readonly PlantedFault[] = [
  {
    name: 'host: the processes of the engine are missing',
    file: `${rows}/host/host-rows.ts`,
    find: '...engineProcesses(place),',
    replace: '',
  },
  {
    name: 'chain: nat has no chain DOCKER',
    file: `${rows}/host/base-rules.ts`,
    find: "['nat', 'DOCKER', null],",
    replace: '',
  },
  {
    name: 'network: a bridge has no rules',
    file: `${rows}/network/network-rows.ts`,
    find: '...(isTakenOver ? [] : bridgeRules(place, network)),',
    replace: '',
  },
  {
    name: 'network: a manager that uses an overlay lists it twice',
    file: `${rows}/network/network-rows.ts`,
    find: 'if (place.host.networks.has(network.id)) return [];',
    replace: '',
  },
  {
    name: 'network: a macvlan network has no parent link',
    file: `${rows}/network/network-rows.ts`,
    find: '...parentLink(place, network),',
    replace: '',
  },
  {
    name: 'rule: a bridge jumps to a chain that is not there',
    file: `${rows}/network/bridge-rules.ts`,
    find: "target: jumpTo('DOCKER') },",
    replace: "target: jumpTo('DOCKER-BRIDGE') },",
  },
  {
    name: 'process: a container has no process',
    file: `${rows}/container/container-rows.ts`,
    find: "{ table: 'process', row: mainProcess(place, container, argv) },",
    replace: '',
  },
  {
    name: 'process: an exec that died still runs',
    file: `${rows}/exec/exec-rows.ts`,
    find: "if (exec.status !== 'running') return [];",
    replace: "if (exec.status === 'created') return [];",
  },
  {
    name: 'socket: a listener is of another process',
    file: `${rows}/container/listeners.ts`,
    find: 'processId: of.processId,',
    replace: 'processId: of.processId + 1_000_000,',
  },
  {
    name: 'sandbox: it has no loopback',
    file: `${rows}/sandbox/sandbox-rows.ts`,
    find: 'loopbackRow(place, sandbox.id, hasIPv6(place, sandbox)),',
    replace: '',
  },
  {
    name: 'route: there is no way out of a sandbox',
    file: `${rows}/sandbox/sandbox-rows.ts`,
    find: '...defaultRoutes(place, sandbox),',
    replace: '',
  },
  {
    name: 'route: the ways of a sandbox are down',
    file: `${rows}/endpoint/endpoint-links.ts`,
    find: 'const link = { device: joined.interfaceName, isLinkDown: false };',
    replace: 'const link = { device: joined.interfaceName, isLinkDown: true };',
  },
  {
    name: 'chain: the embedded DNS has none',
    file: `${rows}/sandbox/sandbox-rows.ts`,
    find: '...embeddedDns(place, sandbox),',
    replace: '',
  },
  {
    name: 'interface: half of a pair does not know the other',
    file: `${rows}/endpoint/endpoint-links.ts`,
    find: 'peerInterfaceIndex: endpoint.joined?.interfaceIndex ?? null,',
    replace: 'peerInterfaceIndex: null,',
  },
  {
    name: 'forwarding: a bridge does not know its port',
    file: `${rows}/endpoint/endpoint-links.ts`,
    find: "{ table: 'forwarding', row: localEntry(place, namespace, { ...veth, bridge }) },",
    replace: '',
  },
  {
    name: 'dnsName: an endpoint has no names',
    file: `${rows}/endpoint/endpoint-rows.ts`,
    find: '...dnsNameRows(place, view),',
    replace: '',
  },
  {
    name: 'endpoint: it says another MAC than its link',
    file: `${rows}/endpoint/endpoint-rows.ts`,
    find: 'mac: endpoint.mac,',
    replace: "mac: '02:42:00:00:00:00',",
  },
  {
    name: 'endpointDocument: it shows another endpoint',
    file: `${rows}/endpoint/endpoint-document.ts`,
    find: '    endpoint,\n    interface: interfaces',
    replace: '    endpoint: { ...endpoint, ordinal: -1 },\n    interface: interfaces',
  },
  {
    name: 'publishedPort: its packets are not let through',
    file: `${rows}/published-port/port-rules.ts`,
    find: '...(isFirstOfItsPort(place, port, endpoint) ? passage(port, endpoint, bridge) : []),',
    replace: '',
  },
  {
    name: 'socket: a proxy listens nowhere',
    file: `${rows}/published-port/port-rows.ts`,
    find: 'return [process, socket];',
    replace: 'return [process];',
  },
  {
    name: 'overlay: its namespace has no bridge',
    file: `${rows}/overlay/presence-rows.ts`,
    find: '...bridgeRows(place, presence, network),',
    replace: '',
  },
];

/** The lab itself is wrong: the fold of a fact, or what is decided. */
const decided: readonly PlantedFault[] = [
  {
    name: 'domain: a released address stays in use',
    file: 'libs/domain/src/endpoint/folds.ts',
    find: 'addressPools: poolsWith(network, endpoint, releaseAddress),',
    replace: '',
  },
  {
    name: 'domain: an address in use is free',
    file: 'libs/domain/src/endpoint/folds.ts',
    find: 'addressPools: poolsWith(network, endpoint, taken),',
    replace: '',
  },
  {
    name: 'domain: all endpoints have one MAC',
    file: 'libs/domain/src/endpoint/endpoint-address.ts',
    find: "return ipv4 === null ? '' : macFromIpv4(ipv4);",
    replace: "return ipv4 === null ? '' : '02:42:ac:11:00:02';",
  },
  {
    name: 'domain: a port stays published',
    file: 'libs/domain/src/endpoint/folds.ts',
    find: '{ ...host, publishedPorts: host.publishedPorts.without(key) },',
    replace: 'host,',
  },
  {
    name: 'domain: a decision asks the clock of the machine',
    file: 'libs/domain/src/container/create-container.ts',
    find: 'createdAt: work.now,',
    replace: 'createdAt: performance.now(),',
  },
];

/** The tables do not become what the deltas say. */
const applied: readonly PlantedFault[] = [
  {
    name: 'read models: of two changes of a row in one flush the first counts',
    file: 'libs/application/src/writer/net-delta.ts',
    find: 'last.set(place, { change, wasAbsent });',
    replace: 'last.set(place, last.get(place) ?? { change, wasAbsent });',
    isLive: true,
  },
  {
    name: 'read models: a row that is there is not changed',
    file: 'libs/readmodel-postgres/src/columns/table-sql.ts',
    find: "sets.length === 0 ? 'nothing'",
    replace: "sets.length >= 0 ? 'nothing'",
    isLive: true,
  },
  {
    name: 'read models: a row that is gone stays',
    file: 'libs/readmodel-postgres/src/columns/table-sql.ts',
    find: "where ${same.join(' and ')};",
    replace: 'where false;',
    isLive: true,
  },
  {
    name: 'read models: what a commit removes is not sent',
    file: 'libs/readmodel-postgres/src/encode-changes.ts',
    find: 'for (const change of delta)',
    replace: "for (const change of delta.filter(({ op }) => op === 'put'))",
    isLive: true,
  },
];

export const plantedFaults: readonly PlantedFault[] = [
  ...forgotten,
  ...wrong,
  ...decided,
  ...applied,
];
