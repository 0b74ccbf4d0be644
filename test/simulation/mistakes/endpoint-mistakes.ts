import type { EndpointSpec, SingleCommand } from '@netfold/contracts';
import { endpointSpec, ipamPool } from '@netfold/testkit/factories';
import {
  connectContainer,
  createContainer,
  createNetwork,
  disconnectContainer,
  runContainer,
  startContainer,
} from '../orders.ts';
import { pick } from '../situation.ts';
import { onManager, story } from './mistake.ts';
import type { Mistake } from './mistake.ts';

const connecting = (network: string, endpoint: Partial<EndpointSpec> = {}): Mistake =>
  story((host, at) => [connectContainer(host, network, at.container(at.a, 'ordinary'), endpoint)]);

/** A network of the user's own making with a container on the default bridge beside it. */
const besideNetwork = (subnet: string, then: (host: string) => readonly SingleCommand[]): Mistake =>
  story((host) => [
    createNetwork(host, 'oops', subnet === '' ? {} : { ipam: [ipamPool(subnet)] }),
    ...runContainer(host, 'oops'),
    ...then(host),
  ]);

const joined = (endpoint: Partial<EndpointSpec>, subnet = '10.95.0.0/24'): Mistake =>
  besideNetwork(subnet, (host) => [connectContainer(host, 'oops', 'oops', endpoint)]);

/** A network for one container only, and a second container that wants to be on it. */
const crowded = (endpoint: Partial<EndpointSpec>): Mistake =>
  besideNetwork('10.95.1.0/30', (host) => [
    ...runContainer(host, 'first', { networkMode: 'oops' }),
    connectContainer(host, 'oops', 'oops', endpoint),
  ]);

/** A container in host mode that is attached to a network before that network is there. */
const hostStack = (driver: string): Mistake =>
  story((host) => [
    createContainer(host, 'oops', { networkMode: 'host' }),
    connectContainer(host, 'oops', 'oops'),
    createNetwork(host, 'oops', { driver }),
    startContainer(host, 'oops'),
  ]);

const onBridges: readonly Mistake[] = [
  connecting('host'),
  connecting('none'),
  connecting('nosuch'),
  connecting('bridge'),
  connecting('bridge', { ipv4Address: '172.17.0.99' }),
  connecting('bridge', { aliases: ['alias'] }),
  story((host, at) => [connectContainer(host, 'bridge', at.container(at.a, 'running'))]),
  story((host, at) => [
    ...runContainer(host, 'oops', {
      networkMode: `container:${at.container(at.a, 'running')}`,
    }),
    connectContainer(host, 'bridge', 'oops'),
  ]),
  joined({ ipv4Address: '10.95.0.9' }, ''),
  joined({ ipv4Address: '10.96.0.9' }),
  joined({ ipv4Address: '10.95.0.1' }),
  joined({ ipv4Address: 'nonsense' }),
  joined({ linkLocalIPs: ['nonsense'] }),
  crowded({}),
  crowded({ ipv4Address: '10.95.1.2' }),
  story((host) => [
    createNetwork(host, 'oops', { configOnly: true }),
    ...runContainer(host, 'oops'),
    connectContainer(host, 'oops', 'oops'),
  ]),
  story((host) => runContainer(host, 'oops', { macAddress: 'nonsense' })),
  story((host) => [
    createNetwork(host, 'twin'),
    createNetwork(host, 'twin', { checkDuplicate: false }),
    ...runContainer(host, 'oops'),
    connectContainer(host, 'twin', 'oops'),
  ]),
  hostStack('bridge'),
  hostStack('macvlan'),
];

const leaving: readonly Mistake[] = [
  story((host, at) => [disconnectContainer(host, 'none', at.container(at.a, 'ordinary'))]),
  story((host) => [createContainer(host, 'oops'), disconnectContainer(host, 'none', 'oops')]),
  story((host) => [disconnectContainer(host, 'bridge', 'nobody')]),
  story((host) => [disconnectContainer(host, 'bridge', 'nobody', true)]),
  story((host, at) => [disconnectContainer(host, 'nosuch', at.container(at.a, 'running'))]),
  story((host) => [
    ...runContainer(host, 'oops', { networkMode: 'host' }),
    disconnectContainer(host, 'host', 'oops'),
  ]),
];

const onOverlay = (then: (host: string) => readonly SingleCommand[]): Mistake =>
  onManager((host) => [
    createNetwork(host, 'over', { driver: 'overlay', attachable: true }),
    ...runContainer(host, 'oops', { networkMode: 'over' }),
    ...then(host),
  ]);

const onOverlays: readonly Mistake[] = [
  onOverlay((host) => [connectContainer(host, 'over', 'oops')]),
  onOverlay((host) => [disconnectContainer(host, 'docker_gwbridge', 'oops')]),
  onOverlay((host) => [{ type: 'RemoveNetwork', host, network: 'over' }]),
  onManager((host) => [...runContainer(host, 'oops'), connectContainer(host, 'nosuch', 'oops')]),
  onManager((host) => [
    createNetwork(host, 'over', { driver: 'overlay' }),
    ...runContainer(host, 'oops', { networkMode: 'over' }),
  ]),
  onManager((host) => [
    createNetwork(host, 'over', { driver: 'overlay', attachable: true }),
    ...runContainer(host, 'oops', {
      networkMode: 'over',
      endpoints: { over: endpointSpec({ ipv4Address: '10.97.0.9' }) },
    }),
  ]),
  onManager((host) => [
    createNetwork(host, 'over', { scope: 'swarm', attachable: true, driver: 'bridge' }),
    ...runContainer(host, 'oops', { networkMode: 'over' }),
  ]),
  (at) => {
    const networks = [...(at.swarm()?.networks.values() ?? [])];
    const network = pick(networks, at.b)?.name ?? 'nosuch';
    return connectContainer(at.name, network, at.container(at.a, 'ordinary'));
  },
];

export const endpointMistakes: readonly Mistake[] = [...onBridges, ...leaving, ...onOverlays];
