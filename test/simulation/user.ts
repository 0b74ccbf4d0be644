import type { CommandBody, SingleCommand } from '@netfold/contracts';
import { visibleNetworks } from '@netfold/domain';
import type { ActiveLab } from '@netfold/domain';
import { aimOf } from './aims.ts';
import type { Intent, IntentKind } from './intents.ts';
import { allMistakes } from './mistakes/all-mistakes.ts';
import { batch, hostSpec } from '@netfold/testkit/factories';
import {
  connectContainer,
  createExec,
  createNetwork,
  initSwarm,
  joinSwarm,
  removeNetwork,
  startContainer,
  stopContainer,
} from './orders.ts';
import { firewallEdit } from './firewall.ts';
import { trafficOf } from './packets.ts';
import { stackEdits } from './stacks.ts';
import { storageOrder } from './storage-orders.ts';
import { isPredefined, pick } from './situation.ts';
import type { ContainerNeed, Situation } from './situation.ts';
import { containerWish, endpointWish, networkWish } from './wishes.ts';

/** Turns an intent into a command that fits what the lab holds, mostly. */
export function commandOf(lab: ActiveLab, intent: Intent): CommandBody {
  const aim = aimOf(lab, intent);
  return aim === null ? addedHost(intent.a) : actions[aim.kind](aim.at);
}

type Action = (at: Situation) => CommandBody;

/** Some listen: what they hear on stands in the tables as long as they run. */
const execs: readonly (readonly string[])[] = [
  ['ip', 'addr'],
  ['nc', '-lk', '-p', '7000'],
  ['sh', '-c', 'cd /srv; httpd -f -p 7001 & nc -u -l -p 7002'],
];

const actions: { readonly [K in IntentKind]: Action } = {
  createNetwork: (at) => createNetwork(at.name, freeNetworkName(at), networkWish('bridge', at)),
  createOverlay: (at) => createNetwork(at.name, freeNetworkName(at), networkWish('overlay', at)),
  removeNetwork: (at) => removeNetwork(at.name, idleNetwork(at)),
  pruneNetworks: ({ name, b }) => ({
    type: 'PruneNetworks',
    host: name,
    filters: b < 128 ? {} : { 'label!': ['tier=x'], until: ['5s'] },
  }),
  connect: (at) => {
    const network = unjoinedNetwork(at);
    const container = at.container(at.b, at.c < 220 ? 'ordinary' : 'stopped');
    return connectContainer(at.name, network, container, endpointWish(network, at.c));
  },
  disconnect: (at) => ({
    type: 'DisconnectContainer',
    host: at.name,
    force: at.c < 30,
    ...attached(at),
  }),
  createContainer: (at) => create(at),
  runContainer: run,
  start: (at) => startContainer(at.name, at.container(at.a, 'stopped')),
  stop: (at) => stopContainer(at.name, at.container(at.a, 'running')),
  restart: (at) => ({ ...on(at, 'running'), type: 'RestartContainer', timeoutSeconds: null }),
  kill: (at) => ({
    ...on(at, 'running'),
    type: 'KillContainer',
    signal: at.b < 200 ? 'KILL' : 'TERM',
  }),
  pause: (at) => ({ ...on(at, 'running'), type: 'PauseContainer' }),
  unpause: (at) => ({ ...on(at, 'paused'), type: 'UnpauseContainer' }),
  rename: (at) => ({ ...on(at, 'any'), type: 'RenameContainer', name: freeContainerName(at) }),
  remove: (at) =>
    removedLink(at) ?? {
      ...on(at, at.b < 160 ? 'stopped' : 'any'),
      type: 'RemoveContainer',
      force: at.b % 8 !== 0,
      link: false,
      volumes: at.c % 2 === 0,
    },
  pruneContainers: ({ name }) => ({ type: 'PruneContainers', host: name, filters: {} }),
  createExec: (at) =>
    createExec(at.name, at.container(at.a, 'running'), execs[at.b % execs.length]),
  startExec: (at) => ({
    type: 'StartExec',
    host: at.name,
    execId: pick(at.liveExecs('created'), at.a)?.id ?? at.exec(at.a, 'created'),
  }),
  endExec: (at) => ({
    type: 'EndExec',
    host: at.name,
    execId: at.exec(at.a, 'running'),
    exitCode: at.b % 3,
    ...(at.c < 128 ? { traffic: trafficOf(at) } : {}),
  }),
  initSwarm: (at) => initSwarm(at.name),
  joinSwarm: join,
  leaveSwarm: ({ name, b }) => ({ type: 'LeaveSwarm', host: name, force: b < 240 }),
  addHost: ({ a }) => addedHost(a),
  removeHost: removedHost,
  advanceTime: ({ lab, a }) => ({ type: 'AdvanceTime', to: lab.time + 1 + a * 100 }),
  endProcess,
  probeHealth,
  editFirewall: (at) => ({ type: 'EditFirewall', host: at.name, edits: [firewallEdit(at)] }),
  editStacks: (at) => ({ type: 'EditStacks', host: at.name, edits: stackEdits(at) }),
  sendPackets: (at) => ({ type: 'ReportTraffic', traffic: trafficOf(at) }),
  store: storageOrder,
  mistake: (at) => (pick(allMistakes, at.a * 256 + at.b) ?? run)(at),
};

/** Every other time somebody takes a link away where there is one. */
function removedLink({ name, host, b }: Situation): SingleCommand | null {
  const linking = [...host.containers.values()].filter(({ links }) => links.length > 0);
  const container = pick(linking, b);
  const [link] = container?.links ?? [];
  if (container === undefined || link === undefined || b % 2 === 0) return null;
  const reference = `${container.name}/${link.alias}`;
  return { type: 'RemoveContainer', host: name, container: reference, force: false, link: true };
}

const laterHosts = 3;

const addedHost = (number: number): CommandBody => {
  const index = 4 + (number % laterHosts);
  return { type: 'AddHost', host: hostSpec(`h${index}`, index) };
};

function removedHost({ lab, a }: Situation): CommandBody {
  const later = [...lab.hosts.values()].filter(
    ({ name, membership }) => name > 'h3' && membership.state === 'inactive',
  );
  const host = pick(later, a);
  return host === undefined ? addedHost(a) : { type: 'RemoveHost', host: host.name };
}

const on = (at: Situation, need: ContainerNeed): { host: string; container: string } => ({
  host: at.name,
  container: at.container(at.a, need),
});

const create = (at: Situation): SingleCommand => ({
  type: 'CreateContainer',
  host: at.name,
  spec: containerWish(freeContainerName(at), at),
});

function run(at: Situation): CommandBody {
  const name = freeContainerName(at);
  return batch(create(at), startContainer(at.name, name));
}

const containersEnough = 20;

function freeContainerName({ host, a }: Situation): string {
  const names = Array.from({ length: containersEnough }, (_, index) => `c${(a + index) % 20}`);
  return names.find((name) => !host.containerNames.has(name)) ?? `c${a}`;
}

function freeNetworkName({ host, lab, a }: Situation): string {
  const swarms = [...lab.swarms.values()].flatMap(({ networks }) => [...networks.values()]);
  const taken = [...host.networks.values(), ...swarms].map(({ name }) => name);
  const names = Array.from({ length: 30 }, (_, index) => `n${(a + index) % 30}`);
  return names.find((name) => !taken.includes(name)) ?? `n${a}`;
}

function idleNetwork({ lab, host, a, b }: Situation): string {
  const own = visibleNetworks(lab, host).filter(({ name }) => !isPredefined(name));
  const idle = own.filter(({ endpointIds }) => endpointIds.size === 0);
  return pick(b < 230 && idle.length > 0 ? idle : own, a)?.name ?? 'bridge';
}

/** One that the container is not on yet. */
function unjoinedNetwork(at: Situation): string {
  const name = at.container(at.b, at.c < 220 ? 'ordinary' : 'stopped');
  const container = at.host.containers.get(at.host.containerNames.get(name) ?? '');
  const networks = at.joinableNetworks();
  const others = networks.filter((network) => container?.attachments.has(network) !== true);
  return pick(others.length > 0 ? others : networks, at.a) ?? 'bridge';
}

function attached(at: Situation): { readonly network: string; readonly container: string } {
  const all = at.containers('ordinary').filter(({ attachments }) => attachments.size > 0);
  const container = pick(all, at.a);
  const network = pick([...(container?.attachments.keys() ?? [])], at.b) ?? 'bridge';
  return { container: container?.name ?? 'nobody', network };
}

function endProcess(at: Situation): CommandBody {
  const container = pick(at.containers('running'), at.a);
  return {
    type: 'EndContainerProcess',
    host: at.name,
    container: container?.name ?? 'nobody',
    processId: container?.processId ?? 1,
    exitCode: at.b % 2,
    output: [{ stream: 'stdout', text: 'done\n', at: at.lab.time }],
    ...(at.c < 64 ? { endsAt: at.c < 16 ? null : at.lab.time + at.c * 100 } : {}),
  };
}

/** A health check that is over; now and then of a run that is over, too. */
function probeHealth(at: Situation): CommandBody {
  const all = at.containers('running').filter(({ health }) => health !== null);
  const container = pick(all, at.a);
  const exitCode = at.b % 2;
  return {
    type: 'ReportHealth',
    host: at.name,
    container: container?.name ?? 'nobody',
    processId: (container?.processId ?? 1) + (at.c < 16 ? 1 : 0),
    probe: { at: at.lab.time, endsAt: at.lab.time, exitCode, output: 'done\n' },
  };
}

function join(at: Situation): CommandBody {
  const manager = at.hostAs('manager');
  const swarm = manager === null ? null : at.swarm(manager);
  const token = at.b < 90 ? swarm?.managerToken : swarm?.workerToken;
  const remoteAddresses = [at.managerOf(swarm)];
  return joinSwarm(at.name, token ?? 'SWMTKN-1-none', { remoteAddresses });
}
