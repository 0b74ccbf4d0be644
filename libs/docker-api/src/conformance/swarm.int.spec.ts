import { newLab } from '@netfold/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deskLabId, EngineDesk } from './engine-desk.ts';

let desk: EngineDesk;

beforeEach(async () => {
  desk = await EngineDesk.open(...newLab(deskLabId, 'h1', 'h2'));
  await desk.json(200, 'POST', '/swarm/init', {
    ListenAddr: '0.0.0.0:2377',
    AdvertiseAddr: 'eth0',
  });
});
afterEach(() => desk.close());

type Node = {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: object;
};

const node = async (): Promise<Node> => {
  const [first] = (await desk.json(200, 'GET', '/nodes')) as Node[];
  if (first === undefined) throw new Error('a manager is a node');
  return first;
};

describe('docker node update', () => {
  it('sends the whole spec with the version that was read', async () => {
    const { ID, Version, Spec } = await node();
    const path = `/nodes/${ID}/update?version=${Version.Index}`;
    await desk.json(200, 'POST', path, { ...Spec, Labels: { zone: 'a' }, Availability: 'drain' });
    expect((await node()).Spec).toEqual({
      Labels: { zone: 'a' },
      Role: 'manager',
      Availability: 'drain',
    });
    expect(await desk.refused('POST', path, Spec)).toEqual([
      500,
      'rpc error: code = Unknown desc = update out of sequence',
    ]);
    expect(await desk.refused('POST', `/nodes/${ID}/update?version=x`, Spec)).toEqual([
      400,
      `invalid node version 'x': strconv.ParseUint: parsing "x": invalid syntax`,
    ]);
  });

  it('lists nodes by their labels, and knows no other filter', async () => {
    const listed = async (filters: object): Promise<number> => {
      const path = `/nodes?filters=${encodeURIComponent(JSON.stringify(filters))}`;
      return ((await desk.json(200, 'GET', path)) as Node[]).length;
    };
    expect(await listed({ 'node.label': ['zone=a'] })).toBe(0);
    expect(await listed({ role: ['manager'], name: ['h'] })).toBe(1);
    const bogus = `/nodes?filters=${encodeURIComponent('{"bogus":["1"]}')}`;
    expect(await desk.refused('GET', bogus)).toEqual([400, "Invalid filter 'bogus'"]);
  });
});

it('a manager tells the cluster in docker info, and as it was updated', async () => {
  type Swarm = { readonly Version: { readonly Index: number }; readonly Spec: object };
  const before = (await desk.json(200, 'GET', '/swarm')) as Swarm;
  const Spec = { ...before.Spec, Orchestration: { TaskHistoryRetentionLimit: 3 } };
  await desk.json(200, 'POST', `/swarm/update?version=${before.Version.Index}`, Spec);
  expect(await desk.json(200, 'GET', '/info')).toMatchObject({ Swarm: { Cluster: { Spec } } });
});

// Recorded with an engine 20.10.
it('network inspect --verbose tells who is on an overlay', async () => {
  await desk.json(201, 'POST', '/networks/create', {
    Name: 'ov',
    Driver: 'overlay',
    Attachable: true,
  });
  await desk.run('aa', { HostConfig: { NetworkMode: 'ov' } });
  const seen = await desk.json(200, 'GET', '/networks/ov?verbose=true');
  expect(seen).toMatchObject({
    Services: {
      '': {
        VIP: '<nil>',
        Ports: [],
        LocalLBIndex: 0,
        Tasks: [{ Name: 'aa', EndpointIP: '10.0.1.2', Info: { 'Host IP': '192.168.50.11' } }],
      },
    },
  });
  expect(await desk.json(200, 'GET', '/networks/ov')).not.toHaveProperty('Services');
  expect(await desk.json(200, 'GET', '/networks/bridge?verbose=1')).not.toHaveProperty('Services');
});

it('a manager tells of the networks of its cluster, and the engine of those it uses', async () => {
  const { Id } = (await desk.json(201, 'POST', '/networks/create', {
    Name: 'ov',
    Driver: 'overlay',
    Attachable: true,
  })) as { readonly Id: string };
  await desk.run('aa', { HostConfig: { NetworkMode: 'ov' } });
  await desk.json(204, 'DELETE', '/containers/aa?force=1');
  await desk.json(204, 'DELETE', `/networks/${Id}`);
  const filters = encodeURIComponent('{"type":["network"]}');
  const range = `since=1&until=${Date.now() / 1000 + 0.3}`;
  const { text } = await desk.ask('GET', `/events?${range}&filters=${filters}`);
  const told = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { Action: string; scope: string; Actor: Actor })
    .map(({ Action, scope, Actor: { Attributes } }) =>
      [Action, Attributes['name'], Attributes['type'] ?? '-', scope].join(' '),
    );
  expect(told).toEqual([
    'create ingress overlay local',
    'create ov - swarm',
    'update ov - swarm',
    'create ov overlay local',
    'connect ov overlay local',
    'disconnect ov overlay local',
    'destroy ov overlay local',
    'remove ov - swarm',
  ]);
});

type Actor = { readonly Attributes: Readonly<Record<string, string>> };

describe('docker swarm init', () => {
  const init = {
    ListenAddr: '0.0.0.0:2377',
    AdvertiseAddr: 'eth0',
    Spec: {
      Orchestration: { TaskHistoryRetentionLimit: 0 },
      Raft: { SnapshotInterval: 0 },
      Dispatcher: { HeartbeatPeriod: 7_000_000_000 },
      EncryptionConfig: { AutoLockManagers: true },
    },
  };

  beforeEach(() => desk.json(200, 'POST', '/swarm/leave?force=1'));

  it('takes what shall be another than a cluster begins with', async () => {
    await desk.json(200, 'POST', '/swarm/init', init);
    const seen = (await desk.json(200, 'GET', '/swarm')) as { readonly Spec: object };
    expect(seen.Spec).toMatchObject({
      Orchestration: { TaskHistoryRetentionLimit: 0 },
      Raft: { SnapshotInterval: 10_000 },
      Dispatcher: { HeartbeatPeriod: 7_000_000_000 },
      EncryptionConfig: { AutoLockManagers: true },
    });
    const { UnlockKey } = (await desk.json(200, 'GET', '/swarm/unlockkey')) as {
      readonly UnlockKey: string;
    };
    expect(UnlockKey).toMatch(/^SWMKEY-1-/);
  });

  it('refuses what no cluster can have, and leaves none behind', async () => {
    const Spec = { CAConfig: { NodeCertExpiry: 1_000 } };
    const [status] = await desk.refused('POST', '/swarm/init', { ...init, Spec });
    expect(status).toBe(400);
    expect(await desk.json(200, 'GET', '/info')).toMatchObject({
      Swarm: { LocalNodeState: 'inactive' },
    });
  });
});
