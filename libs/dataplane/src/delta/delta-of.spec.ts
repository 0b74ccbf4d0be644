import type { CommandBody, LabEvent } from '@netfold/contracts';
import type { ActiveLab, Lab, PersistentMap } from '@netfold/domain';
import {
  connectContainer,
  createContainer,
  createLab,
  createNetwork,
  disconnectContainer,
  given,
  initSwarm,
  joinSwarm,
  removeContainer,
  removeNetwork,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { describe, expect, it } from 'vitest';
import type { Delta } from '../rows.ts';
import { rowKey } from '../table-row.ts';
import { fullView } from '../view/full-view.ts';
import { deltaOf, touchedByAll } from './delta-of.ts';

const labId = 'lab-1';
const tenantId = 'local';

describe('the rows of a lab', () => {
  it('have keys of their own', () => {
    const { lab } = play(longStory).at(-1) ?? fail();
    const keys = fullView(lab, labId, tenantId).map(
      ({ table, row }) => `${table} ${rowKey(table, row)}`,
    );
    expect(keys.length).toBeGreaterThan(150);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are the sum of the deltas of its commits, after each of them', () => {
    const rows = new Map<string, string>();
    let before: Lab = { state: 'absent' };
    for (const { lab, events } of play(longStory)) {
      apply(rows, deltaOf(labId, tenantId, before, lab, events));
      expect(firstDifference(rows, rowsOf(lab))).toBeNull();
      before = lab;
    }
  });

  it('are the sum of the deltas of random commits', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const rows = new Map<string, string>();
      let before: Lab = { state: 'absent' };
      for (const { lab, events } of playRandom(seed)) {
        apply(rows, deltaOf(labId, tenantId, before, lab, events));
        before = lab;
      }
      if (before.state !== 'active') throw new Error('a random story leaves a lab');
      expect(firstDifference(rows, rowsOf(before)), `seed ${seed}`).toBeNull();
    }
  });

  it('say whether they are new or changed', () => {
    const created = crowd(1, 1)
      .when(createContainer('new', { tty: true }))
      .thenAccepted();
    const started = created.when(startContainer('new')).thenAccepted();
    const delta = deltaOf(labId, tenantId, created.lab, started.lab, started.events);
    const puts = delta.filter(({ op }) => op === 'put');
    const changed = puts.filter((change) => !('isNew' in change));
    expect(changed.map(({ table }) => table)).toContain('container');
    expect(puts.find(({ table }) => table === 'endpoint')).toMatchObject({ isNew: true });
  });

  it('all go with the lab', () => {
    const scene = play(longStory).at(-1) ?? fail();
    const removed = scene.when({ type: 'RemoveLab' }).thenAccepted();
    const delta = deltaOf(
      labId,
      tenantId,
      scene.lab,
      { state: 'removed', name: 'lab' },
      removed.events,
    );
    expect(delta.every(({ op }) => op === 'remove')).toBe(true);
    expect(delta).toHaveLength(fullView(scene.lab, labId, tenantId).length);
  });
});

describe('the cost of a delta', () => {
  const start = (scene: Scene) => {
    const created = scene
      .when(createContainer('new', { tty: true, networkMode: 'n1' }))
      .thenAccepted();
    const started = created.when(startContainer('new')).thenAccepted();
    return { before: created.lab, after: started.lab, events: started.events };
  };

  it('is what changed, however much else the host holds', () => {
    const small = start(crowd(1, 1));
    const big = start(crowd(12, 40));
    expect(touchedByAll(big.events, big)).toHaveLength(touchedByAll(small.events, small).length);
    const sizes = [small, big].map(
      ({ before, after, events }) => deltaOf(labId, tenantId, before, after, events).length,
    );
    expect(sizes[1]).toBe(sizes[0]);
  });

  it('never walks a list of the host', () => {
    const { before, after, events } = start(crowd(3, 5));
    const delta = deltaOf(labId, tenantId, unwalkable(before), unwalkable(after), events);
    expect(delta.length).toBeGreaterThan(10);
  });

  it('is nothing for a commit that changed no row', () => {
    const { lab } = crowd(1, 1);
    const time: LabEvent = { type: 'TimeAdvanced', data: { to: lab.time + 1000 } };
    expect(deltaOf(labId, tenantId, lab, { ...lab, time: lab.time + 1000 }, [time])).toEqual([]);
  });
});

function fail(): never {
  throw new Error('a story has an end');
}

/** Bridges, links, ports, several networks, a swarm: each neighbourhood that a delta must see. */
const longStory: readonly CommandBody[] = [
  createLab('h1', 'h2'),
  createNetwork('web'),
  createNetwork('back', { internal: true }),
  createContainer('db', { tty: true }),
  startContainer('db'),
  createContainer('app', { tty: true, links: ['db:database'] }),
  startContainer('app'),
  createContainer('front', {
    image: 'nginx',
    networkMode: 'web',
    portBindings: [
      { containerPort: '80/tcp', hostIp: '', hostPort: '8080' },
      { containerPort: '80/tcp', hostIp: '', hostPort: '8081' },
    ],
  }),
  startContainer('front'),
  connectContainer('bridge', 'front'),
  connectContainer('back', 'front', { aliases: ['shop'] }),
  stopContainer('db'),
  createContainer('thief', { tty: true }),
  startContainer('thief'),
  startContainer('db'),
  { type: 'RenameContainer', host: 'h1', container: 'front', name: 'shopfront' },
  disconnectContainer('bridge', 'shopfront'),
  initSwarm(),
  createNetwork('ov', { driver: 'overlay', attachable: true }),
  createContainer('o1', { tty: true, networkMode: 'ov' }),
  startContainer('o1'),
  createContainer('open', { image: 'nginx', networkMode: 'host' }),
  startContainer('open'),
  createContainer('quiet', { tty: true, networkMode: 'none' }),
  startContainer('quiet'),
  removeContainer('thief'),
  createContainer('guest', { tty: true, networkMode: 'container:app' }),
  startContainer('guest'),
  // Its stack stays, for the guest, and its hosts file with it.
  stopContainer('app'),
  // What it links to gets another address, which that file tells.
  stopContainer('db'),
  createContainer('squatter', { tty: true }),
  startContainer('squatter'),
  startContainer('db'),
  {
    type: 'RemoveContainer',
    host: 'h1',
    container: 'app/database',
    force: false,
    link: true,
  },
];

/** The lab after each command, the refused ones left out. */
function play(commands: readonly CommandBody[]): readonly Scene[] {
  const scenes: Scene[] = [];
  let scene = given();
  for (const command of commands) {
    scene = scene.when(command).thenAccepted();
    scenes.push(scene);
    const token = tokenOf(scene);
    if (command.type === 'InitSwarm' && token !== null) {
      scene = scene.when(joinSwarm('h2', token)).thenAccepted();
      scenes.push(scene);
    }
  }
  return scenes;
}

function tokenOf({ lab }: Scene): string | null {
  return [...lab.swarms.values()][0]?.workerToken ?? null;
}

const names = ['a', 'b', 'c'];

/** A story of 60 commands over few names, so that they meet; refused ones may leave facts too. */
function playRandom(seed: number): readonly Scene[] {
  let state = seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % limit;
  };
  const one = (list: readonly string[]): string => list[below(list.length)] ?? '';
  const container = (): string => `c${one(names)}`;
  const network = (): string => one(['na', 'nb', 'bridge', 'none', 'host']);
  const commands: readonly (() => CommandBody)[] = [
    () => createNetwork(one(['na', 'nb']), { internal: below(3) === 0 }),
    () => removeNetwork(one(['na', 'nb'])),
    () =>
      createContainer(container(), {
        tty: true,
        networkMode: network(),
        links: below(4) === 0 ? [`${container()}:x`] : [],
        portBindings:
          below(2) === 0
            ? []
            : [{ containerPort: '80/tcp', hostIp: '', hostPort: `${8080 + below(3)}` }],
      }),
    () => startContainer(container()),
    () => startContainer(container()),
    () => stopContainer(container()),
    () => removeContainer(container()),
    () => connectContainer(network(), container(), { aliases: [one(names)] }),
    () => disconnectContainer(network(), container()),
    () => ({ type: 'RenameContainer', host: 'h1', container: container(), name: container() }),
  ];
  const scenes = [given().when(createLab('h1')).thenAccepted()];
  for (let step = 0; step < 60; step += 1) {
    const command = commands[below(commands.length)]?.();
    const scene = scenes.at(-1);
    if (command !== undefined && scene !== undefined) scenes.push(scene.when(command));
  }
  return scenes;
}

/** A host with so many networks, and so many containers on each kind of them. */
function crowd(networks: number, containers: number): Scene {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const commands = [
    createLab('h1'),
    ...numbers(networks).map((number) => createNetwork(`n${number}`)),
    ...numbers(containers).flatMap((number) => [
      createContainer(`c${number}`, { tty: true, networkMode: `n${1 + (number % networks)}` }),
      startContainer(`c${number}`),
    ]),
    createContainer('first', { tty: true, networkMode: 'n1' }),
    startContainer('first'),
  ];
  return commands.reduce((scene, command) => scene.when(command).thenAccepted(), given());
}

/** The lab with maps that answer for a key and refuse to be walked. */
function unwalkable(lab: ActiveLab): ActiveLab {
  const locked = <K extends string, V>(map: PersistentMap<K, V>): PersistentMap<K, V> => {
    const refuse = (): never => {
      throw new Error('a delta walked over a list of the host');
    };
    return new Proxy(map, {
      get: (target, name) => {
        if (name === 'entries' || name === 'keys' || name === 'values') return refuse;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
  const host = lab.hosts.get('h1');
  if (host === undefined) throw new Error('the lab has a host h1');
  return {
    ...lab,
    hosts: lab.hosts.with('h1', {
      ...host,
      networks: locked(host.networks),
      networkNames: locked(host.networkNames),
      containers: locked(host.containers),
      containerNames: locked(host.containerNames),
      sandboxes: locked(host.sandboxes),
      endpoints: locked(host.endpoints),
      publishedPorts: locked(host.publishedPorts),
      overlays: locked(host.overlays),
      execs: locked(host.execs),
    }),
  };
}

function apply(rows: Map<string, string>, delta: Delta): void {
  for (const { table, op, key, row } of delta) {
    const place = `${table} ${key}`;
    if (op === 'put') rows.set(place, JSON.stringify(row));
    else rows.delete(place);
  }
}

function rowsOf(lab: ActiveLab): Map<string, string> {
  const rows = fullView(lab, labId, tenantId).map(
    ({ table, row }) => [`${table} ${rowKey(table, row)}`, JSON.stringify(row)] as const,
  );
  return new Map(rows);
}

/** The first row that only one side has, or that differs. */
function firstDifference(
  rows: ReadonlyMap<string, string>,
  wanted: ReadonlyMap<string, string>,
): string | null {
  for (const key of new Set([...rows.keys(), ...wanted.keys()])) {
    const [have, want] = [rows.get(key), wanted.get(key)];
    if (have !== want) return `${key}\nhave ${have}\nwant ${want}`;
  }
  return null;
}
