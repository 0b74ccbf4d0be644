import { describe, expect, it } from 'vitest';
import {
  batch,
  createLab,
  createNetwork,
  given,
  hostSpec,
  removeNetwork,
  testLan,
} from '@netfold/testkit';
import { decide } from '../decide.ts';
import { evolveAll, initial } from '../evolve.ts';
import { limits } from '../limits.ts';
import { commandOf } from '@netfold/testkit';

const create = createLab('h1', 'h2');

describe('a lab', () => {
  it('begins with its hosts, each with a fresh engine', () => {
    const scene = given().when(create).thenAccepted();
    const [h1] = scene.lab.hosts.values();
    expect([...(h1?.networks.values() ?? [])].map((network) => network.name)).toEqual([
      'none',
      'host',
      'bridge',
    ]);
    const bridge = [...(h1?.networks.values() ?? [])].at(-1)?.bridge;
    expect(bridge).toMatchObject({ name: 'docker0', interfaceIndex: 3 });
    expect(h1?.nextInterfaceIndex).toBe(4);
  });

  it('decides the same for the same command, and folds to the same', () => {
    const command = commandOf(create, 1_000, 0);
    expect(decide(initial, command)).toEqual(decide(initial, command));
  });

  it('is refused while one of the same id is there, and after that one was removed', () => {
    const scene = given().when(create);
    expect(scene.when(create).thenRefused('conflict', /already exists/).code).toBe('NF2001');
    scene.when({ type: 'RemoveLab' }).thenFacts('LabRemoved');
    const removed = evolveAll(initial, [...scene.events, { type: 'LabRemoved', data: {} }]);
    expect(decide(removed, commandOf(create, 1_000, 1)).outcome.kind).toBe('refused');
  });

  it('is needed for every other command', () => {
    given().when(createNetwork('web')).thenRefused('notFound', 'there is no such lab');
  });

  it.each([
    ['a bad name', { ...hostSpec('h3'), name: 'H_3' }, /name of the host/],
    ['an unknown LAN', withNic({ lan: 'nowhere' }), /no LAN `nowhere`/],
    ['an address elsewhere', withNic({ address: '10.0.0.1/24' }), /address of the NIC/],
    ['the gateway of the LAN', withNic({ address: '192.168.50.1/24' }), /already belongs/],
    ['the address of another host', withNic({ address: '192.168.50.12/24' }), /belongs to `h2`/],
    ['a multicast MAC', withNic({ mac: '01:00:5e:00:00:01' }), /MAC of the NIC/],
    ['an MTU of 0', withNic({ mtuBytes: 0 }), /MTU of the NIC/],
    ['a NIC named lo', withNic({ name: 'lo' }), /name of the NIC/],
  ])('refuses a host with %s', (_, host, problem) => {
    const { outcome } = given().when(create).when({ type: 'AddHost', host }).decision;
    expect(outcome.kind).toBe('refused');
    expect(outcome.kind === 'refused' && outcome.refusal.message).toMatch(problem);
  });

  it('takes no more hosts than its limit', () => {
    const lan = { ...testLan, subnet: '192.168.0.0/16', gateway: '192.168.0.1' };
    const hosts = Array.from({ length: limits.hostsPerLabMax }, (_, index) => ({
      ...hostSpec('h1'),
      name: `h${index}`,
      nics: [],
    }));
    const full = given()
      .when({ ...create, hosts, lans: [lan] } as typeof create)
      .thenAccepted();
    full
      .when({ type: 'AddHost', host: hostSpec('h999') })
      .thenRefused('unavailable', /limit of 128/);
  });

  it('forgets a host that is removed, but not one in a swarm', () => {
    const scene = given().when(create);
    expect(scene.when({ type: 'RemoveHost', host: 'h2' }).lab.hosts.has('h2')).toBe(false);
    scene.when({ type: 'RemoveHost', host: 'h9' }).thenRefused('notFound', /no host `h9`/);
  });
});

describe('a batch', () => {
  it('is carried out as a whole', () => {
    const scene = given()
      .when(create)
      .when(batch(createNetwork('a'), createNetwork('b'), removeNetwork('a')))
      .thenAccepted();
    scene.thenFacts('NetworkCreated', 'NetworkCreated', 'NetworkRemoved');
    expect(scene.thenAnswer().data?.['answers']).toHaveLength(3);
  });

  it('leaves nothing when one command is refused, and says which', () => {
    const scene = given()
      .when(create)
      .when(batch(createNetwork('a'), createNetwork('a')));
    expect(scene.thenRefused('conflict', /already exists/).data).toEqual({ batchIndex: 1 });
    expect(scene.events).toEqual([]);
  });
});

function withNic(changes: object) {
  const host = hostSpec('h3');
  return { ...host, nics: host.nics.map((nic) => ({ ...nic, ...changes })) };
}
