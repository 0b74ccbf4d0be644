import { labModel } from '@netfold/application';
import type { LabModel } from '@netfold/application';
import {
  commitBatch,
  createLab,
  createNetwork,
  ProjectionDesk,
  TestPostgres,
  withClient,
} from '@netfold/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parkedRows, retryParkedNow } from './parked-labs.ts';
import { PostgresProjection } from './postgres-projection.ts';

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
const oops = new Error('oops');

async function expectRebuilt(tablesFilled = 10): Promise<void> {
  const { live, rebuilt } = await desk.hashes();
  expect(live).toEqual(rebuilt);
  expect(live.filter(({ rows }) => rows > 0).length).toBeGreaterThanOrEqual(tablesFilled);
}

describe('a lab that cannot be projected', () => {
  const throwing = (isBroken: () => boolean): LabModel => ({
    ...labModel,
    deltaOf: (change) => {
      if (change.labId === 'lab-00000002' && isBroken()) throw new Error('planted');
      return labModel.deltaOf(change);
    },
  });

  test('is parked with the reason while all others go on, and comes back by itself', async () => {
    await desk.fill('lab-00000001', 2);
    await desk.fill('lab-00000002', 2);
    let isBroken = false;
    const projector = desk.projector(throwing(() => isBroken));
    const first = await desk.carried();
    await projector.apply(commitBatch(first.slice(0, -3)), never);
    isBroken = true;
    const applied = await projector.apply(commitBatch(first), never);
    expect(applied).toMatchObject({ position: first.length, parked: ['lab-00000002'] });
    await desk.submit('lab-00000002', createNetwork('meanwhile'));
    await desk.submit('lab-00000001', createNetwork('meanwhile'));
    await projector.apply(commitBatch(await desk.carried()), never);
    const [parked] = await parkedRows(desk.pool);
    expect(parked).toMatchObject({ labId: 'lab-00000002', partition: 0, failures: 1 });
    expect(parked?.reason).toMatch(/^Error: planted/);
    const other = await desk.tables.open('local', 'lab-00000001');
    expect(await other?.count('network', { name: 'meanwhile' })).toBe(1);
    await other?.close();

    expect(await projector.retryParked()).toEqual([]);
    isBroken = false;
    await withClient(desk.owner, (client) =>
      client.query('update projection.parked_lab set retry_at = clock_timestamp()'),
    );
    const head = await desk.log.findLab('lab-00000002');
    expect(await projector.retryParked()).toEqual([
      { labId: 'lab-00000002', version: head?.version },
    ]);
    expect(await parkedRows(desk.pool)).toEqual([]);
    await expectRebuilt();
    await desk.submit('lab-00000002', createNetwork('afterwards'));
    await projector.apply(commitBatch(await desk.carried()), never);
    await expectRebuilt();
  });

  test('comes back before its time when somebody asks for it', async () => {
    const labId = 'lab-00000002';
    await desk.fill(labId, 2);
    let isBroken = true;
    const model = throwing(() => isBroken);
    const projector = desk.projector(model);
    await projector.apply(commitBatch(await desk.carried()), never);
    expect(await parkedRows(desk.pool)).toMatchObject([{ labId, failures: 1 }]);
    expect(await projector.countParked()).toBe(1);
    const parts = { source: desk.source, model };
    const broken = { ...parts, source: { ...desk.source, findLab: () => Promise.reject(oops) } };
    expect(await retryParkedNow(desk.pool, broken)).toEqual([{ labId, version: null }]);
    expect(await parkedRows(desk.pool)).toMatchObject([
      { failures: 2, reason: expect.stringMatching(/^Error: oops/) },
    ]);
    isBroken = false;
    const head = await desk.log.findLab(labId);
    expect(await retryParkedNow(desk.pool, parts)).toEqual([{ labId, version: head?.version }]);
    expect([await parkedRows(desk.pool), await projector.countParked()]).toEqual([[], 0]);
    await expectRebuilt();
    await desk.submit(labId, createNetwork('afterwards'));
    await projector.apply(commitBatch(await desk.carried()), never);
    await expectRebuilt();
  });

  test('comes back with what was passed over while it was folded', async () => {
    const labId = 'lab-00000001';
    await desk.fill(labId, 1);
    await desk.projector().apply(commitBatch(await desk.carried()), never);
    await desk.pool.query(
      'insert into projection.parked_lab (lab_id, partition, reason, retry_at)' +
        " values ($1, 0, 'planted', clock_timestamp())",
      [labId],
    );
    let questions = 0;
    const findLab = async (asked: string): ReturnType<typeof desk.source.findLab> => {
      const head = await desk.source.findLab(asked);
      questions += 1;
      if (questions > 1) return head;
      await desk.submit(labId, createNetwork('meanwhile'));
      await desk.projector().apply(commitBatch(await desk.carried()), never);
      return head;
    };
    const retrying = new PostgresProjection({
      pool: desk.pool,
      source: { ...desk.source, findLab },
      model: labModel,
      onProblem: () => {},
    });
    const commits = await desk.carried();
    expect(await retrying.retryParked()).toEqual([{ labId, version: commits.length + 1 }]);
    expect(questions).toBe(2);
    await expectRebuilt();
  });

  test('stays parked, each time for longer, while it cannot be rebuilt either', async () => {
    await desk.fill('lab-00000001', 1);
    await desk.submit('lab-00000002', createLab('h1'));
    await withClient(desk.logOwner, (client) =>
      client.query(
        'update log.commit set events = \'[{"type":"HostPainted","data":{"host":"h1"}}]\'' +
          " where lab_id = 'lab-00000002'",
      ),
    );
    const projector = desk.projector();
    const applied = await projector.apply(commitBatch(await desk.carried()), never);
    expect(applied.parked).toEqual(['lab-00000002']);
    const due = (): Promise<unknown> =>
      withClient(desk.owner, (client) =>
        client.query('update projection.parked_lab set retry_at = clock_timestamp()'),
      );
    for (const failures of [2, 3]) {
      await due();
      expect(await projector.retryParked()).toEqual([{ labId: 'lab-00000002', version: null }]);
      const [parked] = await parkedRows(desk.pool);
      expect(parked).toMatchObject({ labId: 'lab-00000002', failures });
      expect(parked?.reason).toMatch(/unknown event type `HostPainted`/);
    }
    const waits = await desk.pool.query<{ seconds: number }>(
      'select extract(epoch from retry_at - clock_timestamp())::float8 as seconds' +
        ' from projection.parked_lab',
    );
    expect(waits.rows[0]?.seconds).toBeGreaterThan(4);
  });

  test('of a newer schema is parked, too', async () => {
    await desk.fill('lab-00000001', 1);
    const commits = await desk.carried();
    const newer = commits.map((commit) => ({ ...commit, schemaVersion: 99 }));
    const applied = await desk.projector().apply(commitBatch(newer), never);
    expect(applied.parked).toEqual(['lab-00000001']);
    expect((await parkedRows(desk.pool))[0]?.reason).toMatch(/schema version 99/);
  });

  test('because the database refuses its rows is parked alone', async () => {
    await desk.fill('lab-00000001', 1);
    await desk.fill('lab-00000002', 1);
    const model: LabModel = {
      ...labModel,
      deltaOf: (change) =>
        labModel.deltaOf(change).map((each) => {
          if (change.labId !== 'lab-00000002' || each.table !== 'network') return each;
          return { ...each, row: { ...each.row, createdAt: 1.5 } };
        }),
    };
    const applied = await desk.projector(model).apply(commitBatch(await desk.carried()), never);
    expect(applied.parked).toEqual(['lab-00000002']);
    const listed = await desk.tables.labs('local', { first: 10, after: null });
    expect(listed.rows.map(({ labId }) => labId)).toEqual(['lab-00000001']);
  });
});
