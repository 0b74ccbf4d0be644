import {
  addTallyHost,
  hostNamesOf,
  makeTallyLab,
  MemoryEventLog,
  settled,
  TallyDesk,
} from '@netfold/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Commit } from '@netfold/contracts';
import { followerCommitsMax, FollowerOverflow } from './follower-inbox.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import { commitsPerSnapshot } from './snapshot-store.ts';

const lab = 'lab-00000001';

let log: MemoryEventLog;
let desk: TallyDesk;

beforeEach(async () => {
  log = new MemoryEventLog();
  desk = new TallyDesk(log);
  await desk.writer.start();
  await desk.submit(lab, makeTallyLab());
});

const add = (name: string) => desk.submit(lab, addTallyHost(name));

async function addMany(count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, index) => add(`h${index}`)));
}

/** Follows until so many commits were seen; answers their versions. */
async function follow(of: TallyDesk, after: number, count: number): Promise<readonly number[]> {
  const abort = new AbortController();
  const seen: number[] = [];
  for await (const { labVersion } of of.labs.follow(lab, after, abort.signal)) {
    seen.push(labVersion);
    if (seen.length === count) abort.abort();
  }
  return seen;
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('following a lab', () => {
  it('gives what is in the log, then what comes, each once and in order', async () => {
    await addMany(3);
    const seen = follow(desk, 1, 6);
    await settled();
    await addMany(0);
    for (const name of ['x', 'y', 'z']) await add(name);
    expect(await seen).toEqual(numbers(2, 7));
  });

  it('loses and repeats nothing while commits come during the reading of the log', async () => {
    await addMany(20);
    const readLab = log.readLab.bind(log);
    log.readLab = async function* slow(...of): AsyncGenerator<Commit, void, undefined> {
      for await (const commit of readLab(...of)) {
        if (commit.labVersion % 5 === 0) await add(`during-${commit.labVersion}`);
        yield commit;
      }
    };
    expect(await follow(desk, 0, 25)).toEqual(numbers(1, 25));
  });

  it('goes on over a writer that lost its partition meanwhile', async () => {
    const seen = follow(desk, 0, 4);
    await settled();
    const rival = new TallyDesk(log);
    await rival.writer.start();
    await rival.submit(lab, addTallyHost('theirs'));
    await add('ours');
    await add('last');
    expect(await seen).toEqual([1, 2, 3, 4]);
  });

  it('shows what another writer wrote as soon as that is found out', async () => {
    const seen = follow(desk, 0, 2);
    await settled();
    const rival = new TallyDesk(log);
    await rival.writer.start();
    await rival.submit(lab, addTallyHost('a'));
    const refused = await add('a');
    expect(refused.outcome.kind).toBe('refused');
    expect(await seen).toEqual([1, 2]);
  });

  it('waits while the log does not answer, and goes on where it was', async () => {
    await addMany(3);
    const readLab = log.readLab.bind(log);
    let outages = 2;
    log.readLab = async function* broken(...of): AsyncGenerator<Commit, void, undefined> {
      for await (const commit of readLab(...of)) {
        if (commit.labVersion === 3 && outages-- > 0) throw new StoreUnavailable(null);
        yield commit;
      }
    };
    const seen = follow(desk, 0, 4);
    for (let outage = 0; outage < 2; outage += 1) {
      await settled();
      await desk.time.advance(1_000);
    }
    expect(await seen).toEqual([1, 2, 3, 4]);
    expect(outages).toBe(-1);
  });

  it('cuts a reader off that is too slow, and tells it where to go on', async () => {
    const abort = new AbortController();
    const reader = desk.labs.follow(lab, 0, abort.signal)[Symbol.asyncIterator]();
    expect((await reader.next()).value?.labVersion).toBe(1);
    const second = reader.next();
    await settled();
    await addMany(followerCommitsMax + 2);
    expect((await second).value?.labVersion).toBe(2);
    await expect(reader.next()).rejects.toMatchObject({ lastVersion: 2 });
    await expect(reader.next()).resolves.toMatchObject({ done: true });
    expect(new FollowerOverflow(7).lastVersion).toBe(7);
    expect(await follow(desk, 2, followerCommitsMax + 1)).toEqual(
      numbers(3, followerCommitsMax + 3),
    );
  });

  it('ends when it is aborted, also while it waits', async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    const ended = (async () => {
      for await (const commit of desk.labs.follow(lab, 0, abort.signal))
        seen.push(commit.labVersion);
    })();
    await settled();
    abort.abort();
    await ended;
    expect(seen).toEqual([1]);
  });
});

describe('a lab as of a version', () => {
  it('is what it was then, from nothing to the head', async () => {
    for (const name of ['a', 'b']) await add(name);
    await desk.submit(lab, { type: 'RemoveHost', host: 'a' });
    const names = [];
    for (const version of numbers(0, 4)) {
      const at = await desk.labs.at(lab, version);
      names.push(at === null ? null : hostNamesOf(at.lab));
    }
    expect(names).toEqual([[], [], ['a'], ['a', 'b'], ['b']]);
    expect(await desk.labs.at(lab, 5)).toBeNull();
    expect(await desk.labs.at(lab, -1)).toBeNull();
    expect(await desk.labs.at('lab-ffffffff', 0)).toBeNull();
  });
});

describe('waiting for a version', () => {
  it('ends as soon as it is there, at once when it is there already', async () => {
    expect(await desk.labs.waitFor(lab, 1, 1_000)).toBe(true);
    const reached = desk.labs.waitFor(lab, 2, 1_000);
    await settled();
    await add('a');
    expect(await reached).toBe(true);
    expect(desk.time.pending).toBe(0);
  });

  it('gives up after its time', async () => {
    const reached = desk.labs.waitFor(lab, 2, 1_000);
    await desk.time.advance(1_000);
    expect(await reached).toBe(false);
  });
});

describe('reading while a flush is under way', () => {
  it('shows what is committed, never what is only decided', async () => {
    const flush = log.flush.bind(log);
    let flushed = () => {};
    log.flush = async (...of) => {
      const result = await flush(...of);
      await new Promise<void>((resolve) => (flushed = resolve));
      return result;
    };
    const added = add('a');
    await settled();
    const before = await desk.labs.committed(lab);
    expect(before?.version).toBe(1);
    flushed();
    await added;
    expect((await desk.labs.committed(lab))?.version).toBe(2);
  });

  it('of a cold lab waits for no one and misses no commit', async () => {
    const cold = new TallyDesk(log);
    await cold.writer.start();
    const read = cold.labs.committed(lab);
    await cold.submit(lab, addTallyHost('a'));
    expect((await read)?.version).toBeGreaterThanOrEqual(1);
    expect((await cold.labs.committed(lab))?.version).toBe(2);
  });
});

describe('snapshots', () => {
  const fresh = async () => {
    const made = new TallyDesk(log);
    await made.writer.start();
    return made;
  };

  it('shorten the way to a cold lab; the state is the same', async () => {
    await addMany(commitsPerSnapshot + 10);
    await settled();
    const replayed: number[] = [];
    const readLab = log.readLab.bind(log);
    log.readLab = async function* counted(...of): AsyncGenerator<Commit, void, undefined> {
      for await (const commit of readLab(...of)) {
        replayed.push(commit.labVersion);
        yield commit;
      }
    };
    const cold = await fresh();
    expect((await cold.labs.committed(lab))?.lab).toEqual((await desk.labs.committed(lab))?.lab);
    expect(replayed).toEqual(numbers(commitsPerSnapshot + 1, commitsPerSnapshot + 11));
    expect(cold.problems).toEqual([]);
  });

  it('that are damaged are noticed, told and folded anew', async () => {
    await addMany(commitsPerSnapshot + 10);
    await settled();
    log.tamperSnapshot(lab, (text) => text.replace('"h7"', '"h8"'));
    const cold = await fresh();
    expect((await cold.labs.committed(lab))?.lab).toEqual((await desk.labs.committed(lab))?.lab);
    expect(cold.problems).toEqual([expect.stringMatching(/is damaged$/)]);
  });
});

describe('memory', () => {
  it('is bounded: the lab that was used longest ago makes place and is folded again', async () => {
    const small = new TallyDesk(log, { thingsMax: 4 });
    await small.writer.start();
    const labIds = numbers(10, 15).map((number) => `lab-000000${number}`);
    for (const labId of labIds) await small.submit(labId, makeTallyLab());
    expect(labIds.filter((labId) => small.labs.peek(labId) !== undefined)).toEqual(labIds.slice(2));
    expect((await small.labs.committed('lab-00000010'))?.version).toBe(1);
  });
});
