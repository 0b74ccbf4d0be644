import { ProjectionOutdated, StoreUnavailable } from '@netfold/application';
import type {
  AppliedBatch,
  CommitBatch,
  CommitCheckpoint,
  CommitPlace,
  CommitProjection,
  StoredCommit,
} from '@netfold/application';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { InProcessLog } from '../in-process/in-process-log.ts';
import { commitRecord, watermarkRecord } from '../messages/commit-message.ts';
import type { LogRecord } from '../transport.ts';
import { CommitConsumer } from './commit-consumer.ts';

const topic = 'commits';
const group = 'projectors';

/** Remembers what it was asked, and keeps a checkpoint per partition. */
class ScriptedProjection implements CommitProjection {
  readonly batches: CommitBatch[] = [];
  readonly fromLog: CommitPlace[] = [];
  readonly offsets = new Map<number, bigint>();
  /** What the next calls of `apply` throw. */
  readonly failures: Error[] = [];
  /** What the next calls of `checkpoint` throw. */
  readonly outages: Error[] = [];

  async checkpoint({ partition }: CommitPlace): Promise<CommitCheckpoint> {
    const outage = this.outages.shift();
    if (outage !== undefined) throw outage;
    return { nextOffset: this.offsets.get(partition) ?? null, position: 0 };
  }

  async apply(batch: CommitBatch): Promise<AppliedBatch> {
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    this.batches.push(batch);
    this.offsets.set(batch.partition, batch.nextOffset);
    return { position: 0, applied: 0, filled: 0, dropped: 0, parked: [] };
  }

  async startFromLog(at: CommitPlace): Promise<AppliedBatch> {
    this.fromLog.push(at);
    this.offsets.delete(at.partition);
    return { position: 0, applied: 0, filled: 0, dropped: 0, parked: [] };
  }

  get positions(): readonly number[] {
    return this.batches.flatMap(({ commits }) => commits.map(({ position }) => position));
  }
}

let log: InProcessLog;
let projection: ScriptedProjection;
let problems: string[];
let fatal: Error[];
const consumers: CommitConsumer[] = [];
beforeEach(async () => {
  log = new InProcessLog();
  projection = new ScriptedProjection();
  problems = [];
  fatal = [];
  await (await log.admin()).ensureTopic(topic, { partitions: 2 });
});
afterEach(async () => {
  for (const consumer of consumers.splice(0)) await consumer.stop();
});

const stored = (position: number): StoredCommit => ({
  partition: 0,
  position,
  labId: 'lab-00000001',
  labVersion: position,
  tenantId: 'local',
  commandId: `command-${position}`,
  correlationId: 'c',
  causationId: null,
  actorId: 'teacher',
  face: 'graphql',
  commandText: null,
  recordedAt: 1_000,
  labTime: 1_000,
  schemaVersion: 0,
  eventsText: '[{"type":"LabRemoved","data":{}}]',
  previousHash: '00',
  hash: '01',
});

const commit = (position: number): LogRecord =>
  commitRecord(stored(position), { source: '/relays/0', logEpoch: 'e1', traceparent: null });

const watermark = (position: number): LogRecord =>
  watermarkRecord({ partition: 0, position, logEpoch: 'e1' }, { source: '/relays/0', time: 1_000 });

async function send(...records: readonly LogRecord[]): Promise<bigint> {
  return (await log.producer()).send({ topic, partition: 0 }, records);
}

async function consume(): Promise<CommitConsumer> {
  const consumer = new CommitConsumer({
    transport: log,
    projection,
    topic,
    group,
    onProblem: (problem) => problems.push(problem),
    onFatal: (error) => fatal.push(error),
  });
  await consumer.start();
  consumers.push(consumer);
  return consumer;
}

const seen = (positions: readonly number[]): Promise<void> =>
  vi.waitFor(() => expect(projection.positions).toEqual(positions), 5_000);

test('records reach the projection with the offset after them', async () => {
  await consume();
  const base = await send(commit(1), commit(2), watermark(2));
  await seen([1, 2]);
  const [batch] = projection.batches;
  expect(batch).toMatchObject({ topic, partition: 0, nextOffset: base + 3n });
  expect(batch?.watermarks).toEqual([{ position: 2, logEpoch: 'e1' }]);
  const { eventsText, ...columns } = stored(1);
  const events = JSON.parse(eventsText) as unknown;
  expect(batch?.commits[0]).toEqual({ ...columns, events, logEpoch: 'e1' });
  await vi.waitFor(async () => {
    const committed = await (await log.admin()).committed(group, topic);
    expect(committed).toEqual([{ topic, partition: 0, next: base + 3n }]);
  });
});

test('without a checkpoint it begins with the oldest record', async () => {
  await send(commit(1), commit(2));
  const first = await consume();
  await seen([1, 2]);
  await first.stop();
  projection = new ScriptedProjection();
  await consume();
  await seen([1, 2]);
});

test('the checkpoint of the projection wins over what the group committed', async () => {
  const base = await send(commit(1), commit(2), commit(3));
  const first = await consume();
  await seen([1, 2, 3]);
  await first.stop();
  // As after a crash between the rows and the group's commit, the other way round.
  projection.offsets.set(0, base + 1n);
  await consume();
  await seen([1, 2, 3, 2, 3]);
});

test('an offset beyond the end is of another topic: the log comes first', async () => {
  await send(commit(1), commit(2));
  projection.offsets.set(0, 5_000n);
  await consume();
  await seen([1, 2]);
  expect(projection.fromLog).toEqual([{ topic, partition: 0 }]);
  expect(problems).toEqual([expect.stringContaining('offset 5000 lies beyond the end')]);
});

test('a batch that could not be taken over comes again, as often as it needs', async () => {
  projection.failures.push(new Error('away'), new Error('away'));
  await consume();
  await send(commit(1), commit(2));
  await seen([1, 2]);
  expect(problems).toHaveLength(2);
  expect(problems[0]).toBe('commits, partition 0: a batch could not be taken over');
  expect(fatal).toEqual([]);
});

test('a database that is away when partitions are assigned is asked again', async () => {
  projection.outages.push(new StoreUnavailable(null), new StoreUnavailable(null));
  await send(commit(1));
  await consume();
  await seen([1]);
  expect(problems).toEqual(Array(2).fill('the checkpoints could not be read'));
  expect(fatal).toEqual([]);
});

test('what is no message of ours is told and passed over', async () => {
  await consume();
  const text = (value: string): LogRecord => ({
    key: 'x',
    value: new TextEncoder().encode(value),
    headers: {},
  });
  await send(text('{'), commit(1), text('{"specversion":"1.0","type":"other"}'), commit(2));
  await seen([1, 2]);
  expect(problems).toHaveLength(2);
  expect(problems[0]).toMatch(/the record at offset 0 is no message of ours/);
});

test('tables that are outdated end the process', async () => {
  projection.failures.push(new ProjectionOutdated('the log has another epoch'));
  await consume();
  await send(commit(1));
  await vi.waitFor(() => expect(fatal).toHaveLength(1));
  expect(fatal[0]).toBeInstanceOf(ProjectionOutdated);
});

test('after a rebalance the next member goes on from the checkpoint', async () => {
  await consume();
  await send(commit(1));
  await seen([1]);
  await consume();
  await log.rebalance(group);
  await send(commit(2));
  await seen([1, 2]);
});
