import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemTimers, verifyLog } from '@netfold/application';
import type { WriterClaim } from '@netfold/application';
import type { ConnectionSettings } from '@netfold/embedded-postgres';
import {
  addTallyHost,
  CuttingProxy,
  makeTallyLab,
  requestOf,
  TallyDesk,
  TestPostgres,
  withClient,
} from '@netfold/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PostgresLog } from '../postgres-log.ts';
import type { PostgresDistribution } from './postgres-distribution.ts';

const lab = 'lab-00000001';
const other = 'lab-00000002';

let postgres: TestPostgres;
let connection: ConnectionSettings;
let log: PostgresLog;
let distribution: PostgresDistribution;
let desk: TallyDesk;
const logs: PostgresLog[] = [];

beforeAll(async () => {
  postgres = await TestPostgres.start();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  connection = await postgres.logDatabase();
  log = newLog();
  ({ distribution } = log);
  desk = await newDesk();
});
afterEach(async () => {
  await Promise.all(logs.splice(0).map((each) => each.close()));
});

function newLog(to: ConnectionSettings = connection): PostgresLog {
  const made = new PostgresLog({
    connection: { ...to, role: 'netfold_writer' },
    changesOf: null,
  });
  logs.push(made);
  return made;
}

async function newDesk(
  of: { readonly log?: PostgresLog; readonly partition?: number; onFenced?: () => void } = {},
): Promise<TallyDesk> {
  const made = new TallyDesk(of.log ?? newLog(), { timers: systemTimers, ...of });
  await made.writer.start();
  return made;
}

const sql = (text: string) =>
  withClient(connection, async (client) => (await client.query(text)).rows);

const submitAs = (of: TallyDesk, id: string, labId = lab) =>
  of.submit(labId, addTallyHost(id), { id }).then(
    ({ outcome }) => outcome.kind,
    (failure: unknown) => (failure as { code: string }).code,
  );

const claimOf = ({ writer }: TallyDesk): WriterClaim => {
  if (writer.claim === null) throw new Error('the partition is not held');
  return writer.claim;
};

const sequencesOf = async (partition = 0) =>
  (await distribution.readOutcomes(partition, 0, 10_000)).map(({ sequence }) => sequence);

const numbersTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('outcomes', () => {
  it('count in the order of their commands, refusals too, each partition for itself', async () => {
    const second = await newDesk({ partition: 3 });
    await desk.submit(lab, makeTallyLab(), { id: 'made' });
    await Promise.all(
      ['a', 'b', 'a'].map((name, index) =>
        desk.submit(lab, addTallyHost(name), { id: `c${index}` }),
      ),
    );
    await second.submit(other, makeTallyLab(), { id: 'other' });
    expect(await distribution.readOutcomes(0, 1, 2)).toMatchObject([
      { partition: 0, sequence: 2, commandId: 'c0', position: 2, outcome: { kind: 'accepted' } },
      { partition: 0, sequence: 3, commandId: 'c1', position: 3, outcome: { kind: 'accepted' } },
    ]);
    expect(await distribution.readOutcomes(0, 3, 2)).toMatchObject([
      { sequence: 4, commandId: 'c2', position: null, outcome: { kind: 'refused' } },
    ]);
    expect(await distribution.readOutcomes(3, 0, 2)).toMatchObject([{ sequence: 1 }]);
    expect(await distribution.readOutcomes(9, 0, 2)).toEqual([]);
    expect(await distribution.heads()).toEqual([
      { partition: 0, head: 3, outcomesHead: 4 },
      { partition: 3, head: 1, outcomesHead: 1 },
    ]);
  });

  it('have no gap after flushes that failed, repeated, were bisected or fenced', async () => {
    await sql("alter table log.commit add check (command_id <> 'poison')");
    await desk.submit(lab, makeTallyLab());
    const ended = await Promise.all(['a', 'b', 'poison', 'c', 'd'].map((id) => submitAs(desk, id)));
    expect(ended).toEqual(['accepted', 'accepted', 'CommandBroken', 'accepted', 'accepted']);
    const rival = await newDesk();
    await Promise.all(['a', 'e', 'd', 'f'].map((id) => submitAs(rival, id)));
    await Promise.all(['g', 'f', 'h'].map((id) => submitAs(desk, id)));
    await Promise.all(['h', 'i'].map((id) => submitAs(rival, id)));
    const commandIds = (await distribution.readOutcomes(0, 1, 100)).map((it) => it.commandId);
    expect(commandIds).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
    expect(await sequencesOf()).toEqual(numbersTo(10));
    expect(await distribution.heads()).toEqual([{ partition: 0, head: 10, outcomesHead: 10 }]);
    expect((await verifyLog(log)).problems).toEqual([]);
  });

  it('with a gap in their numbers are found by an audit', async () => {
    await desk.submit(lab, makeTallyLab());
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => submitAs(desk, id)));
    await sql("update log.command_outcome set sequence = 9 where command_id = 'c'");
    const message = 'partition 0 has 5 outcomes up to 9, its head says 5';
    expect((await verifyLog(log)).problems).toMatchObject([{ kind: 'outcome', message }]);
  });

  it('become visible in order: reading after the last one misses nothing under load', async () => {
    const load = { isRunning: true };
    const writers = Array.from({ length: 8 }, async (_, caller) => {
      const labId = `lab-0000010${caller}`;
      await desk.submit(labId, makeTallyLab());
      for (let turn = 0; turn < 40; turn += 1) await submitAs(desk, `h${caller}-${turn}`, labId);
    });
    const seen: number[] = [];
    const read = async () => {
      const page = await distribution.readOutcomes(0, seen.at(-1) ?? 0, 50);
      seen.push(...page.map(({ sequence }) => sequence));
    };
    const reader = (async () => {
      while (load.isRunning) await read();
    })();
    await Promise.all(writers);
    load.isRunning = false;
    await reader;
    for (let rest = 0; rest < 10; rest += 1) await read();
    expect(seen).toEqual(numbersTo(8 * 41));
  });
});

describe('a writer that takes nothing back', () => {
  it('repairs a lost connection under a new epoch, and stops when it was fenced', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'netfold-proxy-'));
    const { host, port } = connection;
    const proxy = await CuttingProxy.start({ host, port, folder, mark: 'log.flush' });
    let timesFenced = 0;
    const cutDesk = await newDesk({
      log: newLog({ ...connection, host: proxy.host }),
      onFenced: () => (timesFenced += 1),
    });
    await cutDesk.submit(lab, makeTallyLab());
    const { epoch } = claimOf(cutDesk);
    for (const [index, cut] of (['before', 'after', 'after'] as const).entries()) {
      proxy.cuts.push(cut);
      const ended = await Promise.all(
        [`x${index}`, `y${index}`].map((id) => submitAs(cutDesk, id)),
      );
      expect(ended).toEqual(['accepted', 'accepted']);
    }
    expect(claimOf(cutDesk).epoch).toBe(epoch + 3);
    const rival = await newDesk();
    expect(await submitAs(cutDesk, 'late')).toBe('LogUnavailable');
    expect([timesFenced, cutDesk.writer.claim]).toEqual([1, null]);
    expect(await submitAs(rival, 'late')).toBe('accepted');
    expect(await sequencesOf()).toEqual(numbersTo(8));
    await proxy.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('does not get a claim back that another one has', async () => {
    const held = claimOf(desk);
    const own = await log.reclaim(held);
    expect(own).toEqual({ ...held, epoch: held.epoch + 1 });
    expect(await log.reclaim(held)).toBeNull();
  });
});

describe('a lab of another partition', () => {
  it('is not written by a writer that a command went astray to', async () => {
    await desk.submit(lab, makeTallyLab());
    const astray = await newDesk({ partition: 1 });
    const both = Promise.all([submitAs(astray, 'a'), astray.submit(other, makeTallyLab())]);
    expect(await both).toMatchObject(['CommandBroken', { labVersion: 1 }]);
    expect(await submitAs(desk, 'a')).toBe('accepted');
    expect((await verifyLog(log)).problems).toEqual([]);
  });
});

describe('the cursor of a relay', () => {
  it('moves from where it stands, each stream for itself', async () => {
    const claim = claimOf(desk);
    expect(await distribution.position(0, 'commits')).toBe(0);
    expect(await distribution.advance(claim, 'commits', 0, 5)).toBe(true);
    expect(await distribution.advance(claim, 'commits', 0, 7)).toBe(false);
    expect(await distribution.advance(claim, 'commits', 5, 9)).toBe(true);
    expect(await distribution.advance(claim, 'outcomes', 3, 4)).toBe(false);
    expect(await distribution.position(0, 'commits')).toBe(9);
    expect(await distribution.position(0, 'outcomes')).toBe(0);
  });

  it('is not moved under an old epoch, nor without a claim', async () => {
    const old = claimOf(desk);
    await distribution.advance(old, 'commits', 0, 5);
    const rival = await newDesk();
    expect(await distribution.advance(old, 'commits', 5, 6)).toBe(false);
    expect(await distribution.advance({ partition: 9, epoch: 1 }, 'commits', 0, 6)).toBe(false);
    expect(await distribution.advance(claimOf(rival), 'commits', 5, 6)).toBe(true);
  });

  it('stays where it is for who claims next: the claim waits for a move under way', async () => {
    const { epoch } = claimOf(desk);
    const slow = withClient(connection, async (client) => {
      await client.query('begin');
      await client.query("select log.advance_relay(0, $1, 'commits', 0, 5)", [epoch]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await client.query('commit');
      return performance.now();
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    await newLog().claim(0);
    expect(performance.now()).toBeGreaterThanOrEqual(await slow);
    expect(await distribution.position(0, 'commits')).toBe(5);
  });

  it('is moved by one of several that try at once', async () => {
    const claim = claimOf(desk);
    const all = [1, 2, 3, 4].map((to) => distribution.advance(claim, 'outcomes', 0, to));
    expect((await Promise.all(all)).filter((isMoved) => isMoved)).toHaveLength(1);
  });
});

describe('an installation', () => {
  it('keeps the number of partitions that was recorded first', async () => {
    expect(await distribution.count()).toBeNull();
    const recorded = await Promise.all(
      [4, 4, 8].map((count) => newLog().distribution.record(count)),
    );
    expect(new Set(recorded).size).toBe(1);
    expect(await distribution.count()).toBe(recorded[0]);
    expect(await distribution.record(2)).toBe(recorded[0]);
  });

  it.each([0, 1.5, 1_025])('does not take %d partitions', async (count) => {
    await expect(distribution.record(count)).rejects.toThrow(RangeError);
  });

  it('has a log of its own epoch', async () => {
    const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
    expect(await distribution.logEpoch()).toMatch(uuid);
    expect(await log.logEpoch()).toBe(await distribution.logEpoch());
    connection = await postgres.database();
    await expect(newLog().logEpoch()).rejects.toThrow();
  });
});

it('a repeat through another partition’s writer gets the first answer', async () => {
  await desk.submit(lab, makeTallyLab());
  const request = requestOf(lab, addTallyHost('a'));
  const first = await desk.writer.submit(request);
  const second = await newDesk({ partition: 1 });
  expect(await second.writer.submit(request)).toEqual({ ...first, effects: [], isRepeat: true });
  expect(await sequencesOf(1)).toEqual([]);
});
