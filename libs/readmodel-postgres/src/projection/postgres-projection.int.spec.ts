import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreUnavailable, labModel } from '@netfold/application';
import type { CarriedCommit } from '@netfold/application';
import {
  commitBatch,
  createLab,
  createNetwork,
  CuttingProxy,
  poolAs,
  ProjectionDesk,
  TestPostgres,
} from '@netfold/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

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

/** The same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

describe('what the distribution log does to commits does no harm', () => {
  test('commits in order are applied once each and give the rows of a rebuild', async () => {
    await desk.fill('lab-00000001', 4);
    await desk.fill('lab-00000002', 2);
    const commits = await desk.carried();
    const applied = await desk.projector().apply(commitBatch(commits), never);
    const count = commits.length;
    expect(applied).toEqual({ position: count, applied: count, filled: 0, dropped: 0, parked: [] });
    await expectRebuilt();
  });

  test.each([1, 2, 3])(
    'repeated, lost, out of order, in batches of any size: seed %i',
    async (seed) => {
      const random = randomOf(seed);
      const labs = ['lab-00000001', 'lab-00000002', 'lab-00000003'];
      await Promise.all(labs.map((labId, index) => desk.fill(labId, 2 + index)));
      const commits = await desk.carried();
      const left = commits.filter(() => random() < 0.7);
      const delivered = shuffled([...left, ...left.filter(() => random() < 0.3)], random);
      const projectors = [desk.projector(), desk.projector()];
      let filled = 0;
      let dropped = 0;
      while (delivered.length > 0) {
        const batch = commitBatch([...delivered].splice(0, 1 + Math.trunc(random() * 9)));
        (delivered as CarriedCommit[]).splice(0, batch.commits.length);
        const projector = projectors[random() < 0.5 ? 0 : 1];
        const applied = await projector?.apply(batch, never);
        filled += applied?.filled ?? 0;
        dropped += applied?.dropped ?? 0;
      }
      const { logEpoch = '', position = 0 } = commits.at(-1) ?? {};
      const watermarks = [{ position, logEpoch }];
      const last = await desk.projector().apply(commitBatch([], { watermarks }), never);
      expect(last.position).toBe(commits.length);
      expect(filled).toBeGreaterThan(0);
      expect(dropped).toBeGreaterThan(0);
      await expectRebuilt();
    },
  );

  test('commits that only a watermark tells of are read from the log', async () => {
    await desk.fill('lab-00000001', 2);
    const commits = await desk.carried();
    const { logEpoch = '', position = 0 } = commits.at(-1) ?? {};
    const batch = commitBatch([], { watermarks: [{ position, logEpoch }] });
    const applied = await desk.projector().apply(batch, never);
    expect(applied).toMatchObject({ position, applied: position, filled: position });
    await expectRebuilt();
  });

  test('a topic that lost its beginning leaves nothing out, over many pages', async () => {
    await desk.submit('lab-00000001', createLab('h1'));
    for (let number = 0; number < 255; number += 1) {
      await desk.submit('lab-00000001', createNetwork(`n${number % 20}`));
      const remove = { type: 'RemoveNetwork', host: 'h1', network: `n${number % 20}` } as const;
      await desk.submit('lab-00000001', remove);
    }
    await desk.submit('lab-00000001', createNetwork('last'));
    const commits = await desk.carried();
    const applied = await desk.projector().apply(commitBatch(commits.slice(-1)), never);
    expect(applied).toMatchObject({ position: 512, filled: 511, dropped: 0 });
    await expectRebuilt(5);
  }, 60_000);

  test('records beyond the end of the log are not believed', async () => {
    await desk.fill('lab-00000001', 1);
    const commits = await desk.carried();
    const [last] = commits.slice(-1) as [CarriedCommit];
    const invented = { ...last, position: last.position + 10, labVersion: last.labVersion + 10 };
    const applied = await desk.projector().apply(commitBatch([...commits, invented]), never);
    expect(applied.position).toBe(commits.length);
    expect(desk.problems).toEqual([
      `commits, partition 0: the log ends at position ${commits.length}`,
    ]);
    await expectRebuilt();
  });

  test('a commit that does not follow by its hash is replaced by the one of the log', async () => {
    await desk.fill('lab-00000001', 2);
    const commits = await desk.carried();
    const lies = commits.map((commit) =>
      commit.labVersion === 3 ? { ...commit, previousHash: 'ff', events: [] } : commit,
    );
    const applied = await desk.projector().apply(commitBatch(lies), never);
    expect(applied).toMatchObject({ position: commits.length, parked: [] });
    await expectRebuilt();
  });

  test('a removed lab disappears', async () => {
    await desk.fill('lab-00000001', 2);
    await desk.fill('lab-00000002', 1);
    const projector = desk.projector();
    await projector.apply(commitBatch(await desk.carried()), never);
    await desk.submit('lab-00000001', { type: 'RemoveLab' });
    await projector.apply(commitBatch(await desk.carried()), never);
    const listed = await desk.tables.labs('local', { first: 10, after: null });
    expect(listed.rows.map(({ labId }) => labId)).toEqual(['lab-00000002']);
    await expectRebuilt();
  });
});

describe('several processes and broken ones', () => {
  test('two projectors at once on one partition apply each commit once', async () => {
    await desk.fill('lab-00000001', 4);
    await desk.fill('lab-00000002', 4);
    const commits = await desk.carried();
    const applied = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => {
        const projector = desk.projector();
        const size = 3 + index;
        let sum = 0;
        for (let at = 0; at < commits.length; at += size) {
          const part = commits.slice(at, at + size);
          const nextOffset = BigInt(at + size);
          sum += (await projector.apply(commitBatch(part, { nextOffset }), never)).applied;
        }
        return sum;
      }),
    );
    expect(applied.reduce((sum, each) => sum + each, 0)).toBe(commits.length);
    const { nextOffset } = await desk.projector().checkpoint(commitBatch([]));
    expect(nextOffset).toBe(BigInt(Math.max(...[3, 4, 5, 6].map((size) => upTo(commits, size)))));
    await expectRebuilt();
  });

  const upTo = (commits: readonly unknown[], size: number): number =>
    Math.ceil(commits.length / size) * size;

  test.each([
    ['before', 'projection_write'],
    ['after', 'projection_write'],
  ] as const)(
    'a connection that is cut %s its `%s` leaves all or nothing of a batch',
    async (cut, mark) => {
      await desk.fill('lab-00000001', 6);
      const commits = await desk.carried();
      const { host, port } = desk.owner;
      const folder = mkdtempSync(join(tmpdir(), 'netfold-cut-'));
      const proxy = await CuttingProxy.start({ host, port, folder, mark });
      const pool = poolAs({ ...desk.owner, host: proxy.host }, 'netfold_writer');
      const projector = desk.projector(labModel, pool);
      let failures = 0;
      for (let at = 0; at < commits.length;) {
        const isCut = at % 2 === failures % 2;
        if (isCut) proxy.cuts.push(cut);
        const batch = commitBatch(commits.slice(at, at + 3), { nextOffset: BigInt(at + 3) });
        try {
          await projector.apply(batch, never);
          at += 3;
        } catch (error) {
          expect(error).toBeInstanceOf(StoreUnavailable);
          failures += 1;
        }
      }
      expect(failures).toBeGreaterThan(3);
      expect(proxy.cutsMade).toBe(failures);
      expect((await projector.checkpoint(commitBatch([]))).position).toBe(commits.length);
      await pool.end();
      await proxy.stop();
      rmSync(folder, { recursive: true });
      await expectRebuilt();
    },
  );

  test('a handler that has lost the partition stops between two pages', async () => {
    await desk.fill('lab-00000001', 1);
    const aborted = AbortSignal.abort(new Error('the group has changed'));
    const batch = commitBatch(await desk.carried());
    await expect(desk.projector().apply(batch, aborted)).rejects.toThrow('the group has changed');
  });
});
