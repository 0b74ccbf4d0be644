import { FoldedLabs, FreshStates, LogTail, OutcomeTail, systemTimers } from '@netfold/application';
import type { ConnectionSettings } from '@netfold/embedded-postgres';
import {
  addTallyHost,
  hostNamesOf,
  makeTallyLab,
  TallyDesk,
  tallyModel,
  TestPostgres,
  withClient,
} from '@netfold/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { clientConfig } from '../connection/connection-settings.ts';
import { FollowerWrites, PostgresLog } from '../postgres-log.ts';
import { WakeUpListener } from '../wake-ups.ts';

const lab = 'lab-00000001';
const other = 'lab-00000002';
const snapshot = {
  labId: lab,
  tenantId: 'one',
  version: 1,
  labTime: 5,
  lastHash: 'ab'.repeat(32),
  codeVersion: 'x',
  state: {},
  stateHash: 'cd'.repeat(32),
};

let postgres: TestPostgres;
let connection: ConnectionSettings;
let follower: PostgresLog;
let desks: readonly TallyDesk[];
const problems: unknown[] = [];
const logs: PostgresLog[] = [];

beforeAll(async () => {
  postgres = await TestPostgres.start();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  connection = await postgres.logDatabase();
  problems.splice(0);
  desks = [await newDesk(0), await newDesk(1)];
  await desks[0]?.submit(lab, makeTallyLab(), { id: 'a', tenantId: 'one' });
  await desks[1]?.submit(other, makeTallyLab(), { id: 'b', tenantId: 'two' });
  follower = new PostgresLog({ connection, changesOf: null, readsWith: 'follower' });
  logs.push(follower);
});
afterEach(async () => {
  await Promise.all(logs.splice(0).map((log) => log.close()));
});

async function newDesk(partition: number): Promise<TallyDesk> {
  const log = new PostgresLog({
    connection: { ...connection, role: 'netfold_writer' },
    changesOf: null,
    sendsWakeUps: true,
  });
  logs.push(log);
  await log.saveSnapshot(snapshot);
  const desk = TallyDesk.onStore(log, partition);
  await desk.writer.start();
  return desk;
}

const asFollower = <T>(work: Parameters<typeof withClient<T>>[1]) => {
  const settings = clientConfig({ ...connection, role: 'netfold_follower' }, 'test');
  return withClient(settings as ConnectionSettings, work);
};

describe('a follower', () => {
  it('reads the log of every tenant', async () => {
    const versions: number[] = [];
    for await (const { version } of follower.labs()) versions.push(version);
    expect(versions).toEqual([1, 1]);
    for (const [partition, labId] of [lab, other].entries()) {
      const found = await follower.findLab(labId);
      expect(found).toMatchObject({ labId, partition });
      const commits = await follower.readPartition(partition, 0, 10);
      expect(commits.map((commit) => commit.labId)).toEqual([labId]);
      expect(await follower.distribution.readOutcomes(partition, 0, 10)).toHaveLength(1);
    }
    expect(await follower.findOutcome('two', 'b')).toMatchObject({ labId: other });
    expect(await follower.findSnapshot(lab, 1, 'x')).toEqual(snapshot);
    expect(await follower.distribution.heads()).toHaveLength(2);
    expect(await follower.distribution.count()).toBeNull();
  });

  it('does not even try to write', async () => {
    const held = { partition: 0, epoch: 1, head: 1 };
    await expect(follower.claim(0)).rejects.toThrow(FollowerWrites);
    await expect(follower.reclaim(held)).rejects.toThrow(FollowerWrites);
    await expect(follower.flush(held, [])).rejects.toThrow(FollowerWrites);
    await expect(follower.saveSnapshot(snapshot)).rejects.toThrow(FollowerWrites);
  });

  it('sees at once what any writer told, and hears outcomes, without a write', async () => {
    const of = { log: follower, model: tallyModel, timers: systemTimers, codeVersion: 'test' };
    const onProblem = (problem: unknown) => problems.push(problem);
    const labs = new FoldedLabs({ ...of, savesSnapshots: false, onProblem });
    const states = new FreshStates({ log: follower, labs });
    const feed = follower.distribution;
    const tail = new LogTail({ ...of, feed, labs, onProblem });
    const outcomes = new OutcomeTail({ ...of, feed, onProblem });
    const wakeUps = new WakeUpListener({ ...connection, role: 'netfold_follower' }, () => {
      tail.wake();
      outcomes.wake();
    });
    await Promise.all([tail.start(), outcomes.start(), wakeUps.start()]);
    for (let turn = 0; turn < 150; turn += 1) {
      const [desk, labId, tenantId] =
        turn % 2 === 0 ? ([0, lab, 'one'] as const) : ([1, other, 'two'] as const);
      const id = `c${turn}`;
      const expected = outcomes.expect(tenantId, id);
      await desks[desk]?.submit(labId, addTallyHost(id), {
        id,
        tenantId,
      });
      const found = await states.committed(labId);
      expect(found && hostNamesOf(found.lab).at(-1)).toBe(id);
      expect((await expected.outcome).labVersion).toBe(found?.version);
    }
    expect(problems).toEqual([]);
    await Promise.all([tail.stop(), outcomes.stop(), wakeUps.close()]);
  });
});

test.each([
  'insert into log.commit select * from log.commit limit 1',
  "update log.lab_head set name = ''",
  'delete from log.command_outcome',
  'delete from log.snapshot',
  'update log.writer_partition set epoch = 9',
  'update log.installation set partitions = 3',
  'select log.record_partitions(3)',
  "select log.advance_relay(0, 1, 'commits', 0, 1)",
  'select from log.relay_cursor',
  'select from log.parked_lab',
  'select from log.blob',
])('a follower may not: %s', async (text) => {
  await asFollower((client) => expect(client.query(text)).rejects.toMatchObject({ code: '42501' }));
});

test.each([
  'update log.installation set log_epoch = gen_random_uuid()',
  'delete from log.relay_cursor',
  'update log.command_outcome set sequence = 1',
])('a writer may not: %s', async (text) => {
  const settings = clientConfig({ ...connection, role: 'netfold_writer' }, 'test');
  await withClient(settings as ConnectionSettings, (client) =>
    expect(client.query(text)).rejects.toMatchObject({ code: '42501' }),
  );
});
