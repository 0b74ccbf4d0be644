import type { SingleCommand, SwarmSettings } from '@netfold/contracts';
import type { Swarm, SwarmNode } from '@netfold/domain';
import { initSwarm, joinSwarm } from '../orders.ts';
import { pick } from '../situation.ts';
import type { Situation } from '../situation.ts';
import { onHostAs } from './mistake.ts';
import type { Mistake } from './mistake.ts';

type UpdateNode = Extract<SingleCommand, { type: 'UpdateNode' }>;
type UpdateSwarm = Extract<SingleCommand, { type: 'UpdateSwarm' }>;

/** An update that leaves a node as it is. */
const update = (host: string, node: SwarmNode, changes: Partial<UpdateNode>): SingleCommand => ({
  type: 'UpdateNode',
  host,
  node: node.id,
  version: node.version,
  role: node.role,
  availability: node.availability,
  labels: node.labels,
  ...changes,
});

/** On a manager, about a node of its swarm; where no host manages one, the user makes one. */
const aboutNode =
  (
    commands: (manager: string, node: SwarmNode, swarm: Swarm) => SingleCommand,
    which: (node: SwarmNode) => boolean = () => true,
  ): Mistake =>
  (at) => {
    const manager = at.hostAs('manager');
    const swarm = manager === null ? null : at.swarm(manager);
    const nodes = [...(swarm?.nodes.values() ?? [])];
    const node = pick(nodes.filter(which), at.c) ?? pick(nodes, at.c);
    if (manager === null || swarm === null || node === undefined) return initSwarm(at.name);
    return commands(manager.name, node, swarm);
  };

const updating = (
  changes: (node: SwarmNode) => Partial<UpdateNode>,
  which?: (node: SwarmNode) => boolean,
): Mistake => aboutNode((host, node) => update(host, node, changes(node)), which);

const isManager = ({ role }: SwarmNode): boolean => role === 'manager';
const isWorker = ({ role }: SwarmNode): boolean => role === 'worker';
const isReady = ({ status }: SwarmNode): boolean => status === 'ready';

const configuring = (
  settings: Partial<SwarmSettings>,
  changes: Partial<UpdateSwarm> = {},
): Mistake =>
  aboutNode((host, _node, swarm) => ({
    type: 'UpdateSwarm',
    host,
    version: swarm.version,
    settings: { ...swarm.settings, ...settings },
    rotateWorkerToken: false,
    rotateManagerToken: false,
    rotateUnlockKey: false,
    ...changes,
  }));

/** A second manager joins and leaves by force; the first one wants to be a worker then. */
const aloneOfTwo: Mistake = (at: Situation) => {
  const manager = at.hostAs('manager');
  const other = at.hostAs('inactive')?.name;
  const swarm = manager === null ? null : at.swarm(manager);
  const node = [...(swarm?.nodes.values() ?? [])].find(({ host }) => host === manager?.name);
  if (manager === null || swarm === null || node === undefined || other === undefined) {
    return initSwarm(at.name);
  }
  const remoteAddresses = [at.managerOf(swarm)];
  return {
    type: 'ApplyBatch',
    commands: [
      joinSwarm(other, swarm.managerToken, { remoteAddresses }),
      { type: 'LeaveSwarm', host: other, force: true },
      update(manager.name, node, { role: 'worker' }),
    ],
  };
};

const removing = (
  which: (node: SwarmNode) => boolean,
  force: boolean,
  reference: (node: SwarmNode) => string = ({ id }) => id,
): Mistake =>
  aboutNode((host, node) => ({ type: 'RemoveNode', host, node: reference(node), force }), which);

const nodeOfNoSwarm = (host: string): SingleCommand => ({
  type: 'RemoveNode',
  host,
  node: host,
  force: false,
});

export const nodeMistakes: readonly Mistake[] = [
  onHostAs('inactive', nodeOfNoSwarm),
  onHostAs('worker', nodeOfNoSwarm),
  updating(() => ({ role: 'manager' }), isWorker),
  updating(() => ({ role: 'worker' }), isManager),
  updating(() => ({ availability: 'drain', labels: { zone: 'a' } })),
  updating(() => ({ availability: 'active', labels: {} })),
  updating(() => ({ role: 'nonsense' })),
  updating(() => ({ availability: 'nonsense' })),
  updating(() => ({ node: 'nosuch' })),
  updating(({ version }) => ({ version: version - 1 })),
  aloneOfTwo,
  removing(isManager, true),
  removing((node) => isWorker(node) && isReady(node), false),
  removing((node) => isWorker(node) && isReady(node), true),
  removing((node) => isWorker(node) && !isReady(node), false),
  removing(isWorker, false, () => ''),
  configuring({ taskHistoryLimit: 3 }),
  configuring({ isAutolocked: true }, { rotateUnlockKey: true }),
  configuring({ isAutolocked: false }, { rotateWorkerToken: true, rotateManagerToken: true }),
  configuring({ certificateNanoseconds: 1 }),
  configuring({ heartbeatNanoseconds: -1 }),
];
