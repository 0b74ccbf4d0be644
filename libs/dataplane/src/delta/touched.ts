import type { EventType, LabEvent, NeighbourSeen } from '@netfold/contracts';
import type { ActiveLab, Container, LabHost } from '@netfold/domain';
import type { EntityReference, HostEntityKind } from '../entity.ts';
import { touchedByHand } from './touched-by-hand.ts';
import { hostNeighbourId } from '../traffic/learnt-rows.ts';
import { hostEntities, managedNetworkIds } from '../view/full-view.ts';

/** A lab before and after a commit. */
export type Change = { readonly before: ActiveLab; readonly after: ActiveLab };

/**
 * The entities whose contribution an event may have changed: its own, and the neighbours that look
 * at it. As many as the entity has neighbours, whatever else the host holds.
 *
 * @param change  the states around the whole commit, not around this one event
 */
export function touched(event: LabEvent, change: Change): readonly EntityReference[] {
  const touching = touchings[event.type] as Touching<EventType>;
  const references = touching(event.data, change);
  const host = 'host' in event.data ? String(event.data.host) : '';
  return [...references, ...touchedByHand(host, change)];
}

type DataOf<T extends EventType> = Extract<LabEvent, { type: T }>['data'];
type Touching<T extends EventType> = (data: DataOf<T>, change: Change) => EntityReference[];

const touchings: { readonly [T in EventType]: Touching<T> } = {
  LabCreated: () => [{ kind: 'lab' }],
  LabRemoved: () => [{ kind: 'lab' }],
  HostAdded: ({ host }) => [on(host, 'host', '')],
  HostRemoved: ({ host }, change) => removedHost(host, change),
  TimeAdvanced: () => [],
  InterfaceIndexesConsumed: () => [],
  EphemeralPortsConsumed: () => [],

  NetworkCreated: ({ host, networkId }, change) => [
    ...jumpsOnTop(host, change),
    on(host, 'network', networkId),
    ...defaultBridge(host, change),
  ],
  NetworkRemoved: ({ host, networkId }, change) => removedNetwork(host, networkId, change),
  PredefinedPoolsPassed: () => [],
  PoolAbandoned: () => [],

  SandboxCreated: ({ host, sandboxId }, change) => [
    on(host, 'sandbox', sandboxId),
    ...leftSandboxes(host, sandboxId, change),
  ],
  SandboxRemoved: ({ host, sandboxId }, change) => sandboxWithEndpoints(host, sandboxId, change),
  EndpointCreated: (data, change) => createdEndpoint(data, change),
  EndpointJoined: ({ host, endpointId }, change) => movedEndpoint(host, endpointId, change),
  EndpointLeft: ({ host, endpointId }, change) => [
    ...movedEndpoint(host, endpointId, change),
    ...forgottenStations(host, endpointId, change),
  ],
  EndpointDeleted: ({ host, endpointId }, change) => endpointWithPorts(host, endpointId, change),
  PortPublished: ({ host, endpointId }, change) => portsOf(host, endpointId, change),
  PortUnpublished: ({ host, endpointId }, change) => portsOf(host, endpointId, change),

  ContainerCreated: ({ host, containerId }) => [on(host, 'container', containerId)],
  ContainerLimitsSet: () => [],
  ContainerRenamed: ({ host, containerId }, change) => attachedContainer(host, containerId, change),
  ContainerUnlinked: ({ host, containerId }, change) => [
    ...attachedContainer(host, containerId, change),
    ...keptSandboxes(host, containerId, change),
  ],
  NetworkAttached: ({ host, containerId }, change) => attachedContainer(host, containerId, change),
  NetworkDetached: ({ host, containerId }, change) => attachedContainer(host, containerId, change),
  ContainerStarted: ({ host, containerId, sandboxId }, change) => [
    on(host, 'container', containerId),
    ...bridgesOf(host, sandboxId, change),
  ],
  ContainerStartFailed: ({ host, containerId }) => [on(host, 'container', containerId)],
  ContainerExited: ({ host, containerId }, change) => endedContainer(host, containerId, change),
  ContainerPrinted: () => [],
  ContainerEndForeseen: () => [],
  ContainerHealthProbed: ({ host, containerId }) => [on(host, 'container', containerId)],
  ContainerPaused: ({ host, containerId }) => [on(host, 'container', containerId)],
  ContainerUnpaused: ({ host, containerId }) => [on(host, 'container', containerId)],
  ContainerRestarted: ({ host, containerId }) => [on(host, 'container', containerId)],
  ContainerRemoved: ({ host, containerId }, change) => endedContainer(host, containerId, change),

  ExecCreated: ({ host, execId }) => [on(host, 'exec', execId)],
  ExecStarted: ({ host, execId }) => [on(host, 'exec', execId)],
  ExecDied: ({ host, execId }) => [on(host, 'exec', execId)],

  VolumeCreated: () => [],
  VolumeRemoved: () => [],
  ImagePulled: () => [],
  ImageBuilt: () => [],
  ImageTagged: () => [],
  ImageUntagged: () => [],
  ImageDeleted: () => [],
  FilesWritten: () => [],
  FilesRemoved: () => [],

  SwarmInitialized: ({ host }, change) => member(host, change),
  NodeJoined: ({ host }, change) => member(host, change),
  NodeLeft: ({ host }, change) => member(host, change),
  NodePromoted: ({ host }, change) => member(host, change),
  NodeDemoted: ({ host }, change) => member(host, change),
  NodeAvailabilitySet: () => [],
  NodeLabelled: () => [],
  NodeRemoved: () => [],
  SwarmConfigured: () => [],
  JoinTokenRotated: () => [],
  UnlockKeySet: () => [],
  SwarmNetworkCreated: (data, change) => onManagers(data, change),
  SwarmNetworkAllocated: (data, change) => onManagers(data, change),
  SwarmNetworkRemoved: (data, change) => onManagers(data, change),
  OverlayAppeared: ({ host, networkId }, change) => overlayOnHost(host, networkId, change),
  OverlayVanished: ({ host, networkId }, change) => overlayOnHost(host, networkId, change),
  TaskAllocated: () => [],
  TaskReleased: () => [],
  FirewallRuleAdded: ({ host }) => [on(host, 'firewall', '')],
  FirewallRuleRemoved: ({ host, networkId, endpointId }, change) => [
    on(host, 'firewall', ''),
    ...(networkId === null ? [on(host, 'host', '')] : [on(host, 'network', networkId)]),
    ...(endpointId === null ? [] : portsOf(host, endpointId, change)),
  ],
  FirewallChainCreated: ({ host }) => [on(host, 'firewall', '')],
  FirewallChainRemoved: ({ host }) => [on(host, 'firewall', ''), on(host, 'host', '')],
  FirewallPolicySet: ({ host }) => [on(host, 'firewall', ''), on(host, 'host', '')],
  NamespaceAdded: () => [],
  NamespaceRemoved: () => [],
  LinkAdded: () => [],
  LinkRemoved: () => [],
  LinkConfigured: () => [],
  LinkMoved: () => [],
  AddressAdded: () => [],
  AddressRemoved: () => [],
  RouteAdded: () => [],
  RouteRemoved: () => [],
  NeighbourSet: () => [],
  NeighbourRemoved: () => [],
  KernelParameterSet: () => [],
  TrafficSeen: ({ neighbours, stations }) => [
    ...neighbours.map(learningEntity),
    ...stations.map(({ port: { kind, host, id } }) =>
      kind === 'handMade' ? on(host, kind, '') : on(host, entityOfPort[kind], id),
    ),
  ],
};

const on = (host: string, kind: HostEntityKind, id: string): EntityReference => ({
  kind,
  host,
  id,
});

const entityOfPort = { vtep: 'overlay', endpoint: 'endpoint' } as const;

function learningEntity({ link, address }: NeighbourSeen): EntityReference {
  const { kind, host, id } = link;
  if (kind === 'endpoint') return on(host, kind, id);
  if (kind === 'handMade') return on(host, kind, '');
  return on(host, 'neighbour', hostNeighbourId(kind, id, address));
}

/** The host as it was and as it is, where it exists. */
function hostsOf(host: string, { before, after }: Change): LabHost[] {
  return [before, after].flatMap((lab) => lab.hosts.get(host) ?? []);
}

/** The ordinals of the other hosts count down when one goes. */
function removedHost(name: string, { before, after }: Change): EntityReference[] {
  const host = before.hosts.get(name);
  const others = [...after.hosts.keys()].map((other) => on(other, 'host', ''));
  return host === undefined ? others : [...hostEntities(before, host), ...others];
}

/** A new network's rules come above what somebody had put on top of FORWARD. */
function jumpsOnTop(host: string, { before, after }: Change): EntityReference[] {
  const [was, is] = [before, after].map((lab) => lab.hosts.get(host)?.firewall);
  return was === is ? [] : [on(host, 'firewall', ''), on(host, 'host', '')];
}

/** A new network may take over the default bridge by naming it. */
function defaultBridge(host: string, change: Change): EntityReference[] {
  return hostsOf(host, change)
    .flatMap(({ networkNames }) => networkNames.get('bridge') ?? [])
    .map((id) => on(host, 'network', id));
}

/** A network that goes takes along what still hangs on it (a cluster that was left). */
function removedNetwork(host: string, networkId: string, change: Change): EntityReference[] {
  const endpointIds = hostsOf(host, change).flatMap(({ networks }) => [
    ...(networks.get(networkId)?.endpointIds.keys() ?? []),
  ]);
  return [
    on(host, 'network', networkId),
    ...bridgeNeighbours(host, networkId, change),
    ...endpointIds.flatMap((id) => endpointWithSandbox(host, id, change)),
  ];
}

/** Whoever shares a sandbox sees the other's routes, and which endpoint is the way out. */
function sandboxWithEndpoints(host: string, sandboxId: string, change: Change): EntityReference[] {
  const endpointIds = hostsOf(host, change).flatMap(
    ({ sandboxes }) => sandboxes.get(sandboxId)?.endpointIds ?? [],
  );
  return [on(host, 'sandbox', sandboxId), ...endpointIds.map((id) => on(host, 'endpoint', id))];
}

/** What is left of earlier runs of the sandbox's container has the files of the latest one. */
function leftSandboxes(host: string, sandboxId: string, change: Change): EntityReference[] {
  return hostsOf(host, change)
    .flatMap(({ sandboxes, containers }) => {
      const { containerId = '' } = sandboxes.get(sandboxId) ?? {};
      return containers.get(containerId)?.leftSandboxIds ?? [];
    })
    .map((id) => on(host, 'sandbox', id));
}

function endpointWithSandbox(host: string, endpointId: string, change: Change): EntityReference[] {
  const sandboxIds = hostsOf(host, change).flatMap(
    ({ endpoints }) => endpoints.get(endpointId)?.joined?.sandboxId ?? [],
  );
  return [
    on(host, 'endpoint', endpointId),
    ...sandboxIds.flatMap((id) => sandboxWithEndpoints(host, id, change)),
    ...sandboxIds.flatMap((id) => leftSandboxes(host, id, change)),
  ];
}

/** One that joined, left and went within the commit is known by this event alone. */
function createdEndpoint(
  { host, endpointId, networkId, containerId }: DataOf<'EndpointCreated'>,
  change: Change,
): EntityReference[] {
  return [
    on(host, 'endpoint', endpointId),
    ...bridgeIfChanged(host, networkId, change),
    ...linkingSandboxes(host, containerId, change),
  ];
}

/** One that joined or left: its sandbox, its bridge's carrier, hosts files that link to it. */
function movedEndpoint(host: string, endpointId: string, change: Change): EntityReference[] {
  const endpoints = hostsOf(host, change).flatMap(
    ({ endpoints: all }) => all.get(endpointId) ?? [],
  );
  return [
    ...endpointWithSandbox(host, endpointId, change),
    ...portsOf(host, endpointId, change),
    ...endpoints.flatMap(({ networkId }) => bridgeIfChanged(host, networkId, change)),
    ...endpoints.flatMap(({ containerId }) => linkingSandboxes(host, containerId, change)),
  ];
}

/** A bridge has been up once a container runs on it. */
function bridgesOf(host: string, sandboxId: string, change: Change): EntityReference[] {
  const { endpoints, sandboxes } = change.after.hosts.get(host) ?? {};
  const endpointIds = sandboxes?.get(sandboxId)?.endpointIds ?? [];
  return endpointIds
    .flatMap((id) => endpoints?.get(id)?.networkId ?? [])
    .flatMap((networkId) => bridgeIfChanged(host, networkId, change));
}

/** A network's contribution knows of its members only whether there is, or was, one. */
function bridgeIfChanged(host: string, networkId: string, change: Change): EntityReference[] {
  const [before, after] = [change.before, change.after].map((lab) => {
    const network = lab.hosts.get(host)?.networks.get(networkId);
    return `${(network?.joinedCount ?? 0) > 0} ${network?.bridge?.hasHadMember ?? false}`;
  });
  const forgotten = bridgeNeighbours(host, networkId, change);
  return before === after ? forgotten : [on(host, 'network', networkId), ...forgotten];
}

/** A bridge forgets its neighbours when it loses its carrier, and when it goes. */
function bridgeNeighbours(host: string, networkId: string, change: Change): EntityReference[] {
  const tables = [change.before, change.after].map(
    (lab) => lab.hosts.get(host)?.networks.get(networkId)?.neighbours,
  );
  if (tables[0] === tables[1]) return [];
  return tables
    .flatMap((table) => table ?? [])
    .map(({ address }) => on(host, 'neighbour', hostNeighbourId('bridge', networkId, address)));
}

/** The bridges of an overlay forget what they heard of a member that left. */
function forgottenStations(host: string, endpointId: string, change: Change): EntityReference[] {
  const endpoint = hostsOf(host, change).flatMap(
    ({ endpoints }) => endpoints.get(endpointId) ?? [],
  );
  const { networkId = '', mac } = endpoint[0] ?? {};
  return [...change.before.hosts.values()]
    .filter(({ overlays }) => overlays.get(networkId)?.stations?.some((one) => one.mac === mac))
    .map(({ name }) => on(name, 'overlay', networkId));
}

function linkingSandboxes(host: string, containerId: string, change: Change): EntityReference[] {
  return hostsOf(host, change).flatMap(({ containers }) =>
    (containers.get(containerId)?.linkedBy ?? [])
      .flatMap((id) => containers.get(id) ?? [])
      .flatMap(stacksOf)
      .map((id) => on(host, 'sandbox', id)),
  );
}

/** A container's own stack, and those of earlier runs that others have kept. */
function stacksOf({ sandboxId, lastSandboxId, leftSandboxIds }: Container): readonly string[] {
  return [sandboxId ?? '', lastSandboxId, ...leftSandboxIds].filter((id) => id !== '');
}

function endpointWithPorts(host: string, endpointId: string, change: Change): EntityReference[] {
  return [on(host, 'endpoint', endpointId), ...portsOf(host, endpointId, change)];
}

/** Mappings of one container port share rules, so all of an endpoint's are looked at. */
function portsOf(host: string, endpointId: string, change: Change): EntityReference[] {
  return hostsOf(host, change)
    .flatMap(({ endpoints }) => endpoints.get(endpointId)?.publishedPortKeys ?? [])
    .map((key) => on(host, 'publishedPort', key));
}

/** Its name and its attachments are among the DNS names of its endpoints. */
function attachedContainer(host: string, containerId: string, change: Change): EntityReference[] {
  const sandboxIds = hostsOf(host, change).flatMap(
    ({ containers }) => containers.get(containerId)?.sandboxId ?? [],
  );
  return [
    on(host, 'container', containerId),
    ...sandboxIds.flatMap((id) => sandboxWithEndpoints(host, id, change)),
  ];
}

/** What is left of its runs, with the files of the latest one. */
function keptSandboxes(host: string, containerId: string, { before }: Change): EntityReference[] {
  const container = before.hosts.get(host)?.containers.get(containerId);
  return (container === undefined ? [] : stacksOf(container)).map((id) => on(host, 'sandbox', id));
}

/** The processes of its execs end with a container; its resolver, also where its stack is kept. */
function endedContainer(host: string, containerId: string, change: Change): EntityReference[] {
  const before = change.before.hosts.get(host);
  const execIds = before?.containers.get(containerId)?.execIds ?? [];
  const running = execIds.filter((id) => before?.execs.get(id)?.status === 'running');
  return [
    on(host, 'container', containerId),
    ...keptSandboxes(host, containerId, change),
    ...running.map((id) => on(host, 'exec', id)),
  ];
}

/** A manager lists the networks of its swarm. */
function member(host: string, { before, after }: Change): EntityReference[] {
  const networkIds = [before, after].flatMap((lab) => {
    const labHost = lab.hosts.get(host);
    return labHost === undefined ? [] : [...managedNetworkIds(lab, labHost)];
  });
  return [on(host, 'host', ''), ...networkIds.map((id) => on(host, 'managedNetwork', id))];
}

function onManagers(
  { swarmId, networkId }: { readonly swarmId: string; readonly networkId: string },
  { before, after }: Change,
): EntityReference[] {
  return [before, after].flatMap((lab) =>
    [...(lab.swarms.get(swarmId)?.nodes.values() ?? [])]
      .filter(({ role }) => role === 'manager')
      .map(({ host }) => on(host, 'managedNetwork', networkId)),
  );
}

/** The host's own row of sockets has the VXLAN one while it takes part in any overlay. */
function overlayOnHost(host: string, networkId: string, change: Change): EntityReference[] {
  return [
    on(host, 'host', ''),
    on(host, 'overlay', networkId),
    on(host, 'managedNetwork', networkId),
    ...removedNetwork(host, networkId, change),
  ];
}
