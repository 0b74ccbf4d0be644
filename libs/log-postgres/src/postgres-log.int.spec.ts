import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asError, CommandFailure, verifyLog } from '@netfold/application';
import type { CommandResult, FlushEntry, FlushResult, WriterClaim } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import {
  addTallyHost,
  CuttingProxy,
  hostNamesOf,
  makeTallyLab,
  requestOf,
  TallyDesk,
  TestPostgres,
  withClient,
} from '@netfold/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnectionSettings } from './connection/connection-settings.ts';
import { PostgresLog } from './postgres-log.ts';
import { WakeUpListener } from './wake-ups.ts';

const lab = 'lab-00000001';
const other = 'lab-00000002';

let postgres: TestPostgres;
let connection: ConnectionSettings & { readonly database: string };
let desk: TallyDesk;
const logs: PostgresLog[] = [];

beforeAll(async () => {
  postgres = await TestPostgres.start();
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  connection = await postgres.logDatabase();
  desk = await newDesk();
});
afterEach(async () => {
  await Promise.all(logs.splice(0).map((log) => log.close()));
});

/** A log as the writer's role has it, without read models. */
function newLog(to: ConnectionSettings = connection): PostgresLog {
  const log = new PostgresLog({
    connection: { ...to, role: 'netfold_writer' },
    changesOf: null,
  });
  logs.push(log);
  return log;
}

async function newDesk(log = newLog()): Promise<TallyDesk> {
  const made = TallyDesk.onStore(log);
  await made.writer.start();
  return made;
}

const sql = (text: string, values: unknown[] = []) =>
  withClient(connection as never, async (client) => (await client.query(text, values)).rows);

const codeOf = ({ outcome }: CommandResult) =>
  outcome.kind === 'refused' ? outcome.refusal.code : 'accepted';

const codeOfFailure = (failure: Error): unknown =>
  failure instanceof CommandFailure ? failure.code : failure;

const positions = async () =>
  (await sql('select position::integer as p from log.commit order by 1')).map(
    ({ p }) => p as number,
  );

const numbersTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

async function hostsOf(of: TallyDesk, labId: LabId = lab): Promise<readonly string[]> {
  const committed = await of.labs.committed(labId);
  return committed === null ? [] : hostNamesOf(committed.lab);
}

describe('a flush', () => {
  it('writes commits, outcomes and heads; a fresh process folds the same lab', async () => {
    await desk.submit(lab, makeTallyLab());
    const results = await Promise.all(
      ['a', 'b', 'a'].map((name) => desk.submit(lab, addTallyHost(name))),
    );
    expect(results.map(codeOf)).toEqual(['accepted', 'accepted', 'HostExists']);
    expect(results.map(({ position }) => position)).toEqual([2, 3, null]);
    expect(await hostsOf(await newDesk())).toEqual(['a', 'b']);
    expect(await sql('select count(*)::integer as n from log.command_outcome')).toEqual([{ n: 4 }]);
  });

  it('keeps texts byte for byte: quotes, NUL escapes, lone surrogates, other scripts', async () => {
    const name = `"\\'\u0000\ud800 ✓ 網路`;
    const typed = `echo "\u0000"`;
    await desk.submit(lab, makeTallyLab());
    const result = await desk.submit(lab, addTallyHost(name), { commandText: typed });
    expect(codeOf(result)).toBe('accepted');
    expect(await hostsOf(await newDesk())).toEqual([name]);
    expect((await verifyLog(newLog())).problemsFound).toBe(0);
  });

  it('gives gapless positions to many callers at once', async () => {
    const callers = Array.from({ length: 16 }, async (_, caller) => {
      const labId = `lab-000001${caller.toString(16).padStart(2, '0')}`;
      await desk.submit(labId, makeTallyLab());
      for (let turn = 0; turn < 20; turn += 1) await desk.submit(labId, addTallyHost(`h${turn}`));
    });
    await Promise.all(callers);
    expect(await positions()).toEqual(numbersTo(16 * 21));
    expect((await verifyLog(newLog())).problems).toEqual([]);
  });

  it('of a repeated command answers as first, also after another process', async () => {
    await desk.submit(lab, makeTallyLab());
    const request = requestOf(lab, addTallyHost('a'));
    const first = await desk.writer.submit(request);
    const later = await newDesk();
    const [fresh, again, next] = await Promise.all([
      later.submit(other, makeTallyLab()),
      later.writer.submit(request),
      later.submit(lab, addTallyHost('b')),
    ]);
    expect(codeOf(fresh)).toBe('accepted');
    expect(again).toEqual({ ...first, effects: [], isRepeat: true });
    expect(JSON.stringify(again.outcome)).toBe(JSON.stringify(first.outcome));
    expect(next.labVersion).toBe(3);
    const reused = { ...request, body: addTallyHost('z') };
    expect(codeOf(await (await newDesk()).writer.submit(reused))).toBe('IdempotencyKeyReused');
  });

  it('of a writer that another one has replaced writes nothing', async () => {
    await desk.submit(lab, makeTallyLab());
    const rival = await newDesk();
    await rival.submit(lab, addTallyHost('a'));
    const result = await desk.submit(lab, addTallyHost('a'));
    expect(codeOf(result)).toBe('HostExists');
    expect(await positions()).toEqual([1, 2]);
  });

  it('on a lab that is not as the writer thinks is stale, and decided again', async () => {
    await desk.submit(lab, makeTallyLab());
    const later = await newDesk();
    expect(codeOf(await later.submit(lab, makeTallyLab()))).toBe('LabExists');
  });
});

describe('an outcome that is unknown', () => {
  it.each(['before', 'after'] as const)(
    'cut %s the commit: each command is in the log once',
    async (cut) => {
      const folder = mkdtempSync(join(tmpdir(), 'netfold-proxy-'));
      const { host = '', port = 0 } = connection;
      const proxy = await CuttingProxy.start({ host, port, folder, mark: 'log.flush' });
      const cutDesk = await newDesk(newLog({ ...connection, host: proxy.host }));
      await cutDesk.submit(lab, makeTallyLab());
      for (let turn = 0; turn < 20; turn += 1) {
        proxy.cuts.push(cut);
        const names = [`x${turn}`, `y${turn}`];
        const results = await Promise.all(
          names.map((name) => cutDesk.submit(lab, addTallyHost(name))),
        );
        expect(results.map(codeOf)).toEqual(['accepted', 'accepted']);
      }
      expect(proxy.cutsMade).toBe(20);
      expect(await hostsOf(cutDesk)).toHaveLength(40);
      expect(await positions()).toEqual(numbersTo(41));
      expect((await verifyLog(newLog())).problems).toEqual([]);
      await proxy.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  );
});

describe('a server that is killed', { timeout: 60_000 }, () => {
  /** Repeats a command for which its server was away too long, as the answer asks for. */
  async function submitted(request: ReturnType<typeof requestOf>): Promise<void> {
    for (;;) {
      const failure = await desk.writer.submit(request).then(() => null, asError);
      if (failure === null) return;
      expect(['LogUnavailable', 'OutcomeUnknown']).toContain(codeOfFailure(failure));
    }
  }

  it('under load loses nothing acknowledged, and the writer goes on by itself', async () => {
    const acknowledged: string[] = [];
    const load = { isRunning: true };
    const callers = Array.from({ length: 8 }, async (_, caller) => {
      const labId = `lab-0000000${caller}`;
      await submitted(requestOf(labId, makeTallyLab()));
      for (let turn = 0; load.isRunning; turn += 1) {
        const request = requestOf(labId, addTallyHost(`h${turn}`));
        await submitted(request);
        acknowledged.push(request.id);
      }
    });
    for (let kill = 0; kill < 2; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await postgres.crash();
    }
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(100), 30_000);
    load.isRunning = false;
    await Promise.all(callers);
    const rows = await sql('select command_id from log.commit');
    const written = new Set(rows.map((row) => row['command_id'] as string));
    expect(written.size).toBe(rows.length);
    expect(acknowledged.filter((id) => !written.has(id))).toEqual([]);
    expect((await verifyLog(newLog())).problems).toEqual([]);
  });
});

describe('a command that the database refuses', () => {
  it('fails alone: the others of its flush are carried out', async () => {
    await sql("alter table log.commit add check (command_id <> 'poison')");
    await desk.submit(lab, makeTallyLab());
    await desk.submit(other, makeTallyLab());
    const names = Array.from({ length: 20 }, (_, index) => `h${index}`);
    const ended = await Promise.allSettled([
      ...names.map((name) => desk.submit(lab, addTallyHost(name))),
      desk.submit(other, addTallyHost('bad'), { id: 'poison' }),
      desk.submit(other, addTallyHost('good')),
    ]);
    expect(ended[20]).toMatchObject({ status: 'rejected', reason: { code: 'CommandBroken' } });
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(21);
    expect(await hostsOf(desk, other)).toEqual(['good']);
    expect(await hostsOf(desk)).toEqual(names);
    expect((await verifyLog(newLog())).problems).toEqual([]);
  });
});

describe('following a lab', { timeout: 60_000 }, () => {
  it('gives each commit once, from the log and then live, also over a crash', async () => {
    await desk.submit(lab, makeTallyLab());
    for (const name of ['a', 'b']) await desk.submit(lab, addTallyHost(name));
    const abort = new AbortController();
    const seen: number[] = [];
    const followed = (async () => {
      for await (const commit of desk.labs.follow(lab, 1, abort.signal)) {
        seen.push(commit.labVersion);
        if (commit.labVersion === 33) abort.abort();
      }
    })();
    for (let turn = 0; turn < 30; turn += 1) {
      if (turn === 15) await postgres.crash();
      await desk.submit(lab, addTallyHost(`h${turn}`));
    }
    await followed;
    expect(seen).toEqual(numbersTo(33).slice(1));
  });
});

describe('wake-ups', () => {
  it('tell another process soon after a flush', async () => {
    let heard = 0;
    const listener = new WakeUpListener(
      { ...connection, role: 'netfold_writer' },
      () => (heard += 1),
    );
    await listener.start();
    expect(heard).toBe(1);
    const log = new PostgresLog({
      connection: { ...connection, role: 'netfold_writer' },
      changesOf: null,
      sendsWakeUps: true,
    });
    logs.push(log);
    await (await newDesk(log)).submit(lab, makeTallyLab());
    await vi.waitFor(() => expect(heard).toBe(2));
    const names = Array.from({ length: 30 }, (_, index) => `h${index}`);
    const busy = await newDesk(log);
    const begunAt = performance.now();
    for (const name of names) await busy.submit(lab, addTallyHost(name));
    const pauses = Math.ceil((performance.now() - begunAt) / 20);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard).toBeGreaterThanOrEqual(3);
    expect(heard).toBeLessThanOrEqual(2 + pauses + 2);
    await listener.close();
  });
});

describe('an audit', () => {
  it('finds a single flipped byte, whatever column it stands in', async () => {
    await desk.submit(lab, makeTallyLab());
    await desk.submit(lab, addTallyHost('a'));
    const log = newLog();
    expect(await verifyLog(log)).toMatchObject({ commits: 2, labs: 1, problemsFound: 0 });
    const replaceInSecond =
      'update log.commit set events = replace(events::text, $1, $2)::json where position = 2';
    await sql(replaceInSecond, ['"a"', '"b"']);
    expect((await verifyLog(log)).problems).toMatchObject([
      { kind: 'hash', position: 2, labId: lab },
    ]);
    await sql(replaceInSecond, ['"b"', '"a"']);
    await sql("update log.commit set actor_id = 'nobody' where position = 1");
    expect((await verifyLog(log)).problems).toMatchObject([{ kind: 'hash', position: 1 }]);
  });

  it('finds missing commits, wrong heads, and outcomes without their commit', async () => {
    await desk.submit(lab, makeTallyLab());
    for (const name of ['a', 'b', 'c']) await desk.submit(lab, addTallyHost(name));
    await sql('delete from log.commit where position = 4');
    const kinds = (await verifyLog(newLog())).problems.map(({ kind }) => kind);
    expect(kinds).toEqual(['position', 'head', 'outcome']);
    await sql('delete from log.commit where position = 2');
    expect((await verifyLog(newLog())).problems.map(({ kind }) => kind)).toContain('version');
  });
});

describe('snapshots', () => {
  it('are found by version and build, and only some are kept', async () => {
    const log = newLog();
    const snapshot = (version: number, codeVersion = 'x') => ({
      labId: lab,
      tenantId: 'local',
      version,
      labTime: 5,
      lastHash: 'ab'.repeat(32),
      codeVersion,
      state: {
        nul: '\0',
        version,
      },
      stateHash: 'cd'.repeat(32),
    });
    await log.saveSnapshot(snapshot(1, 'older'));
    for (const version of numbersTo(10)) await log.saveSnapshot(snapshot(version * 10));
    expect(await log.findSnapshot(lab, 95, 'x')).toEqual(snapshot(90));
    expect(await log.findSnapshot(lab, 1_000, 'y')).toBeNull();
    expect(await log.findSnapshot(lab, 1, 'older')).toBeNull();
    expect(await sql('select count(*)::integer as n from log.snapshot')).toEqual([{ n: 8 }]);
  });
});

describe('a claim', () => {
  it('waits for a flush that is still under way, which then is the last', async () => {
    const log = newLog();
    const claim = await log.claim(7);
    const entries: FlushEntry[] = [];
    const [held, freed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = withClient(connection as never, async (client) => {
      await client.query('begin');
      await client.query('update log.writer_partition set head = head where partition = 7');
      held.resolve();
      await freed.promise;
      await client.query('commit');
    });
    await held.promise;
    let isClaimed = false;
    const claiming = newLog()
      .claim(7)
      .then((claimed): WriterClaim => {
        isClaimed = true;
        return claimed;
      });
    const waiting = "select from pg_stat_activity where wait_event_type = 'Lock'";
    await vi.waitFor(async () => expect(await sql(waiting)).toHaveLength(1), 10_000);
    expect(isClaimed).toBe(false);
    freed.resolve();
    await slow;
    const second = await claiming;
    expect(second.epoch).toBe(claim.epoch + 1);
    const fenced: FlushResult = await log.flush(claim, entries);
    expect(fenced).toEqual({ kind: 'fenced' });
  });
});
