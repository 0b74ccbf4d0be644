import {
  connectContainer,
  containerIn,
  createContainer,
  createNetwork,
  endpointsIn,
  hostIn,
  labAfter,
  removeNetwork,
  run,
  startContainer,
} from '@netfold/testkit';
import { describe, expect, test } from 'vitest';
import { shownMac } from './endpoint-settings.ts';

const mtuOption = 'com.docker.network.driver.mtu';

describe('an MTU', () => {
  test.each(['67', '65536', '1000000000', '4294967296'])('of %s no interface can have', (mtu) => {
    const scene = labAfter(
      createNetwork('n', { options: { [mtuOption]: mtu } }),
      createContainer('c1', { networkMode: 'n' }),
    );
    const refused = scene.when(startContainer('c1'));
    const text = 'failed to create endpoint c1 on network n: failed to set MTU on host interface';
    refused.thenRefused('internal', new RegExp(`^${text} veth[0-9a-f]{7}: invalid argument$`));
    refused.thenFacts('NetworkAttached', 'InterfaceIndexesConsumed', 'ContainerStartFailed');
  });

  test.each(['0', '68', '65535', '4294968796'])('of %s is possible', (mtu) => {
    labAfter(
      createNetwork('n', { options: { [mtuOption]: mtu } }),
      ...run('c1', { networkMode: 'n' }),
    ).thenAccepted();
  });
});

describe('the bridge network, once another has named docker0 as its own', () => {
  const taking = createNetwork('ov', { options: { 'com.docker.network.bridge.name': 'docker0' } });
  const taken = labAfter(...run('b1'), taking);
  const bridgeId = hostIn(taken).networkNames.get('bridge') ?? '';
  const text = (name: string) =>
    `failed to create endpoint ${name} on network bridge: network ${bridgeId} does not exist`;

  test('takes no new container', () => {
    const refused = taken.when(createContainer('b2')).when(startContainer('b2'));
    refused.thenRefused('internal', text('b2'));
    refused.thenFacts('ContainerStartFailed');
  });

  test('takes none that is on another network, nor after that one is gone', () => {
    const joined = taken.when(createContainer('o1', { networkMode: 'ov' }));
    const started = joined.when(startContainer('o1')).thenAccepted();
    started.when(connectContainer('bridge', 'o1')).thenRefused('internal', text('o1'));
    const gone = taken.when(removeNetwork('ov')).thenAccepted();
    gone.when(createContainer('b2')).when(startContainer('b2')).thenRefused('internal', text('b2'));
  });
});

describe('a gateway that stands for many', () => {
  const multicast = createNetwork('m', { subnet: '224.0.1.0/24' });
  const problem = 'route for the gateway 224.0.1.1 could not be found: network is unreachable';

  test('lets no container start', () => {
    const scene = labAfter(multicast, createContainer('c1', { networkMode: 'm' }));
    const refused = scene.when(startContainer('c1'));
    refused.thenRefused(
      'internal',
      new RegExp(`^failed to create shim task: .*${problem}": unknown$`),
    );
    expect(containerIn(refused, 'c1').status).toBe('created');
  });

  test('lets no running container connect that would use it', () => {
    const scene = labAfter(
      createNetwork('inside', { internal: true }),
      multicast,
      ...run('c1', { networkMode: 'inside' }),
    );
    const message = `failed to set gateway while updating gateway: ${problem}`;
    scene.when(connectContainer('m', 'c1')).thenRefused('internal', message);
  });

  test('is no matter where another network is the way out', () => {
    const scene = labAfter(multicast, ...run('c1'), connectContainer('m', 'c1'));
    expect(endpointsIn(scene, 'c1')['m']?.ipv4).toBe('224.0.1.2/24');
  });
});

describe('a link-layer address of more than six octets', () => {
  test.each(['02:42:0a:00:00:01:02:03', Array.from({ length: 20 }, () => '02').join(':')])(
    'is kept as asked for, and its first six are the interface: %s',
    (macAddress) => {
      const scene = labAfter(createNetwork('n'), ...run('c1', { networkMode: 'n', macAddress }));
      const endpoint = endpointsIn(scene, 'c1')['n'];
      expect(endpoint?.mac).toBe(macAddress.slice(0, 17));
      const network = { name: 'n' } as Parameters<typeof shownMac>[1];
      expect(shownMac(containerIn(scene, 'c1'), network, endpoint?.mac ?? '')).toBe(macAddress);
    },
  );

  test('of zeros no interface takes, and all of it is told', () => {
    const macAddress = '00:00:00:00:00:00:02:03';
    labAfter(createNetwork('n'), createContainer('c1', { networkMode: 'n', macAddress }))
      .when(startContainer('c1'))
      .thenRefused('internal', /MAC to \\"00:00:00:00:00:00:02:03\\": cannot assign/);
  });
});
