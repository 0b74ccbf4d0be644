import { describe, expect, it } from 'vitest';
import { formatNetwork, mustParseCidr } from '@netfold/addressing';
import { choosePredefinedPool, predefinedPools } from './predefined-pools.ts';

const docker0 = mustParseCidr('172.17.0.0/16');
const lan = mustParseCidr('192.168.50.11/24');

describe('predefined pools', () => {
  it('are 172.17 to 172.31, then sixteen /20 of 192.168', () => {
    const texts = predefinedPools.map(formatNetwork);
    expect(texts).toHaveLength(31);
    expect(texts[0]).toBe('172.17.0.0/16');
    expect(texts[14]).toBe('172.31.0.0/16');
    expect(texts.slice(15, 17)).toEqual(['192.168.0.0/20', '192.168.16.0/20']);
    expect(texts[30]).toBe('192.168.240.0/20');
  });

  it('go on after the one given last, and pass what a route overlaps', () => {
    const given: string[] = [];
    let cursor = -1;
    for (;;) {
      const inUse = [docker0, ...given.map(mustParseCidr)];
      const chosen = choosePredefinedPool(cursor, inUse, [lan]);
      ({ cursor } = chosen);
      if (chosen.subnet === null) break;
      given.push(chosen.subnet);
    }
    expect(given).toHaveLength(29);
    expect(given[0]).toBe('172.18.0.0/16');
    expect(given).not.toContain('192.168.48.0/20');
    const without = given.filter((subnet) => subnet !== '172.22.0.0/16');
    const inUse = [docker0, ...without.map(mustParseCidr)];
    expect(choosePredefinedPool(cursor, inUse, [lan]).subnet).toBe('172.22.0.0/16');
  });

  it('do not come back to a freed pool before the end', () => {
    const inUse = ['172.17.0.0/16', '172.18.0.0/16', '172.20.0.0/16'].map(mustParseCidr);
    expect(choosePredefinedPool(3, inUse, [lan])).toEqual({ subnet: '172.21.0.0/16', cursor: 4 });
  });

  it('give way to a smaller network inside them', () => {
    const inUse = [docker0, mustParseCidr('172.18.5.0/24')];
    expect(choosePredefinedPool(-1, inUse, [lan]).subnet).toBe('172.19.0.0/16');
  });
});
