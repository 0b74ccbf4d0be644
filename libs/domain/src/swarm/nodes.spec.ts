import { describe, expect, it } from 'vitest';
import type { CommandBody, SwarmSettings } from '@netfold/contracts';
import {
  createLab,
  createNetwork,
  given,
  initSwarm,
  joinSwarm,
  run,
  startContainer,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import type { Swarm, SwarmNode } from '../state/swarm.ts';

const swarm = given()
  .when(createLab('h1', 'h2', 'h3'))
  .when(initSwarm());
const withWorker = swarm.when(joinSwarm('h2', swarmOf(swarm).workerToken));

function swarmOf(scene: Scene): Swarm {
  const [first] = scene.lab.swarms.values();
  if (first === undefined) throw new Error('no swarm');
  return first;
}

function nodeOn(scene: Scene, host: string): SwarmNode {
  const found = [...swarmOf(scene).nodes.values()].find((node) => node.host === host);
  if (found === undefined) throw new Error(`no node on ${host}`);
  return found;
}

/** The client reads a node, changes what it is told to, and sends it back. */
function update(
  scene: Scene,
  host: string,
  changes: Partial<{
    host: string;
    role: string;
    availability: string;
    labels: Record<string, string>;
  }>,
): CommandBody {
  const { id, version, role, availability, labels } = nodeOn(scene, host);
  return {
    type: 'UpdateNode',
    host: 'h1',
    node: id,
    version,
    role,
    availability,
    labels,
    ...changes,
  };
}

const remove = (node: string, force = false): CommandBody => ({
  type: 'RemoveNode',
  host: 'h1',
  node,
  force,
});

// Recorded with an engine 20.10.
describe('docker node update', () => {
  it('promotes a worker, whose host manages the cluster from then on', () => {
    const promoted = withWorker.when(update(withWorker, 'h2', { role: 'manager' }));
    promoted.thenFacts('NodePromoted');
    expect(promoted.lab.hosts.get('h2')?.membership).toMatchObject({ role: 'manager' });
    expect(swarmOf(promoted).leaderId).toBe(nodeOn(promoted, 'h1').id);
  });

  it('lets another manager lead when the leader is demoted, and not the former one again', () => {
    const promoted = withWorker.when(update(withWorker, 'h2', { role: 'manager' }));
    const demoted = promoted.when(update(promoted, 'h1', { role: 'worker' }));
    expect(swarmOf(demoted).leaderId).toBe(nodeOn(demoted, 'h2').id);
    const back = demoted.when(update(demoted, 'h1', { host: 'h2', role: 'manager' }));
    expect(swarmOf(back.thenAccepted()).leaderId).toBe(nodeOn(back, 'h2').id);
  });

  it('does not demote the last manager', () => {
    withWorker
      .when(update(withWorker, 'h1', { role: 'worker' }))
      .thenRefused('invalidParameter', /attempting to demote the last manager of the swarm$/);
  });

  it('sets labels and availability, and refuses what was read before', () => {
    const order = update(withWorker, 'h2', { availability: 'drain', labels: { zone: 'a' } });
    const drained = withWorker.when(order);
    drained.thenFacts('NodeAvailabilitySet', 'NodeLabelled');
    drained.when(order).thenRefused('internal', /update out of sequence$/);
  });

  it('keeps new containers off the overlays of a drained node, until it is active', () => {
    const net = withWorker.when(createNetwork('ov', { driver: 'overlay', attachable: true }));
    const drained = net.when(update(net, 'h2', { availability: 'drain' }));
    const [create, start] = run('bb', { networkMode: 'ov', host: 'h2' });
    if (create === undefined || start === undefined) throw new Error('a run is two commands');
    const waiting = drained.when(create).when(start);
    waiting.thenRefused('internal', /context deadline exceeded$/);
    const active = waiting.when(update(waiting, 'h2', { availability: 'active' }));
    const started = active.when(startContainer('bb', 'h2')).thenAccepted();
    // What came first gave .2 to a task that the node did not take: the managers go on from there.
    expect(started.fact('TaskAllocated').ipv4).toBe('10.0.1.3/24');
  });

  it('refuses words that are none', () => {
    withWorker
      .when(update(withWorker, 'h2', { role: 'bogus' }))
      .thenRefused('invalidParameter', /^invalid Role: "bogus"$/);
    withWorker
      .when(update(withWorker, 'h2', { availability: 'bogus' }))
      .thenRefused('invalidParameter', /^invalid Availability: "bogus"$/);
  });
});

describe('docker node rm', () => {
  it('wants a worker that is down, or force', () => {
    withWorker.when(remove('h2')).thenRefused('invalidParameter', /is not down/);
    withWorker.when(remove('h1', true)).thenRefused('invalidParameter', /is a cluster manager/);
    withWorker.when(remove('nosuch')).thenRefused('notFound', /^node nosuch not found$/);
    const left = withWorker.when({ type: 'LeaveSwarm', host: 'h2', force: false });
    expect(swarmOf(left.when(remove('h2'))).nodes.size).toBe(1);
  });

  it('does not tell a node that is removed by force, which can leave later', () => {
    const removed = withWorker.when(remove('h2', true)).thenAccepted();
    expect(removed.lab.hosts.get('h2')?.membership.state).toBe('active');
    removed.when({ type: 'LeaveSwarm', host: 'h2', force: false }).thenAccepted();
  });

  it('does not choose between two nodes of one host', () => {
    const left = withWorker.when({ type: 'LeaveSwarm', host: 'h2', force: false });
    const again = left.when(joinSwarm('h2', swarmOf(left).workerToken));
    again
      .when(remove('h2'))
      .thenRefused('invalidParameter', /^node h2 is ambiguous \(2 matches found\)$/);
  });
});

describe('docker swarm update', () => {
  const order = (
    settings: Partial<SwarmSettings>,
    rotate: Partial<{ rotateWorkerToken: boolean; rotateUnlockKey: boolean }> = {},
    scene = swarm,
  ): CommandBody => ({
    type: 'UpdateSwarm',
    host: 'h1',
    version: swarmOf(scene).version,
    settings: { ...swarmOf(scene).settings, ...settings },
    rotateWorkerToken: false,
    rotateManagerToken: false,
    rotateUnlockKey: false,
    ...rotate,
  });

  it('makes the old join token worthless', () => {
    const rotated = swarm.when(order({}, { rotateWorkerToken: true }));
    rotated
      .when(joinSwarm('h2', swarmOf(swarm).workerToken))
      .thenRefused('invalidParameter', /A valid join token is necessary/);
    rotated.when(joinSwarm('h2', swarmOf(rotated).workerToken)).thenAccepted();
  });

  it('has an unlock key as long as managers lock themselves', () => {
    const locked = swarm.when(order({ isAutolocked: true }));
    expect(swarmOf(locked).unlockKey).toMatch(/^SWMKEY-1-[A-Za-z0-9+/]{43}$/);
    const open = locked.when(order({ isAutolocked: false }, {}, locked));
    expect(swarmOf(open).unlockKey).toBeNull();
  });

  it('refuses a lifetime of certificates below an hour', () => {
    swarm
      .when(order({ certificateNanoseconds: 1 }))
      .thenRefused('invalidParameter', /minimum certificate expiry time is: 1h0m0s$/);
  });
});
