import { describe, expect, it } from 'vitest';
import {
  commandOf,
  createContainer,
  createLab,
  createNetwork,
  given,
  initSwarm,
  removeContainer,
  startContainer,
} from '@netfold/testkit';
import { decide } from './decide.ts';
import { decodeLab, encodeLab, hashableLab } from './snapshot.ts';

const busy = given()
  .when(createLab('h1', 'h2'))
  .when(initSwarm())
  .when(createNetwork('web', { subnet: '10.5.0.0/24', enableIPv6: false }))
  .when(createNetwork('v6', { subnet: 'fd00:77::/64', enableIPv6: true }))
  .when(createNetwork('ov', { driver: 'overlay', attachable: true }))
  .when(createContainer('c1', { networkMode: 'web', command: ['sleep', '1d'] }))
  .when(startContainer('c1'))
  .when(createContainer('c2', { networkMode: 'ov', command: ['sleep', '1d'] }))
  .when(startContainer('c2'))
  .when(createContainer('c3', { networkMode: 'v6', command: ['sleep', '1d'] }))
  .when(startContainer('c3'))
  .thenAccepted();

describe('a snapshot', () => {
  it('is JSON, and gives the same lab again', () => {
    const json = JSON.stringify(encodeLab(busy.lab));
    const again = decodeLab(JSON.parse(json));
    expect(JSON.stringify(encodeLab(again))).toBe(json);
    expect(hashableLab(again)).toEqual(hashableLab(busy.lab));
  });

  it('holds no map that was forgotten', () => {
    const again = decodeLab(JSON.parse(JSON.stringify(encodeLab(busy.lab))));
    if (again.state !== 'active') throw new Error('not active');
    expect(deepKinds(again)).toEqual(deepKinds(busy.lab));
  });

  it('goes on as the lab does', () => {
    const again = decodeLab(JSON.parse(JSON.stringify(encodeLab(busy.lab))));
    const command = commandOf(createNetwork('next'), busy.lab.time + 1, 99);
    expect(decide(again, command)).toEqual(decide(busy.lab, command));
  });

  it('of an absent or removed lab is one too', () => {
    expect(decodeLab(encodeLab({ state: 'absent' }))).toEqual({ state: 'absent' });
  });

  it('of another version is not read', () => {
    expect(() => decodeLab({ snapshotVersion: 0, lab: {} })).toThrow(/version 0/);
  });
});

describe('the hash of a lab', () => {
  it('does not depend on how its pools came about', () => {
    const before = hashableLab(busy.lab);
    expect(before).toEqual(hashableLab(busy.lab));
    expect(hashableLab(busy.when(removeContainer('c1')).lab)).not.toEqual(before);
  });
});

/** Which class stands where: a plain object in place of a map would differ. */
function deepKinds(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const kind = value.constructor?.name ?? 'none';
  if ('entries' in value && typeof value.entries === 'function' && !Array.isArray(value)) {
    const entries = [...(value.entries() as Iterable<[string, unknown]>)];
    return [`${path}:map`, ...entries.flatMap(([key, item]) => deepKinds(item, `${path}/${key}`))];
  }
  const members = Object.entries(value).filter(([name]) => name !== 'used');
  return [
    `${path}:${kind}`,
    ...members.flatMap(([name, item]) => deepKinds(item, `${path}.${name}`)),
  ];
}
