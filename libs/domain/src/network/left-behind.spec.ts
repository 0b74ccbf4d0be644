import { createLab, createNetwork, given, hostIn, ipamPool } from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

const engine = given().when(createLab('h1'));
const overlap = 'Pool overlaps with other one on this address space';

const poolOf = (subnet: string, auxAddress: string) => ({
  ipam: [ipamPool(subnet, { auxAddresses: { a: auxAddress } })],
});

/** What the next network's bridge is numbered. */
const nextBridge = (scene: Scene): number | undefined =>
  scene.when(createNetwork('next')).fact('NetworkCreated').bridge?.interfaceIndex;

describe('the pool of a network that was refused', () => {
  test.each([
    ['10.61.0.1', 'forbidden', /must belong to the master pool/],
    ['abc', 'internal', /non parsable secondary ip address/],
  ] as const)('stays taken for the auxiliary address %s', (address, refusalClass, message) => {
    const failed = engine.when(createNetwork('one', poolOf('10.64.0.0/24', address)));
    failed.thenRefused(refusalClass, message);
    failed.thenFacts('PoolAbandoned');
    const taken = createNetwork('two', { subnet: '10.64.0.0/16' });
    failed.when(taken).thenRefused('forbidden', overlap);
    failed.when(createNetwork('two', { subnet: '10.65.0.0/24' })).thenAccepted();
  });

  test('goes back for an auxiliary address that is in use', () => {
    const failed = engine.when(createNetwork('one', poolOf('10.64.0.0/24', '10.64.0.1')));
    failed.thenRefused('internal', /Address already in use/);
    expect(hostIn(failed).abandonedPools).toEqual([]);
    failed.when(createNetwork('two', { subnet: '10.64.0.0/24' })).thenAccepted();
  });
});

describe('an address that no bridge can have', () => {
  const noSuch = 'cannot assign requested address';
  test.each([
    ['ff00::/8', `failed to add IPv6 address ff00::1/8 to bridge: ${noSuch}`],
    ['::/64', `failed to add IPv6 address ::1/64 to bridge: ${noSuch}`],
    ['fe80::/10', 'failed to add IPv6 address fe80::1/10 to bridge: file exists'],
  ])('is refused: the first of %s', (subnet, message) => {
    const failed = engine.when(createNetwork('one', { subnet, enableIPv6: true }));
    failed.thenRefused('internal', message);
    expect(nextBridge(failed)).toBe((nextBridge(engine) ?? 0) + 1);
  });

  test.each(['fe80::/64', '::1:0/112'])('is not the first of %s', (subnet) => {
    engine.when(createNetwork('one', { subnet, enableIPv6: true })).thenAccepted();
  });
});

describe('an IPv4 subnet in IPv6 form', () => {
  test('is one of IPv4 to the pools', () => {
    const taken = engine.when(createNetwork('one', { subnet: '10.76.0.0/16' }));
    const mapped = createNetwork('two', { subnet: '::ffff:10.76.3.0/120' });
    taken.when(mapped).thenRefused('forbidden', overlap);
  });

  test.each(['::ffff:10.76.0.0/120', '::ffff:10.0.0.0/90'])(
    'is one of IPv6 to the rules: %s',
    (subnet) => {
      const chain = /ip6tables: No chain\/target\/match by that name/;
      engine.when(createNetwork('one', { subnet })).thenRefused('internal', chain);
    },
  );
});

test('a network of a scope that nobody knows is refused when all else is done', () => {
  const failed = engine.when(createNetwork('one', { scope: 'nosuch' }));
  failed.thenRefused('internal', /This node is not a swarm manager/);
  failed.thenFacts('PredefinedPoolsPassed', 'InterfaceIndexesConsumed');
});
