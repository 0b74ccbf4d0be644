import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { commitHash, sha256, zeroHash } from './commit-hash.ts';
import type { HashedCommit } from './commit-hash.ts';

describe('canonical JSON', () => {
  it('is the same for equal values, whatever the order of members', () => {
    const one = { b: [1, { d: null, c: 'x' }], a: true };
    const other = { a: true, b: [1, { c: 'x', d: null }], e: undefined };
    expect(canonicalJson(one)).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
    expect(canonicalJson(other)).toBe(canonicalJson(one));
  });

  it('keeps the order of lists and the difference between kinds', () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
    expect(canonicalJson('1')).not.toBe(canonicalJson(1));
  });

  it('reads back as the value', () => {
    const value = { text: '"\\\u0000 ✓', numbers: [-0.5, 1e21, 0], nested: { empty: {} } };
    expect(JSON.parse(canonicalJson(value))).toEqual(value);
  });

  it.each([Number.NaN, 1n, () => 1, [undefined], Symbol('x')])('refuses %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('the hash of a commit', () => {
  const commit: HashedCommit = {
    partition: 0,
    position: 7,
    labId: 'lab-00000001',
    labVersion: 3,
    tenantId: 'local',
    commandId: 'c',
    correlationId: 'r',
    causationId: null,
    actorId: 'a',
    face: 'docker',
    commandText: 'docker ps',
    labTime: 5,
    schemaVersion: 0,
    eventsText: '[]',
    previousHash: zeroHash,
  };

  it('changes with every column', () => {
    const changed = Object.entries(commit).map(([name, value]) =>
      commitHash({ ...commit, [name]: typeof value === 'number' ? value + 1 : `${value}x` }),
    );
    expect(new Set([commitHash(commit), ...changed]).size).toBe(Object.keys(commit).length + 1);
  });

  it('is SHA-256 in hex', () => {
    expect(commitHash(commit)).toMatch(/^[0-9a-f]{64}$/);
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
