import {
  containerIn,
  createNetwork,
  endpointSpec,
  endpointsIn,
  labAfter,
  run,
  stopContainer,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { describe, expect, it } from 'vitest';
import { bareAddress } from '../addresses.ts';
import { insertedOnTop } from '../rank.ts';
import { hostNamespace } from '../table-row.ts';
import { httpReply } from './answers.ts';
import { askNameServer } from './name-service.ts';
import { PacketWalk } from './packet-walk.ts';
import type { Flow, StackName } from './packet-walk.ts';

const web = { image: 'nginx', command: ['nginx', '-g', 'daemon off;'] };
const published = (hostIp = '') => ({
  ...web,
  exposedPorts: ['80/tcp'],
  portBindings: [{ containerPort: '80/tcp', hostIp, hostPort: '8080' }],
});
const on = (network: string) => ({ networkMode: network });
const outside = '192.168.50.1';
const h1 = { host: 'h1', namespace: hostNamespace };
const h2 = { host: 'h2', namespace: hostNamespace };

/** The verdicts are those of a real engine, as recorded. */
describe('an echo request', () => {
  const scene = labAfter(
    ...run('one'),
    ...run('two'),
    createNetwork('red', { subnet: '172.30.0.0/16' }),
    ...run('three', on('red')),
    createNetwork('priv', { internal: true, subnet: '172.31.0.0/16' }),
    ...run('inner', on('priv')),
    createNetwork('shy', {
      subnet: '10.9.0.0/24',
      options: { 'com.docker.network.bridge.enable_icc': 'false' },
    }),
    ...run('shy1', on('shy')),
    ...run('shy2', on('shy')),
    ...run('alone', on('none')),
    ...run('other', { host: 'h2' }),
  );

  it.each([
    ['between members of one bridge', 'one', addressOf(scene, 'two'), 'delivered 64'],
    ['to the gateway', 'one', '172.17.0.1', 'delivered 64'],
    ["to another bridge's address of the host", 'one', '172.30.0.1', 'delivered 64'],
    ['to the outside, masqueraded', 'one', outside, 'delivered 63'],
    ['to another host', 'one', '192.168.50.12', 'delivered 63'],
    ['to nobody on the link', 'one', '172.17.0.99', 'hostUnreachable'],
    ['across bridges', 'one', addressOf(scene, 'three'), 'dropped DOCKER-ISOLATION-STAGE-2'],
    ['out of an internal network', 'inner', outside, 'dropped DOCKER-ISOLATION-STAGE-1'],
    ['to the gateway of an internal network', 'inner', '172.31.0.1', 'delivered 64'],
    ['between members without icc', 'shy1', addressOf(scene, 'shy2'), 'dropped FORWARD'],
    ['to the gateway without icc', 'shy1', '10.9.0.1', 'delivered 64'],
    ['without a network', 'alone', '172.17.0.1', 'netUnreachable'],
    ['to itself', 'alone', '127.0.0.1', 'delivered 64'],
    ['to a network that only the engine knows', 'one', '10.77.0.1', 'netUnreachable'],
  ])('%s', (_, from, destination, verdict) => {
    expect(
      verdictOf(scene, { ...inside(scene, from), protocol: 'icmp', destination, port: 0 }),
    ).toBe(verdict);
  });

  it('of the host itself reaches every member', () => {
    for (const name of ['one', 'three', 'inner', 'shy1']) {
      const destination = addressOf(scene, name);
      const flow = { ...h1, protocol: 'icmp' as const, destination, port: 0 };
      expect(verdictOf(scene, flow)).toBe('delivered 64');
    }
  });

  it('dies on the way when its time to live is too short, and says where', () => {
    const flow = { ...inside(scene, 'one'), protocol: 'udp' as const, destination: outside };
    const { disposition } = walkIn(scene).walk({ ...flow, port: 33_434, ttl: 1 });
    expect(disposition).toEqual({ kind: 'ttlExceeded', from: '172.17.0.1' });
  });

  it('finds nobody once the container is stopped', () => {
    const destination = addressOf(scene, 'two');
    const after = scene.when(stopContainer('two'));
    const flow = { ...inside(scene, 'one'), protocol: 'icmp' as const, destination, port: 0 };
    expect(verdictOf(after, flow)).toBe('hostUnreachable');
  });
});

describe('a connection', () => {
  const scene = labAfter(
    createNetwork('red', { subnet: '172.30.0.0/16' }),
    ...run('site', { ...published(), ...on('red') }),
    ...run('peer', on('red')),
    ...run('far'),
  );

  it.each([
    ['from the host by loopback', h1, '127.0.0.1'],
    ['from the host by its address', h1, '192.168.50.11'],
    ['from another host', h2, '192.168.50.11'],
    ['from the container itself', inside(scene, 'site'), '192.168.50.11'],
    ['from a neighbour by the gateway', inside(scene, 'peer'), '172.30.0.1'],
    ['from another bridge by the host', inside(scene, 'far'), '192.168.50.11'],
  ])('to a published port arrives: %s', (_, from, destination) => {
    const { first, last } = walkIn(scene).reach({
      ...from,
      protocol: 'tcp',
      destination,
      port: 8_080,
    });
    expect(first.disposition.kind).toBe('delivered');
    expect(httpReply(last, '/')).toEqual({ status: 200, body: '<h1>Welcome to nginx!</h1>\n' });
  });

  it('to the container itself stops at the isolation of bridges', () => {
    const destination = addressOf(scene, 'site');
    const flow = { ...inside(scene, 'far'), protocol: 'tcp' as const, destination, port: 80 };
    expect(verdictOf(scene, flow)).toBe('dropped DOCKER-ISOLATION-STAGE-2');
  });

  it('to a port that nobody listens on is refused', () => {
    const destination = addressOf(scene, 'site');
    const flow = { ...inside(scene, 'peer'), protocol: 'tcp' as const, destination, port: 81 };
    expect(verdictOf(scene, flow)).toBe('refused');
  });

  it('to a port bound to loopback is refused from elsewhere', () => {
    const bound = labAfter(...run('local', published('127.0.0.1')));
    const flow = { protocol: 'tcp' as const, port: 8_080 };
    expect(verdictOf(bound, { ...h1, ...flow, destination: '127.0.0.1' })).toBe('delivered 64');
    expect(verdictOf(bound, { ...h1, ...flow, destination: '192.168.50.11' })).toBe('refused');
    expect(verdictOf(bound, { ...h2, ...flow, destination: '192.168.50.11' })).toBe('refused');
  });

  it('of a masqueraded container is seen with the address of its host', () => {
    const flow = { ...inside(scene, 'far'), protocol: 'tcp' as const, destination: outside };
    const trace = walkIn(scene).walk({ ...flow, port: 80 });
    expect(httpReply(trace, '/ip')?.body).toBe('192.168.50.11\n');
  });
});

/** Recorded in test/transcripts/reachability. */
describe('a datagram', () => {
  const scene = labAfter(
    ...run('echo', {
      command: ['nc', '-u', '-lk', '-p', '5353', '-e', 'cat'],
      exposedPorts: ['5353/udp'],
      portBindings: [{ containerPort: '5353/udp', hostIp: '', hostPort: '5300' }],
    }),
    ...run('peer'),
    createNetwork('red', { subnet: '172.30.0.0/16' }),
    ...run('far', on('red')),
  );

  it.each([
    ['from another host', h2, '192.168.50.11', 'delivered 63'],
    ['from another bridge to the host', inside(scene, 'far'), '192.168.50.11', 'timedOut'],
    ['from its own bridge to the gateway', inside(scene, 'peer'), '172.17.0.1', 'delivered 64'],
    ['from its own bridge to the host', inside(scene, 'peer'), '192.168.50.11', 'timedOut'],
  ])('to a published port hears the address that it asked: %s', (_, from, address, verdict) => {
    const flow = { ...from, protocol: 'udp' as const, destination: address, port: 5_300 };
    expect(verdictOf(scene, flow)).toBe(verdict);
  });

  it('for nobody is refused by ICMP, which rules can stop', () => {
    const destination = addressOf(scene, 'echo');
    const flow = { ...inside(scene, 'peer'), protocol: 'udp' as const, destination, port: 81 };
    expect(verdictOf(scene, flow)).toBe('refused');
    const place = { family: 4, table: 'filter', chain: 'DOCKER-USER' } as const;
    const rule = {
      ...place,
      rank: insertedOnTop(1, 0),
      match: { protocol: 'icmp' },
      target: { kind: 'DROP' },
    } as const;
    const edits = [{ kind: 'addRule', rule } as const];
    const after = scene.when({ type: 'EditFirewall', host: 'h1', edits }).thenAccepted();
    expect(verdictOf(after, flow)).toBe('dropped DOCKER-USER');
  });
});

describe('the embedded DNS', () => {
  const scene = labAfter(
    createNetwork('red', { subnet: '172.30.0.0/16' }),
    createNetwork('priv', { internal: true, subnet: '172.31.0.0/16' }),
    ...run('site', on('red')),
    ...run('peer', on('red')),
    ...run('inner', on('priv')),
  );
  const ask = (from: string, type: 'A' | 'AAAA' | 'PTR' | 'other', name: string) =>
    askNameServer(walkIn(scene), inside(scene, from), '127.0.0.11', { type, name });

  it('knows the members of its networks, with and without the name of the network', () => {
    const known = { kind: 'answer', code: 'NOERROR', isAuthoritative: false, isEmbedded: true };
    expect(ask('peer', 'A', 'site')).toEqual({ ...known, data: ['172.30.0.2'] });
    expect(ask('peer', 'A', 'SITE.red')).toEqual({ ...known, data: ['172.30.0.2'] });
    expect(ask('peer', 'AAAA', 'site')).toEqual({ ...known, data: [] });
    expect(ask('peer', 'PTR', '172.30.0.2')).toEqual({ ...known, data: ['site.red'] });
  });

  it('minds case in the names of networks and of links only', () => {
    const mixed = labAfter(
      createNetwork('Up', { subnet: '172.30.0.0/16' }),
      ...run('Mix', on('Up')),
      ...run('peer', { ...on('Up'), endpoints: { Up: endpointSpec({ links: ['Mix:Data'] }) } }),
    );
    const data = (name: string) => {
      const question = { type: 'A', name } as const;
      return askNameServer(walkIn(mixed), inside(mixed, 'peer'), '127.0.0.11', question);
    };
    const known = { code: 'NOERROR', data: ['172.30.0.2'] };
    for (const name of ['mix', 'MIX.Up', 'Data', 'Data.Up']) {
      expect(data(name)).toMatchObject(known);
    }
    for (const name of ['mix.up', 'data', 'data.Up']) {
      expect(data(name)).toMatchObject({ code: 'NXDOMAIN' });
    }
  });

  it('does not answer who has an address that is none', () => {
    expect(ask('peer', 'PTR', '')).toEqual({ kind: 'timedOut' });
  });

  it('asks outside for the rest, where the container has a way there', () => {
    expect(ask('peer', 'A', 'outside.lab')).toMatchObject({ data: [outside] });
    expect(ask('peer', 'A', 'inner')).toMatchObject({ code: 'NXDOMAIN', isEmbedded: false });
    expect(ask('peer', 'A', 'deb.debian.org')).toMatchObject({ data: [outside] });
    expect(ask('peer', 'other', 'outside.lab')).toMatchObject({ code: 'NOERROR', data: [] });
    expect(ask('peer', 'other', 'site')).toMatchObject({ code: 'NXDOMAIN' });
    expect(ask('inner', 'A', 'outside.lab')).toEqual({ kind: 'timedOut' });
  });
});

describe('members of a macvlan', () => {
  const verdict = (options: Readonly<Record<string, string>>): string => {
    const net = {
      driver: 'macvlan',
      subnet: '10.81.0.0/24',
      options: { parent: 'eth0', ...options },
    };
    const scene = labAfter(
      createNetwork('mv', net),
      ...run('m1', on('mv')),
      ...run('m2', on('mv')),
    );
    const destination = addressOf(scene, 'm2');
    return verdictOf(scene, { ...inside(scene, 'm1'), protocol: 'icmp', destination, port: 0 });
  };

  it.each([
    ['without a mode', {}, 'delivered 64'],
    ['in mode bridge', { macvlan_mode: 'bridge' }, 'delivered 64'],
    ['in mode private', { macvlan_mode: 'private' }, 'hostUnreachable'],
    ['in mode vepa, whose switch sends nothing back', { macvlan_mode: 'vepa' }, 'hostUnreachable'],
  ])('%s', (_name, options, expected) => {
    expect(verdict(options)).toBe(expected);
  });
});

function walkIn(scene: Scene): PacketWalk {
  return new PacketWalk(scene.lab, 'lab-1');
}

function inside(scene: Scene, container: string): StackName {
  const { sandboxId } = containerIn(scene, container);
  return { host: 'h1', namespace: sandboxId ?? '' };
}

function addressOf(scene: Scene, container: string): string {
  const [endpoint] = Object.values(endpointsIn(scene, container));
  return bareAddress(endpoint?.ipv4 ?? '');
}

/** The disposition in a word or two: what was left of the answer, or the chain that dropped it. */
function verdictOf(scene: Scene, flow: Flow): string {
  const { disposition } = walkIn(scene).walk(flow);
  if (disposition.kind === 'delivered') return `delivered ${disposition.ttl}`;
  if (disposition.kind === 'dropped') return `dropped ${disposition.by.chain}`;
  return disposition.kind;
}
