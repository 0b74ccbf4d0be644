import {
  createContainer,
  createLab,
  createNetwork,
  endpointSpec,
  given,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

const lab = given().when(createLab('h1'));

const run = (name: string, changes: Parameters<typeof createContainer>[1] = {}) => [
  createContainer(name, { command: ['sleep', '1d'], ...changes }),
  startContainer(name),
];

const after = (...bodies: Parameters<typeof lab.when>[0][]) =>
  bodies.reduce((scene, body) => scene.when(body), lab);

describe('a container on the default bridge', () => {
  test('gets the first address, a veth pair of two indexes and a MAC from its address', () => {
    const scene = after(...run('c1')).thenFacts(
      'EndpointCreated',
      'SandboxCreated',
      'EndpointJoined',
      'ContainerStarted',
    );
    expect(scene.fact('EndpointCreated')).toMatchObject({
      ipv4: '172.17.0.2/16',
      ipv6: '',
      mac: '02:42:ac:11:00:02',
    });
    const joined = scene.fact('EndpointJoined');
    expect(joined.interfaceName).toBe('eth0');
    expect(joined.veth?.interfaceIndex).toBe(joined.interfaceIndex + 1);
    expect(scene.fact('SandboxCreated').dnsPorts).toBeNull();
  });
});
