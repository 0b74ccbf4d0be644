import type { FoundLink, StackEdit } from '@netfold/contracts';
import {
  connectContainer,
  containerIn,
  createNetwork,
  endpointsIn,
  hostIn,
  labAfter,
  run,
  stopContainer,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';
import { limits } from '../limits.ts';

const edit = (...edits: readonly StackEdit[]) =>
  ({ type: 'EditStacks', host: 'h1', edits }) as const;

const link = (name: string, kind: 'bridge' | 'veth' = 'bridge', namespace = '') => ({
  namespace,
  name,
  kind,
  mac: '02:00:00:00:00:01',
  mtuBytes: 1_500,
});

const bridge = (name: string): StackEdit => ({ kind: 'addLink', link: link(name), peer: null });
const pair = (name: string, peer: string): StackEdit => ({
  kind: 'addLink',
  link: link(name, 'veth'),
  peer: link(peer, 'veth'),
});

const madeIn = (scene: Scene) => hostIn(scene).handMade;
const linkNamed = (scene: Scene, name: string) =>
  Object.values(madeIn(scene)?.links ?? {}).find((one) => one.name === name);

const foundIn = (scene: Scene, name: string): FoundLink => {
  const { namespace = '', interfaceIndex = 0 } = linkNamed(scene, name) ?? {};
  return { namespace, interfaceIndex, name, networkId: null, endpointId: null };
};

describe('a link made by hand', () => {
  test('takes the next index of the host, the other half of a pair the one before', () => {
    const next = hostIn(labAfter()).nextInterfaceIndex;
    const scene = labAfter(edit(bridge('br0'), pair('v0', 'v1')));
    const indexes = ['br0', 'v1', 'v0'].map((name) => linkNamed(scene, name)?.interfaceIndex);
    expect(indexes).toEqual([next, next + 1, next + 2]);
    expect(hostIn(scene).nextInterfaceIndex).toBe(next + 3);
  });

  test('keeps its index in another stack, which is numbered from then on', () => {
    const scene = labAfter(edit({ kind: 'addNamespace', name: 'red' }, pair('v0', 'v1')));
    const before = linkNamed(scene, 'v1')?.interfaceIndex;
    const moved = scene.when(
      edit({ kind: 'moveLink', link: foundIn(scene, 'v1'), namespace: 'netns/red' }),
    );
    expect(linkNamed(moved, 'v1')).toMatchObject({
      namespace: 'netns/red',
      interfaceIndex: before,
    });
    expect(madeIn(moved)?.namespaces).toEqual([{ name: 'red', number: 0 }]);
    const gone = moved.when(edit({ kind: 'removeNamespace', name: 'red' }));
    expect(madeIn(gone)).toMatchObject({ namespaces: [], links: {} });
  });

  test('gets another index in a stack where its own is taken', () => {
    const inside = link('br9', 'bridge', 'netns/red');
    const made = labAfter(
      edit({ kind: 'addNamespace', name: 'red' }, { kind: 'addLink', link: inside, peer: null }),
    );
    // As the NIC of the host.
    expect(linkNamed(made, 'br9')?.interfaceIndex).toBe(2);
    const wanted = edit({ kind: 'moveLink', link: foundIn(made, 'br9'), namespace: '' });
    const next = made.lab.hosts.get('h1')?.nextInterfaceIndex;
    expect(linkNamed(made.when(wanted), 'br9')).toMatchObject({
      namespace: '',
      interfaceIndex: next,
    });
  });

  test('goes with the other half of its pair', () => {
    const scene = labAfter(edit(pair('v0', 'v1')));
    const gone = scene.when(edit({ kind: 'removeLink', link: foundIn(scene, 'v1') }));
    expect(madeIn(gone)?.links).toEqual({});
  });
});

test('a link of the engine gets another index where one made by hand has its own', () => {
  const scene = labAfter(...run('box'), createNetwork('red'));
  const namespace = containerIn(scene, 'box').sandboxId ?? '';
  const wanted = hostIn(scene).nextInterfaceIndex;
  const fill = Array.from({ length: wanted }, (_, at): StackEdit => {
    return { kind: 'addLink', link: link(`br${at}`, 'bridge', namespace), peer: null };
  });
  const crowded = scene.when(edit(...fill)).thenAccepted();
  const connected = crowded.when(connectContainer('red', 'box')).thenAccepted();
  const { joined } = endpointsIn(connected, 'box')['red'] ?? {};
  const byHand = Object.values(madeIn(connected)?.links ?? {}).map((one) => one.interfaceIndex);
  expect(byHand).toContain(wanted);
  expect(byHand).not.toContain(joined?.interfaceIndex);
  expect(joined?.veth?.interfaceIndex).toBe(wanted + 1);
  expect(hostIn(connected).nextInterfaceIndex).toBe(wanted + 2);
});

test('a namespace is made once, and nothing in one that is gone', () => {
  const red = edit({ kind: 'addNamespace', name: 'red' });
  const twice = labAfter(red, red);
  expect(madeIn(twice)?.namespaces).toHaveLength(1);
  const gone = twice.when(edit({ kind: 'removeNamespace', name: 'red' })).thenAccepted();
  const late = gone.when(
    edit({ kind: 'addLink', link: link('v0', 'veth'), peer: link('v1', 'veth', 'netns/red') }),
  );
  expect(late.thenAccepted().events).toEqual([]);
});

test('what was done in the stack of a container is forgotten with it', () => {
  const scene = labAfter(...run('c1'));
  const namespace = containerIn(scene, 'c1').sandboxId ?? '';
  const inside = edit({ kind: 'addLink', link: link('br0', 'bridge', namespace), peer: null });
  const made = scene.when(inside);
  expect(linkNamed(made, 'br0')).toMatchObject({ namespace, interfaceIndex: 2 });
  const stopped = made.when(stopContainer('c1'));
  expect(madeIn(stopped)).toMatchObject({ links: {}, lastIndexes: {} });
  // A line that saw the stack before it ended changes nothing any more.
  stopped.when(inside).thenAccepted().thenFacts();
});

test(`a host takes ${limits.stackEditsPerHostMax} edits of its stacks and no more`, () => {
  const all = Array.from({ length: limits.stackEditsPerHostMax }, (_, index) =>
    bridge(`br${index}`),
  );
  const full = labAfter(edit(...all));
  expect(Object.keys(madeIn(full)?.links ?? {})).toHaveLength(limits.stackEditsPerHostMax);
  full.when(edit(bridge('more'))).thenRefused('unavailable', /network stacks of a host/);
});

test('a predefined pool that an address made by hand overlaps is passed', () => {
  const [nic] = hostIn(labAfter()).spec.nics;
  const eth0 = { namespace: '', interfaceIndex: 2, networkId: null, endpointId: null };
  const place = { namespace: '', interfaceIndex: 2 };
  const address = { ...place, family: 4 as const, address: '172.18.1.1/24', broadcast: null };
  const found = { ...eth0, name: nic?.name ?? 'eth0' };
  const scene = labAfter(edit({ kind: 'addAddress', link: found, address }), createNetwork('red'));
  expect(scene.fact('NetworkCreated').pools[0]?.subnet).toBe('172.19.0.0/16');
});
