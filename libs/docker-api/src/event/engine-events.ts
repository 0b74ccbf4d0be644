import type { Commit, LabEvent, LabTime } from '@netfold/contracts';
import { gatewayNetworkName, healthcheckOf, imageIdOf, mountRequests } from '@netfold/domain';
import type { Container, Exec, LabHost, Network, Swarm } from '@netfold/domain';
import { sortedMap } from '../http/fields.ts';

/** A line of `docker events`. */
export type EngineEvent = {
  readonly type: 'container' | 'network' | 'image' | 'node' | 'volume' | 'daemon';
  readonly action: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly scope: 'local' | 'swarm';
  readonly at: LabTime;
};

/** What stood on the host before and after the commit: names of what has just gone. */
export type Surroundings = {
  readonly before: LabHost | null;
  readonly after: LabHost | null;
  /** The cluster as the host knew it before as a manager; `null` when it is none. */
  readonly managedBefore: Swarm | null;
};

const findContainer = (at: Surroundings, id: string): Container | undefined =>
  at.after?.containers.get(id) ?? at.before?.containers.get(id);

const findNetwork = (at: Surroundings, id: string): Network | undefined =>
  at.after?.networks.get(id) ?? at.before?.networks.get(id);

const findExec = (at: Surroundings, id: string): Exec | undefined =>
  at.after?.execs.get(id) ?? at.before?.execs.get(id);

type Draft = Omit<EngineEvent, 'at'>;

const ofContainer = (
  at: Surroundings,
  id: string,
  action: string,
  extra: Readonly<Record<string, string>> = {},
): Draft[] => {
  const container = findContainer(at, id);
  if (container === undefined) return [];
  const { spec, name } = container;
  const attributes = { ...spec.labels, image: spec.image, name, ...extra };
  return [{ type: 'container', action, id, attributes, scope: 'local' }];
};

const ofNetwork = (
  at: Surroundings,
  id: string,
  action: string,
  extra: Readonly<Record<string, string>> = {},
): Draft[] => {
  const network = findNetwork(at, id);
  if (network === undefined) return [];
  const attributes = { name: network.name, type: network.driver, ...extra };
  // Also of an overlay: only what the managers tell has the scope of the cluster.
  return [{ type: 'network', action, id, attributes, scope: 'local' }];
};

/** What the managers tell of a network of theirs. @source moby daemon/events.go */
const ofManagedNetwork = (id: string, name: string, ...actions: readonly string[]): Draft[] =>
  actions.map((action) => ({
    type: 'network',
    action,
    id,
    attributes: { name },
    scope: 'swarm',
  }));

/** Whether the event happened to the joined endpoint of a container, and on which network. */
const ofEndpoint = (at: Surroundings, endpointId: string, action: string): Draft[] => {
  const endpoint = at.after?.endpoints.get(endpointId) ?? at.before?.endpoints.get(endpointId);
  if (endpoint === undefined) return [];
  const container = findContainer(at, endpoint.containerId);
  const network = findNetwork(at, endpoint.networkId);
  // What the engine itself puts on docker_gwbridge it tells nobody.
  const isOwn = network !== undefined && (container?.attachments.has(network.name) ?? false);
  const wasOwn = at.before?.containers.get(endpoint.containerId)?.attachments;
  const isKnown = isOwn || (network !== undefined && (wasOwn?.has(network.name) ?? false));
  if (!isKnown) return [];
  return ofNetwork(at, endpoint.networkId, action, { container: endpoint.containerId });
};

const killSignal = 9;

const ofExit = (
  at: Surroundings,
  { data }: Extract<LabEvent, { type: 'ContainerExited' }>,
): Draft[] => {
  const { containerId, cause, signal, exitCode } = data;
  const isStop = cause === 'stopped' || cause === 'restarted';
  // Who does not heed the stop signal is killed. @source moby daemon/stop.go containerStop
  const isDeaf = signal !== killSignal && exitCode === 128 + killSignal;
  const isForced = isStop && (isDeaf || data.isForced === true);
  const signals = [...(signal === 0 ? [] : [signal]), ...(isForced ? [killSignal] : [])];
  const sent = signals.flatMap((one) =>
    ofContainer(at, containerId, 'kill', { signal: String(one) }),
  );
  const died = ofContainer(at, containerId, 'die', { exitCode: String(exitCode) });
  const released = ofMounts(at, containerId, 'unmount');
  return [...sent, ...died, ...released, ...(isStop ? ofContainer(at, containerId, 'stop') : [])];
};

const ofExec = (at: Surroundings, execId: string, action: string, code?: number): Draft[] => {
  const exec = findExec(at, execId);
  if (exec === undefined) return [];
  const [program = '', ...words] = exec.command;
  // The blank behind the program is there without words too. @source moby daemon/exec.go
  const line = action === 'exec_die' ? action : `${action}: ${program} ${words.join(' ')}`;
  const extra = {
    execID: execId,
    ...(code === undefined ? {} : { exitCode: String(code) }),
  };
  return ofContainer(at, exec.containerId, line, extra);
};

/** The exec of a health check that told something new, and the status it led to. */
const ofProbe = (
  at: Surroundings,
  { data }: Extract<LabEvent, { type: 'ContainerHealthProbed' }>,
): Draft[] => {
  const { containerId, execId, status, probe } = data;
  const container = findContainer(at, containerId);
  const check = container === undefined ? null : healthcheckOf(container);
  const [kind, ...test] = check?.test ?? [];
  const [program = '', ...words] = kind === 'CMD-SHELL' ? ['/bin/sh', '-c', ...test] : test;
  const line = `${program} ${words.join(' ')}`;
  const exec = { execID: execId };
  const exitCode = String(probe.exitCode);
  const before = at.before?.containers.get(containerId)?.health?.status;
  return [
    ...ofContainer(at, containerId, `exec_create: ${line}`, exec),
    ...ofContainer(at, containerId, `exec_start: ${line}`, exec),
    ...(probe.exitCode < 0 ? [] : ofContainer(at, containerId, 'exec_die', { ...exec, exitCode })),
    ...(before === status ? [] : ofContainer(at, containerId, `health_status: ${status}`)),
  ];
};

const ofVolume = (
  id: string,
  action: string,
  attributes: Readonly<Record<string, string>>,
): Draft[] => [{ type: 'volume', action, id, attributes, scope: 'local' }];

/**
 * The volumes that a new container named and that were there: the engine makes them again.
 * @source moby/moby v20.10 volume/service/service.go Create
 */
const ofVolumesNamed = (
  at: Surroundings,
  { data }: Extract<LabEvent, { type: 'ContainerCreated' }>,
): Draft[] => {
  const { binds, mounts } = mountRequests(data.spec);
  return [...binds, ...mounts].flatMap((request) => {
    const isNamed = 'type' in request && request.type === 'volume';
    if (!isNamed || at.before?.volumes.has(request.name) !== true) return [];
    return ofVolume(request.name, 'create', { driver: 'local' });
  });
};

const ofImage = (id: string, action: string, name: string): Draft[] => [
  { type: 'image', action, id, attributes: { name }, scope: 'local' },
];

/** `docker commit`: the container is paused for it. @source moby/moby v20.10 daemon/commit.go */
const ofCommitted = (
  at: Surroundings,
  { data }: Extract<LabEvent, { type: 'ImageBuilt' }>,
): Draft[] => {
  const step = data.spec.steps?.at(-1);
  const id = step?.container;
  if (step === undefined || id === undefined) return [];
  const tags = [...(at.after?.imageTags.entries() ?? [])];
  const imageRef = tags.find(([tag, image]) => image === data.image && !tag.startsWith('@'))?.[0];
  const about = { comment: step.comment ?? '', imageID: data.image, imageRef: imageRef ?? '' };
  const isRunning = findContainer(at, id)?.status === 'running';
  return [
    ...(isRunning ? ofContainer(at, id, 'pause') : []),
    ...ofContainer(at, id, 'commit', about),
    ...(isRunning ? ofContainer(at, id, 'unpause') : []),
  ];
};

/** Volumes of a container, as it begins to use them and ceases. */
const ofMounts = (at: Surroundings, container: string, action: 'mount' | 'unmount'): Draft[] =>
  (findContainer(at, container)?.mounts ?? [])
    .filter(({ type }) => type === 'volume')
    .flatMap(({ name, destination, propagation, isWritable }) => {
      const place = { destination, propagation, 'read/write': String(isWritable) };
      const used = { container, driver: 'local' };
      return ofVolume(name, action, action === 'mount' ? { ...used, ...place } : used);
    });

/** What befell networks; nothing for what befell something else. */
const ofNetworks = (at: Surroundings, event: LabEvent): Draft[] => {
  switch (event.type) {
    case 'NetworkCreated':
      return ofNetwork(at, event.data.networkId, 'create');
    case 'NetworkRemoved':
      return ofNetwork(at, event.data.networkId, 'destroy');
    case 'EndpointJoined':
      return ofEndpoint(at, event.data.endpointId, 'connect');
    case 'EndpointLeft':
      return ofEndpoint(at, event.data.endpointId, 'disconnect');
    case 'NetworkDetached':
      return detached(at, event.data.containerId, event.data.networkName);
    case 'OverlayAppeared':
      return ofNetwork(at, event.data.networkId, 'create');
    case 'OverlayVanished':
      return ofNetwork(at, event.data.networkId, 'destroy');
    case 'SwarmNetworkCreated': {
      const { networkId, name, isIngress, vnis } = event.data;
      const actions = vnis.length === 0 ? ['create'] : ['create', 'update'];
      return isIngress ? [] : ofManagedNetwork(networkId, name, ...actions);
    }
    case 'SwarmNetworkAllocated':
    case 'SwarmNetworkRemoved': {
      const { networkId } = event.data;
      const action = event.type === 'SwarmNetworkRemoved' ? 'remove' : 'update';
      return ofManagedNetwork(
        networkId,
        at.managedBefore?.networks.get(networkId)?.name ?? '',
        action,
      );
    }
    default:
      return [];
  }
};

const draftsOf = (at: Surroundings, event: LabEvent): Draft[] => {
  switch (event.type) {
    case 'ContainerCreated':
      return [...ofVolumesNamed(at, event), ...ofContainer(at, event.data.containerId, 'create')];
    case 'ContainerStarted':
      return [
        ...ofMounts(at, event.data.containerId, 'mount'),
        ...ofContainer(at, event.data.containerId, 'start'),
      ];
    case 'ContainerLimitsSet':
      return ofContainer(at, event.data.containerId, 'update');
    case 'FilesWritten':
      if (event.data.isByProgram === true) return [];
      return ofContainer(at, event.data.containerId, 'extract-to-dir');
    case 'VolumeCreated':
      return ofVolume(event.data.name, 'create', { driver: 'local' });
    case 'VolumeRemoved':
      // Pruned ones are told together. @source moby volume/service/service.go LocalVolumesPrune
      if (event.data.isPruned === true) return [];
      return ofVolume(event.data.name, 'destroy', { driver: 'local' });
    case 'ImagePulled':
      return ofImage(event.data.reference, 'pull', event.data.reference);
    case 'ImageBuilt':
      return ofCommitted(at, event);
    case 'ImageTagged':
      return ofImage(imageIdOf(event.data.image), 'tag', event.data.reference);
    case 'ImageUntagged':
      return ofImage(imageIdOf(event.data.image), 'untag', imageIdOf(event.data.image));
    case 'ImageDeleted':
      return ofImage(imageIdOf(event.data.image), 'delete', imageIdOf(event.data.image));
    case 'ContainerExited':
      return ofExit(at, event);
    case 'ContainerHealthProbed':
      return ofProbe(at, event);
    case 'ContainerPaused':
      return ofContainer(at, event.data.containerId, 'pause');
    case 'ContainerUnpaused':
      return ofContainer(at, event.data.containerId, 'unpause');
    case 'ContainerRestarted':
      return event.data.byPolicy ? [] : ofContainer(at, event.data.containerId, 'restart');
    case 'ContainerRenamed':
      return ofContainer(at, event.data.containerId, 'rename', {
        oldName: `/${at.before?.containers.get(event.data.containerId)?.name ?? ''}`,
      });
    case 'ContainerRemoved':
      return ofContainer(at, event.data.containerId, 'destroy');
    case 'ExecCreated':
      return ofExec(at, event.data.execId, 'exec_create');
    case 'ExecStarted':
      return ofExec(at, event.data.execId, 'exec_start');
    case 'ExecDied':
      return ofExec(at, event.data.execId, 'exec_die', event.data.exitCode);
    default:
      return ofNetworks(at, event);
  }
};

/** The engine tells a disconnection by hand twice when the container runs: once per layer. */
const detached = (at: Surroundings, containerId: string, networkName: string): Draft[] => {
  const before = at.before?.containers.get(containerId);
  const networkId = before?.attachments.get(networkName)?.networkId;
  if (networkId === undefined || networkId === '') return [];
  return ofNetwork(at, networkId, 'disconnect', { container: containerId });
};

/**
 * Within a commit the engine tells first that a process died, then what that did to networks, then
 * that the container was stopped; a restart joins its networks after that and mounts its volumes.
 * Volumes go before the container they go with.
 */
const rank = (event: EngineEvent): number => {
  if (event.type === 'volume') return event.action === 'unmount' ? 2.5 : 2.95;
  if (event.type !== 'container') return event.action === 'connect' ? 2.9 : 2;
  if (event.action === 'stop') return 2.8;
  const early = ['create', 'kill', 'die'];
  return early.includes(event.action) ? 1 : 3;
};

const inOrder = (events: readonly EngineEvent[]): EngineEvent[] =>
  events.some(({ action, type }) => type === 'container' && ['die', 'destroy'].includes(action))
    ? events.toSorted((a, b) => rank(a) - rank(b))
    : [...events];

/** Networks that an engine makes for itself, when it starts and when it joins a cluster. */
const isOwnNetwork = (event: LabEvent, commit: Commit): boolean => {
  if (event.type !== 'NetworkCreated') return false;
  if (event.data.name === gatewayNetworkName) return true;
  return commit.events.some(
    ({ type, data }) => type === 'HostAdded' && 'host' in data && data.host === event.data.host,
  );
};

/** Whether the engine of the host tells of it: a manager also of what befalls its cluster. */
const isToldHere = (event: LabEvent, host: string, at: Surroundings): boolean => {
  if ('host' in event.data) return event.data.host === host;
  const membership = at.after?.membership;
  if (membership?.state !== 'active' || membership.role !== 'manager') return false;
  return 'swarmId' in event.data && event.data.swarmId === membership.swarmId;
};

/** A prune is told after what it removed. */
const pruneEvents = (events: readonly LabEvent[], at: LabTime): EngineEvent[] => {
  const prune = (type: EngineEvent['type']): EngineEvent => ({
    type,
    action: 'prune',
    id: '',
    attributes: { reclaimed: '0' },
    scope: 'local',
    at,
  });
  const networks = events.some((one) => one.type === 'NetworkRemoved' && one.data.isPruned);
  const containers = events.some((one) => one.type === 'ContainerRemoved' && one.data.isPruned);
  const volumes = events.some((one) => one.type === 'VolumeRemoved' && one.data.isPruned);
  const images = events.some((one) => one.type === 'ImageDeleted' && one.data.isPruned);
  return [
    ...(containers ? [prune('container')] : []),
    ...(networks ? [prune('network')] : []),
    ...(volumes ? [prune('volume')] : []),
    ...(images ? [prune('image')] : []),
  ];
};

/** The lines of `docker events` that a commit amounts to on one host. */
export const engineEventsOf = (
  commit: Commit,
  host: string,
  at: Surroundings,
): readonly EngineEvent[] => {
  const here = commit.events.filter(
    (event) => isToldHere(event, host, at) && !isOwnNetwork(event, commit),
  );
  const events = here
    .flatMap((event) => draftsOf(at, event))
    .map((draft) => ({ ...draft, at: commit.labTime }));
  return [...inOrder(events), ...pruneEvents(here, commit.labTime)];
};

/**
 * One JSON line. `timeNano` has more digits than a JSON number of JavaScript can hold, so that
 * the text is written by hand.
 * @source moby/moby v20.10 api/types/events/events.go (Message)
 */
export const eventLine = (event: EngineEvent, order: number): string => {
  const seconds = Math.floor(event.at / 1000);
  // Events of one commit share its instant; the nanoseconds keep their order.
  const nanos = String((event.at % 1000) * 1_000_000 + order).padStart(9, '0');
  const from = event.attributes['image'];
  const isOfOld = event.type === 'container' || event.type === 'image';
  const id = event.id === '' ? {} : { id: event.id };
  const legacy = isOfOld
    ? { status: event.action, ...id, ...(from === undefined ? {} : { from }) }
    : {};
  const body = JSON.stringify({
    ...legacy,
    Type: event.type,
    Action: event.action,
    Actor: { ID: event.id, Attributes: sortedMap(Object.entries(event.attributes)) },
    scope: event.scope,
    time: seconds,
  });
  return `${body.slice(0, -1)},"timeNano":${seconds}${nanos}}\n`;
};
