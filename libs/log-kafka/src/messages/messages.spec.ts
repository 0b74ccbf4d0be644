import { sha256, zeroHash, type StoredCommit } from '@netfold/application';
import type { CommandBody } from '@netfold/contracts';
import { addTallyHost, makeTallyLab, requestOf } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';
import { batchBytesMax, bytesOnWire } from '../record-limits.ts';
import type { LogRecord } from '../transport.ts';
import { commandOf, commandRecord, passedOn } from './command-message.ts';
import { commitMessageOf, commitRecord, watermarkRecord } from './commit-message.ts';
import { MessageInvalid } from './message-invalid.ts';
import { outcomeOf, outcomeRecord, refusalRecord } from './outcome-message.ts';

const labId = 'lab-00000001';
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const sending = { source: '/gateways/g1', time: 1_700_000_000_000, credential: 'token nf_x' };

const textOf = ({ value }: LogRecord): string => new TextDecoder().decode(value);
const jsonOf = (record: LogRecord): Record<string, unknown> =>
  JSON.parse(textOf(record)) as Record<string, unknown>;
const recordOfText = (text: string): LogRecord => ({
  key: '',
  value: new TextEncoder().encode(text),
  headers: {},
});
const withData = (data: unknown): LogRecord =>
  recordOfText(
    JSON.stringify({
      specversion: '1.0',
      type: 'netfold.command.v0',
      source: '/ci',
      id: 'c1',
      subject: labId,
      data,
    }),
  );
const withBody = (body: unknown): LogRecord => withData({ body });

function invalidOf(read: () => unknown): MessageInvalid {
  try {
    read();
  } catch (error) {
    if (error instanceof MessageInvalid) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('a command', () => {
  const request = requestOf(labId, addTallyHost('h1'), { id: 'c1', commandText: 'ä \u001b[1m' });

  test('is a CloudEvent whose key and subject are the lab, with its trace in the headers', () => {
    const record = commandRecord(request, { ...sending, traceparent });
    expect(record.key).toBe(labId);
    expect(record.headers).toEqual({
      'content-type': 'application/cloudevents+json',
      'event-id': 'c1',
      'netfold-credential': 'token nf_x',
      traceparent,
    });
    const { id: _, labId: __, ...data } = request;
    expect(jsonOf(record)).toEqual({
      specversion: '1.0',
      type: 'netfold.command.v0',
      source: '/gateways/g1',
      id: 'c1',
      subject: labId,
      time: '2023-11-14T22:13:20.000Z',
      datacontenttype: 'application/json',
      traceparent,
      data,
    });
  });

  test('is read as it was sent', () => {
    const read = commandOf(commandRecord(request, { ...sending, traceparent }));
    const { credential } = sending;
    expect(read).toEqual({ ...request, credential, traceparent, isPassedOn: false });
    expect(commandOf(passedOn(commandRecord(request, sending))).isPassedOn).toBe(true);
  });

  test('of a pipeline needs a lab, an id and a body, nothing else', () => {
    expect(commandOf(withBody(makeTallyLab()))).toMatchObject({
      id: 'c1',
      labId,
      tenantId: null,
      actorId: null,
      face: null,
      correlationId: 'c1',
      expectedVersion: null,
      credential: null,
      traceparent: null,
    });
  });

  test.each<[string, unknown, readonly (string | number)[]]>([
    ['an unknown type', { type: 'Destroy' }, ['body', 'type']],
    ['a type of the prototype', { type: 'constructor' }, ['body', 'type']],
    ['the name of a part', { type: 'HostSpec' }, ['body', 'type']],
    ['a missing member', { type: 'RemoveHost' }, ['body']],
    ['a member nobody knows', { type: 'RemoveLab', force: true }, ['body', 'force']],
    ['a wrong kind', { type: 'RemoveHost', host: 7 }, ['body', 'host']],
    ['half a second', { type: 'AdvanceTime', to: 0.5 }, ['body', 'to']],
    ['a batch in a batch', batchOf({ type: 'ApplyBatch', commands: [] }), ['body', 'commands', 0]],
    ['a lab in a batch', batchOf({ type: 'RemoveLab' }), ['body', 'commands', 0]],
    ['a wrong part', batchOf({ type: 'RemoveHost', host: null }), ['body', 'commands', 0, 'host']],
    ['a batch of text', { type: 'ApplyBatch', commands: 'x' }, ['body', 'commands']],
    ['no object', [], ['body']],
  ])('with %s is refused, with its ids and the place', (_, body, field) => {
    const invalid = invalidOf(() => commandOf(withBody(body)));
    expect(invalid.field).toEqual(field);
    expect(invalid.identity).toEqual({ commandId: 'c1', labId });
  });

  test('takes a batch at its limit, and none above', () => {
    const remove = { type: 'RemoveHost', host: 'h' };
    const of = (count: number): CommandBody => ({
      type: 'ApplyBatch',
      commands: Array.from({ length: count }, () => remove as never),
    });
    expect(commandOf(withBody(of(1_000))).body).toEqual(of(1_000));
    expect(invalidOf(() => commandOf(withBody(of(1_001)))).field).toEqual(['body', 'commands']);
  });

  test.each([
    ['is no JSON', '{'],
    ['is no object', '[]'],
    ['is no CloudEvent', '{}'],
    ['is of another type', '{"specversion":"1.0","type":"netfold.commit.v0","id":"1"}'],
    ['is of a later version', '{"specversion":"1.0","type":"netfold.command.v1","id":"1"}'],
    ['is nested without end', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['holds a NUL', '{"specversion":"1.0","type":"netfold.command.v0","id":"a\\u0000"}'],
    ['holds half a character', '{"specversion":"1.0","x":"\\ud800"}'],
  ])('that %s is not read, and nothing of it is believed', (_, text) => {
    const { identity } = invalidOf(() => commandOf(recordOfText(text)));
    expect(identity).toEqual({ commandId: null, labId: null });
  });

  test('that is not UTF-8, or says it is no CloudEvent, is not read', () => {
    const value = new Uint8Array([0x22, 0xff, 0x22]);
    invalidOf(() => commandOf({ value, headers: {} }));
    const record = commandRecord(request, sending);
    const headers = { 'content-type': 'application/avro' };
    invalidOf(() => commandOf({ ...record, headers }));
  });

  test('keeps members with the names of built-in ones as data', () => {
    const filters = '{"__proto__":["x"],"constructor":["y"]}';
    const text = `{"type":"PruneNetworks","host":"h","filters":${filters}}`;
    const { body } = commandOf(recordOfText(textOf(withBody('BODY')).replace('"BODY"', text)));
    expect(JSON.stringify(body)).toBe(text);
  });

  test('that names another id inside than outside is refused', () => {
    const data = { id: 'c2', body: makeTallyLab() };
    expect(invalidOf(() => commandOf(withData(data))).field).toEqual(['id']);
  });

  test('with a trace context of another form goes on without', () => {
    const record = commandRecord(request, { ...sending, traceparent: 'garbage' });
    expect(commandOf(record).traceparent).toBeNull();
    expect(record.headers['traceparent']).toBeUndefined();
  });
});

describe('a commit', () => {
  const stored: StoredCommit = {
    partition: 2,
    position: 7,
    labId,
    labVersion: 3,
    tenantId: 'local',
    commandId: 'c',
    correlationId: 'r',
    causationId: null,
    actorId: 'a',
    face: 'kafka',
    commandText: null,
    recordedAt: 1_700_000_000_000,
    labTime: 5,
    schemaVersion: 0,
    eventsText: '[{"type":"HostRemoved","data":{"host":"h1"}}]',
    previousHash: zeroHash,
    hash: sha256('x'),
  };
  const of = { source: '/commanders/c1', logEpoch: 'e', traceparent };

  test('carries its events byte for byte, and where it stands in the headers', () => {
    const record = commitRecord(stored, of);
    expect(textOf(record)).toContain(`"events":${stored.eventsText}}}`);
    expect(record.key).toBe(labId);
    expect(record.headers).toEqual({
      'content-type': 'application/cloudevents+json',
      'event-id': '2/7',
      traceparent,
      lab: labId,
      position: '7',
      version: '3',
      schema: '0',
      'log-epoch': 'e',
    });
  });

  test('is read as it is stored', () => {
    const { eventsText, ...columns } = stored;
    const events = JSON.parse(eventsText) as unknown;
    const commit = { ...columns, events, logEpoch: 'e' };
    expect(commitMessageOf(commitRecord(stored, of))).toEqual({
      kind: 'commit',
      commit,
      traceparent,
    });
  });

  test('with a column missing or wrong is not read', () => {
    for (const name of Object.keys(stored).filter((each) => each !== 'eventsText')) {
      const damaged = { ...stored, [name]: true };
      expect(invalidOf(() => commitMessageOf(commitRecord(damaged, of))).field).toEqual([name]);
    }
  });

  test('of the largest size fits into a record', () => {
    const text = JSON.stringify([{ type: 'X', data: { text: 'x'.repeat(900 * 1024 - 40) } }]);
    const long = { commandText: '\u0001'.repeat(4_096), correlationId: '"'.repeat(128) };
    const record = commitRecord({ ...stored, ...long, eventsText: text }, of);
    expect(bytesOnWire([record])).toBeLessThanOrEqual(batchBytesMax);
  });

  test('is told from a watermark', () => {
    const at = { source: '/commanders/c1', time: 0 };
    const record = watermarkRecord({ partition: 2, position: 9, logEpoch: 'e' }, at);
    expect(record.key).toBe('');
    expect(commitMessageOf(record)).toEqual({
      kind: 'watermark',
      partition: 2,
      watermark: { position: 9, logEpoch: 'e' },
    });
  });
});

describe('an outcome', () => {
  const at = { source: '/commanders/c1', time: 0, traceparent: null };
  const numbered = {
    tenantId: 'local',
    commandId: 'c1',
    payloadHash: 'never told',
    labId,
    labVersion: 3,
    position: 7,
    outcome: { kind: 'accepted', answer: { ids: {}, warnings: [] } } as const,
    labTime: 5,
    partition: 2,
    sequence: 11,
  };

  test('that the log remembers is told with its place, without the hash', () => {
    const { payloadHash: _, partition: __, ...told } = numbered;
    const record = outcomeRecord(numbered, at);
    expect(record.key).toBe(labId);
    expect(outcomeOf(record)).toEqual({ isRemembered: true, ...told });
  });

  test('that is too large for a record says so instead of stopping those behind it', () => {
    const answer = { ids: {}, warnings: ['x'.repeat(batchBytesMax)] };
    const large = { ...numbered, outcome: { kind: 'accepted', answer } as const };
    expect(outcomeOf(outcomeRecord(large, at))).toMatchObject({ sequence: 11, outcome: null });
  });

  test('that the log does not remember names the record that it speaks of', () => {
    const refusal = { class: 'forbidden', code: 'CredentialInvalid', message: 'no' } as const;
    const of = { tenantId: null, commandId: 'c1', labId, record: { partition: 2, offset: '9' } };
    expect(outcomeOf(refusalRecord(of, refusal, at))).toEqual({
      isRemembered: false,
      ...of,
      outcome: { kind: 'refused', refusal },
    });
  });
});

function batchOf(...commands: readonly unknown[]): unknown {
  return { type: 'ApplyBatch', commands };
}
