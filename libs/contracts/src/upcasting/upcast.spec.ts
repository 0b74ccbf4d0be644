import { describe, expect, it } from 'vitest';
import { currentSchemaVersion, SchemaVersionUnknown, upcastEvents } from './upcast.ts';
import type { StoredEvent, UpcastingStep } from './upcasting-step.ts';

/** A private chain: `HostRenamed` splits, then `HostAdded` gains a field. */
const chain: readonly UpcastingStep[] = [
  {
    from: 0,
    upcast: (event) =>
      event.type === 'HostRenamed'
        ? [
            { type: 'HostRemoved', data: { host: event.data['from'] } },
            { type: 'HostAdded', data: { host: event.data['to'] } },
          ]
        : [event],
  },
  {
    from: 1,
    upcast: (event) =>
      event.type === 'HostAdded' ? [{ ...event, data: { ...event.data, bootedAt: 0 } }] : [event],
  },
];

const renamed: StoredEvent = { type: 'HostRenamed', data: { from: 'a', to: 'b' } };

describe('upcasting', () => {
  it('leads a stored event through every later step, in order', () => {
    expect(upcastEvents([renamed], 0, chain)).toEqual([
      { type: 'HostRemoved', data: { host: 'a' } },
      { type: 'HostAdded', data: { host: 'b', bootedAt: 0 } },
    ]);
  });

  it('leaves out the steps that the stored version has behind it', () => {
    const added: StoredEvent = { type: 'HostAdded', data: { host: 'b' } };
    expect(upcastEvents([renamed, added], 1, chain)).toEqual([
      renamed,
      { type: 'HostAdded', data: { host: 'b', bootedAt: 0 } },
    ]);
    expect(upcastEvents([added], 2, chain)).toEqual([added]);
  });

  it('changes nothing of the stored event', () => {
    const frozen = Object.freeze({ ...renamed, data: Object.freeze({ ...renamed.data }) });
    upcastEvents(Object.freeze([frozen]), 0, chain);
    expect(frozen).toEqual(renamed);
  });

  it('refuses events of a newer build instead of guessing', () => {
    expect(() => upcastEvents([], currentSchemaVersion + 1)).toThrow(SchemaVersionUnknown);
    expect(() => upcastEvents([], 3, chain)).toThrow(SchemaVersionUnknown);
    expect(() => upcastEvents([], -1)).toThrow(SchemaVersionUnknown);
  });

  it('hands events of the current version through', () => {
    expect(upcastEvents([renamed], currentSchemaVersion)).toEqual([renamed]);
  });
});
