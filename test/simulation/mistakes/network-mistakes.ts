import type { NetworkSpec } from '@netfold/contracts';
import { ipamPool } from '@netfold/testkit/factories';
import { connectContainer, createNetwork, removeNetwork, runContainer } from '../orders.ts';
import { onHostAs, story } from './mistake.ts';
import type { Mistake } from './mistake.ts';

const creating = (changes: Partial<NetworkSpec>, name = 'oops'): Mistake =>
  story((host) => [createNetwork(host, name, changes)]);

const bridgeOption = (option: string, value: string): Mistake =>
  creating({ options: { [`com.docker.network.${option}`]: value } });

const macvlan = (options: Readonly<Record<string, string>>): Mistake =>
  creating({ driver: 'macvlan', options });

const pool = (
  subnet: string,
  changes: Partial<NetworkSpec['ipam'][number]> = {},
): Partial<NetworkSpec> => ({ ipam: [ipamPool(subnet, changes)] });

const named: readonly Mistake[] = [
  creating({}, ' '),
  creating({}, 'host'),
  story((host) => [createNetwork(host, 'oops'), createNetwork(host, 'oops')]),
  story((host) => [
    createNetwork(host, 'oops'),
    createNetwork(host, 'oops', { checkDuplicate: false }),
    removeNetwork(host, 'oops'),
  ]),
  (at) => removeNetwork(at.name, commonStart([...at.host.networks.keys()])),
  creating({ driver: 'nosuch' }),
  creating({ driver: 'ipvlan' }),
  creating({ driver: 'host' }),
  creating({ driver: 'overlay', scope: 'local' }),
  creating({ ingress: true }),
  onHostAs('worker', (host) => createNetwork(host, 'oops', { driver: 'overlay' })),
  onHostAs('inactive', (host) => createNetwork(host, 'oops', { driver: 'overlay' })),
  onHostAs('inactive', (host) => createNetwork(host, 'oops', { scope: 'swarm' })),
  creating({ ipam: Array.from({ length: 65 }, (_, i) => ipamPool(`10.90.${i}.0/24`)) }),
  creating({}, 'x'.repeat(5_000)),
  creating({ labels: Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`l${i}`, ''])) }),
];

const removed: readonly Mistake[] = [
  story((host) => [removeNetwork(host, 'bridge')]),
  story((host) => [removeNetwork(host, 'nosuch')]),
  story((host) => [
    createNetwork(host, 'oops'),
    ...runContainer(host, 'oops', { networkMode: 'oops' }),
    removeNetwork(host, 'oops'),
  ]),
  ({ name: host }) => ({ type: 'PruneNetworks', host, filters: { colour: ['red'] } }),
  ({ name: host }) => ({ type: 'PruneNetworks', host, filters: { until: ['1h', '2h'] } }),
  ({ name: host }) => ({ type: 'PruneContainers', host, filters: { until: ['soon'] } }),
];

const configured: readonly Mistake[] = [
  creating({ configOnly: true, internal: true }),
  creating({ configOnly: true, configFrom: 'oops' }),
  creating({ configFrom: 'oops', labels: { tier: 'x' } }),
  creating({ configFrom: 'oops', options: { a: 'b' } }),
  creating({ configFrom: 'nosuch' }),
  story((host) => [
    createNetwork(host, 'plan', { configOnly: true, ...pool('10.91.0.0/24') }),
    createNetwork(host, 'oops', { configFrom: 'plan' }),
    removeNetwork(host, 'plan'),
  ]),
];

const driven: readonly Mistake[] = [
  creating({ ipamDriver: 'null' }),
  creating({ ipam: [ipamPool('10.92.0.0/24'), ipamPool('10.92.1.0/24')] }),
  bridgeOption('driver.mtu', 'abc'),
  bridgeOption('bridge.enable_icc', 'maybe'),
  bridgeOption('bridge.host_binding_ipv4', 'bad'),
  bridgeOption('driver.mtu', '-1'),
  bridgeOption('bridge.name', 'eth0'),
  bridgeOption('bridge.name', 'br-much-too-long-for-it'),
  bridgeOption('bridge.name', 'br lab'),
  story((host) => {
    const options = { 'com.docker.network.bridge.name': 'br-oops' };
    return [createNetwork(host, 'oops', { options }), createNetwork(host, 'oops2', { options })];
  }),
  macvlan({ macvlan_mode: 'nosuch' }),
  macvlan({ parent: 'lo' }),
  macvlan({ parent: 'foo' }),
  macvlan({ parent: 'eth0.1.2' }),
  macvlan({ parent: 'eth0.x' }),
  macvlan({ parent: 'eth9.10' }),
  macvlan({ parent: 'eth0.5000' }),
  story((host) =>
    ['oops', 'oops2'].map((name) =>
      createNetwork(host, name, { driver: 'macvlan', options: { parent: 'eth0' } }),
    ),
  ),
];

const addressed: readonly Mistake[] = [
  creating(pool('nonsense')),
  creating(pool('10.93.0.0/24', { gateway: 'nonsense' })),
  creating(pool('10.93.0.0/24', { gateway: '10.93.0.0' })),
  creating(pool('10.93.0.0/24', { ipRange: 'nonsense' })),
  creating(pool('10.93.0.0/24', { auxAddresses: { a: 'nonsense' } })),
  creating(pool('10.93.0.0/24', { auxAddresses: { a: '10.94.0.5' } })),
  creating(pool('10.93.0.0/24', { auxAddresses: { a: '10.93.0.1' } })),
  story((host) => [
    createNetwork(host, 'oops', pool('10.93.0.0/24')),
    createNetwork(host, 'oops2', pool('10.93.0.0/16')),
  ]),
  creating({ enableIPv6: true }),
  creating({ ipamDriver: 'null', ...pool('10.93.0.0/24') }),
  creating({ ipamDriver: 'null', enableIPv6: true }),
  creating({ ipamDriver: 'nosuch' }),
  creating({ enableIPv6: true, ...pool('ff00::/8') }),
  creating(pool('::ffff:10.76.0.0/120')),
  // What a bridge takes, and nobody can be attached to.
  story((host) => [
    createNetwork(host, 'oops', pool('224.0.0.0/24')),
    ...runContainer(host, 'oops', { networkMode: 'oops' }),
  ]),
  // By its name it would be the way out of whoever connects to it.
  story((host) => [
    createNetwork(host, 'a-way-out', pool('224.0.0.0/24')),
    ...runContainer(host, 'oops'),
    connectContainer(host, 'a-way-out', 'oops'),
  ]),
  // The network `bridge` is of no use after that.
  story((host) => [
    createNetwork(host, 'oops', { options: { 'com.docker.network.bridge.name': 'docker0' } }),
    ...runContainer(host, 'oops'),
  ]),
  story((host) => [
    createNetwork(host, 'oops', { options: { 'com.docker.network.driver.mtu': '67' } }),
    ...runContainer(host, 'oops', { networkMode: 'oops' }),
  ]),
];

export const networkMistakes: readonly Mistake[] = [
  ...named,
  ...removed,
  ...configured,
  ...driven,
  ...addressed,
];

/** A first character that two of the ids have, where there are such: an ambiguous id. */
export function commonStart(ids: readonly string[]): string {
  const starts = ids.map((id) => id.slice(0, 1));
  return starts.find((start, index) => starts.indexOf(start) !== index) ?? 'nosuch';
}
