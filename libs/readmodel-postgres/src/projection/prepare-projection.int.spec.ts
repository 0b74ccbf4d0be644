import { ProjectionOutdated, labModel } from '@netfold/application';
import {
  commitBatch,
  createLab,
  createNetwork,
  ProjectionDesk,
  removeNetwork,
  TestPostgres,
  withClient,
} from '@netfold/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parkedRows } from './parked-labs.ts';
import { rebuildProjection } from './prepare-projection.ts';

let postgres: TestPostgres;
let desk: ProjectionDesk;
beforeAll(async () => {
  postgres = await TestPostgres.start();
}, 60_000);
afterAll(() => postgres.stop());
beforeEach(async () => {
  desk = await ProjectionDesk.open(postgres);
});
afterEach(() => desk.close());

const never = new AbortController().signal;

async function expectRebuilt(tablesFilled = 10): Promise<void> {
  const { live, rebuilt } = await desk.hashes();
  expect(live).toEqual(rebuilt);
  expect(live.filter(({ rows }) => rows > 0).length).toBeGreaterThanOrEqual(tablesFilled);
}

describe('another log', () => {
  test('records of another log are dropped while the log is the one of the tables', async () => {
    await desk.fill('lab-00000001', 1);
    const commits = await desk.carried();
    const foreign = commits.map((commit) => ({ ...commit, logEpoch: 'another' }));
    const applied = await desk.projector().apply(commitBatch(foreign), never);
    expect(applied).toMatchObject({ position: 0, applied: 0, dropped: commits.length });
    expect(desk.problems).toEqual([
      `commits, partition 0: ${commits.length} records of another log were dropped`,
    ]);
  });

  test('a log that was restored makes the tables outdated; the next start rebuilds', async () => {
    await desk.fill('lab-00000001', 1);
    await desk.projector().apply(commitBatch(await desk.carried()), never);
    desk.logEpoch = 'restored';
    await desk.submit('lab-00000001', createNetwork('after'));
    const restored = (await desk.carried()).map((each) => ({ ...each, logEpoch: 'restored' }));
    const batch = commitBatch(restored);
    await expect(desk.projector().apply(batch, never)).rejects.toThrow(ProjectionOutdated);
    expect(await desk.prepare()).toBe('rebuilt');
    expect(await desk.prepare()).toBe('current');
    const { position, nextOffset } = await desk.projector().checkpoint(batch);
    expect([position, nextOffset]).toEqual([restored.length, null]);
    await expectRebuilt();
  });

  test('a topic that is another one is started from the log', async () => {
    await desk.fill('lab-00000001', 2);
    const commits = await desk.carried();
    const projector = desk.projector();
    await projector.apply(commitBatch(commits.slice(0, 4), { nextOffset: 900n }), never);
    const applied = await projector.startFromLog({ topic: 'commits', partition: 0 }, never);
    expect(applied).toMatchObject({ position: commits.length, filled: commits.length - 4 });
    expect(await projector.checkpoint(commitBatch([]))).toEqual({
      nextOffset: 0n,
      position: commits.length,
    });
    await expectRebuilt();
  });
});

describe('the tables', () => {
  test('are rebuilt while commits go on coming', async () => {
    await desk.fill('lab-00000001', 3);
    const projector = desk.projector();
    await projector.apply(commitBatch(await desk.carried()), never);
    const over = new AbortController();
    const parts = { source: desk.source, model: labModel };
    const rebuilding = withClient(desk.owner, (client) =>
      rebuildProjection(client, parts, () => {}),
    ).finally(() => over.abort());
    for (let number = 0; !over.signal.aborted || number < 10; number += 1) {
      // However long it takes: no more of them than address pools.
      if (number > 9) await desk.submit('lab-00000001', removeNetwork(`live-${number - 10}`));
      await desk.submit('lab-00000001', createNetwork(`live-${number}`));
      await projector.apply(commitBatch(await desk.carried()), never);
    }
    expect((await rebuilding).labs).toBe(1);
    await expectRebuilt();
  });

  test('are rebuilt without the lab that cannot be folded, which is parked', async () => {
    await desk.fill('lab-00000001', 1);
    await desk.submit('lab-00000002', createLab('h1'));
    await withClient(desk.logOwner, (client) =>
      client.query(
        'update log.commit set events = \'[{"type":"HostPainted","data":{}}]\'' +
          " where lab_id = 'lab-00000002'",
      ),
    );
    const parts = { source: desk.source, model: labModel };
    await withClient(desk.owner, (client) => rebuildProjection(client, parts, () => {}));
    const listed = await desk.tables.labs('local', { first: 10, after: null });
    expect(listed.rows.map(({ labId }) => labId)).toEqual(['lab-00000001']);
    expect(await parkedRows(desk.pool)).toMatchObject([{ labId: 'lab-00000002', partition: 0 }]);
  });

  test('are prepared once when several processes start at the same moment', async () => {
    await withClient(desk.owner, (client) =>
      client.query('drop schema read cascade; drop schema projection cascade'),
    );
    const prepared = await Promise.all([desk.prepare(), desk.prepare(), desk.prepare()]);
    expect(prepared.toSorted()).toEqual(['created', 'current', 'current']);
  });

  test('are read by the reader role, of its tenant only, with the position', async () => {
    await desk.fill('lab-00000001', 1);
    expect(await desk.positions.projectedPosition(0)).toBe(0);
    const commits = await desk.carried();
    await desk.projector().apply(commitBatch(commits), never);
    expect(await desk.positions.projectedPosition(0)).toBe(commits.length);
    const reader = await desk.tables.open('local', 'lab-00000001');
    expect(reader?.version).toBe(commits.length);
    expect(await reader?.count('container', {})).toBe(1);
    await reader?.close();
    expect(await desk.tables.open('other', 'lab-00000001')).toBeNull();
    await expect(desk.readers.query('select from projection.parked_lab')).rejects.toThrow(
      /permission denied/,
    );
  });

  test('of another shape are not written; the next start rebuilds', async () => {
    await desk.fill('lab-00000001', 1);
    await withClient(desk.owner, (client) => client.query("update read.shape set digest = 'old'"));
    const batch = commitBatch(await desk.carried());
    await expect(desk.projector().apply(batch, never)).rejects.toThrow(ProjectionOutdated);
    expect(await desk.prepare()).toBe('rebuilt');
    await desk.projector().apply(batch, never);
    await expectRebuilt();
  });
});
