import { describe, expect, it } from 'vitest';
import {
  changeBetween,
  engineExchangeNames,
  readEngineExchange,
  readRecording,
  recordingNames,
} from './recording.ts';

const stepsMin = 1000;

describe('the recordings', () => {
  const recordings = recordingNames().map(readRecording);

  it('answer every step that was typed', () => {
    const steps = recordings.map((r) => [r.name, r.topology.steps.length]);
    expect(recordings.map((r) => [r.name, r.answers.length])).toEqual(steps);
    const total = recordings.reduce((sum, r) => sum + r.answers.length, 0);
    expect(total).toBeGreaterThan(stepsMin);
  });

  it.each(recordings)('hold a state of each host for each checkpoint: $name', (recording) => {
    const { hosts, steps } = recording.topology;
    const marked = [...steps.keys()].filter((index) => steps[index]?.checkpoint === true);
    for (const host of hosts) {
      const moments = recording.moments.filter((moment) => moment.host === host);
      expect(moments.map((moment) => moment.afterStep)).toEqual([-1, ...marked]);
      for (const { state } of moments) {
        expect(state['host/link/docker0']).toMatchObject({ ifname: 'docker0' });
        expect(state['engine/network/bridge']).toMatchObject({ Name: 'bridge', Driver: 'bridge' });
        expect(state['host/filter']).toContain('*filter');
        expect(state['host/nat']).toContain('*nat');
      }
    }
  });

  it.each(recordings)('ran to their end: no step timed out: $name', ({ answers }) => {
    expect(answers.filter((answer) => answer.exit === 124)).toEqual([]);
  });
});

describe('the recorded engine API', () => {
  it('has a status, headers and a body that is text', () => {
    const names = engineExchangeNames();
    expect(names).toContain('version');
    for (const name of names) {
      const exchange = readEngineExchange(name);
      expect(exchange.status, name).toBeGreaterThanOrEqual(200);
      expect(exchange.headers.length, name).toBeGreaterThan(0);
      const isError = name.startsWith('error-');
      expect(exchange.status >= 400, name).toBe(isError || exchange.status >= 400);
      expect(isError ? exchange.body : 'body', name).not.toBe('');
    }
  });
});

describe('changeBetween', () => {
  it('keeps what is new, the keys and the stretch of a list that differ, and what is gone', () => {
    const before = { a: { x: 1, y: 2 }, b: [1, 2, 3, 4], c: 'same', d: 'old' };
    const after = { a: { x: 1, y: 3 }, b: [1, 9, 4], c: 'same', e: 'new' };
    expect(changeBetween(before, after)).toEqual({
      set: { e: 'new' },
      keys: { a: { y: 3 } },
      lists: { b: { at: 1, drop: 2, put: [9] } },
      gone: ['d'],
    });
  });

  it('sets a record whole when its keys are others', () => {
    expect(changeBetween({ a: { x: 1 } }, { a: { z: 1 } }).set).toEqual({ a: { z: 1 } });
  });
});
