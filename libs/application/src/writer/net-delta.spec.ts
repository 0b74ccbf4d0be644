import type { Delta, RowChange } from '@netfold/dataplane';
import { expect, it } from 'vitest';
import { netDelta } from './net-delta.ts';

const change = (key: string, name: string, op: 'put' | 'remove' = 'put'): RowChange => ({
  table: 'lab',
  op,
  key,
  row: { labId: key, tenantId: 'local', name, state: 'active' },
});

it('keeps the last change of each row: applying it gives what applying all in order gives', () => {
  const deltas: Delta[] = [
    [change('a', '1'), change('b', '1')],
    [change('a', '2', 'remove'), change('c', '1')],
    [change('a', '3'), change('c', '2', 'remove')],
  ];
  const apply = (rows: Map<string, string>, delta: Delta) => {
    for (const { op, key, row } of delta) {
      if (op === 'put') rows.set(key, JSON.stringify(row));
      else rows.delete(key);
    }
    return rows;
  };
  const net = netDelta(deltas);
  expect(new Set(net.map(({ key }) => key)).size).toBe(net.length);
  const afterNet = apply(new Map([['c', 'old']]), net);
  const afterAll = deltas.reduce(apply, new Map([['c', 'old']]));
  expect(Object.fromEntries(afterNet)).toEqual(Object.fromEntries(afterAll));
});

it.each([
  ['made and changed', ['new', 'put'], 'new'],
  ['changed twice', ['put', 'put'], 'put'],
  ['removed and made again', ['remove', 'new'], 'put'],
  ['made, removed and made again', ['new', 'remove', 'new'], 'new'],
  ['made, removed, made again and changed', ['new', 'remove', 'new', 'put'], 'new'],
  ['changed, removed, made again', ['put', 'remove', 'new'], 'put'],
  ['made and removed', ['new', 'remove'], 'remove'],
])('a row that was %s', (_, steps, expected) => {
  const deltas = steps.map((step, place): Delta => {
    if (step === 'remove') return [change('a', String(place), 'remove')];
    const put = change('a', String(place));
    return [step === 'new' ? ({ ...put, isNew: true } as RowChange) : put];
  });
  const [net] = netDelta(deltas);
  expect(net === undefined ? '' : net.op === 'put' && net.isNew ? 'new' : net.op).toBe(expected);
  expect(net?.row).toMatchObject({ name: String(steps.length - 1) });
});
