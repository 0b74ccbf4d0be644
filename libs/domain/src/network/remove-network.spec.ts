import { describe, expect, it } from 'vitest';
import {
  createContainer,
  createLab,
  createNetwork,
  given,
  removeNetwork,
  startContainer,
  stopContainer,
  testEpoch,
} from '@netfold/testkit';
import type { SingleCommand } from '@netfold/contracts';
import { findNetwork } from './find-network.ts';
import { parseInstant } from './prune-instant.ts';

const engine = given().when(createLab('h1')).when(createNetwork('web'));
const used = engine
  .when(createContainer('c1', { networkMode: 'web', command: ['sleep', '1d'] }))
  .when(startContainer('c1'));

function prune(filters: Record<string, readonly string[]> = {}): SingleCommand {
  return { type: 'PruneNetworks', host: 'h1', filters };
}

describe('docker network rm', () => {
  it('removes by name, by id and by the beginning of an id', () => {
    const { networkId } = engine.fact('NetworkCreated');
    for (const reference of ['web', networkId, networkId.slice(0, 5)]) {
      engine.when(removeNetwork(reference)).thenFacts('NetworkRemoved');
    }
  });

  it.each([
    ['nosuch', 'notFound', 'network nosuch not found'],
    ['bridge', 'forbidden', 'bridge is a pre-defined network and cannot be removed'],
    ['host', 'forbidden', 'host is a pre-defined network and cannot be removed'],
    ['none', 'forbidden', 'none is a pre-defined network and cannot be removed'],
  ] as const)('refuses %s', (reference, refusalClass, message) => {
    engine.when(removeNetwork(reference)).thenRefused(refusalClass, message);
  });

  it('refuses a beginning of several ids', () => {
    engine
      .when(removeNetwork(''))
      .thenRefused(
        'invalidParameter',
        'network  is ambiguous (4 matches found based on ID prefix)',
      );
  });

  it('refuses a network with endpoints, and takes it when its containers are stopped', () => {
    const { networkId } = engine.fact('NetworkCreated');
    const named = `network web id ${networkId}`;
    const message = `error while removing network: ${named} has active endpoints`;
    used.when(removeNetwork('web')).thenRefused('forbidden', message);
    used.when(stopContainer('c1')).when(removeNetwork('web')).thenAccepted();
  });

  it('frees the pool for a later network', () => {
    const again = engine.when(removeNetwork('web'));
    again.when(createNetwork('x', { subnet: '172.18.0.0/16' })).thenAccepted();
  });
});

describe('docker network prune', () => {
  const several = used
    .when(createNetwork('idle', { labels: { stay: 'yes', tier: 'x' } }))
    .when(createNetwork('other'));

  it('takes idle networks and leaves those with endpoints and the predefined ones', () => {
    expect(several.when(prune()).thenAnswer().data).toEqual({
      networksDeleted: ['idle', 'other'],
    });
  });

  it.each([
    [{ label: ['stay'] }, ['idle']],
    [{ label: ['stay=yes', 'tier=x'] }, ['idle']],
    [{ label: ['stay=no'] }, []],
    [{ 'label!': ['stay=yes'] }, ['other']],
    [{ until: ['1h'] }, []],
    [{ until: ['0'] }, ['idle', 'other']],
    [{ until: ['-1h'] }, ['idle', 'other']],
  ])('with %j takes %j', (filters, names) => {
    expect(several.when(prune(filters as Record<string, string[]>)).thenAnswer().data).toEqual({
      networksDeleted: names,
    });
  });

  it.each([
    [{ bogus: ['1'] }, 'invalidParameter', "Invalid filter 'bogus'"],
    [{ until: ['1h', '2h'] }, 'internal', 'more than one until filter specified'],
    [{ until: ['x'] }, 'internal', 'failed to parse value as time or duration: "x"'],
  ] as const)('refuses %j', (filters, refusalClass, message) => {
    several.when(prune(filters)).thenRefused(refusalClass, message);
  });

  it('reads durations, seconds and dates', () => {
    expect(parseInstant('1h30m', testEpoch)).toBe(testEpoch - 5_400_000);
    expect(parseInstant('1704110400', 0)).toBe(testEpoch);
    expect(parseInstant('2024-01-01T12:00:00Z', 0)).toBe(testEpoch);
    expect(parseInstant('2024-01-01T13:00:00+01:00', 0)).toBe(testEpoch);
    expect(parseInstant('2024-01-01', 0)).toBe(testEpoch - 12 * 3_600_000);
    expect(parseInstant('yesterday', 0)).toBeNull();
  });
});

describe('a reference to a network', () => {
  it('prefers an id over a name, and a name over the beginning of an id', () => {
    const { networkId } = engine.fact('NetworkCreated');
    const named = engine.when(createNetwork(networkId.slice(0, 4)));
    const host = named.lab.hosts.get('h1');
    if (host === undefined) throw new Error('h1');
    const find = (reference: string) => {
      const found = findNetwork(named.lab, host, reference);
      return found === null || found === 'ambiguous' ? found : found.name;
    };
    expect(find(networkId)).toBe('web');
    expect(find(networkId.slice(0, 4))).toBe(networkId.slice(0, 4));
    expect(find(networkId.slice(0, 9))).toBe('web');
    expect(find('')).toBe('ambiguous');
    expect(find('nosuch')).toBeNull();
  });
});
