import {
  addTallyHost,
  hostNamesOf,
  makeTallyLab,
  MemoryEventLog,
  requestOf,
  settled,
  TallyDesk,
} from '@netfold/testkit';
import type { FlushFault } from '@netfold/testkit';
import { expect, it } from 'vitest';
import { verifyLog } from '../audit/verify-log.ts';
import type { CommandRequest, CommandResult } from '../command-request.ts';

/** More in a nightly run. */
const seeds = Number(process.env['NETFOLD_WRITER_SEEDS'] ?? 150);
const commandsPerSeed = 80;
const seedMsMax = 2_000;
const labIds = ['lab-00000001', 'lab-00000002', 'lab-00000003'];
const names = ['a', 'b', 'c', 'd'];

/** A small generator with a seed (mulberry32): the same seed, the same run. */
function draws(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const of = <T>(draw: (below: number) => number, values: readonly T[]): T =>
  values.at(draw(values.length)) as T;

type Seen = { readonly labId: string; readonly labVersion: number; readonly hash: string };
type Ended = { readonly request: CommandRequest; readonly result: CommandResult };

it(
  `over ${seeds} seeds with faults, every answer is in the log once and as it was given`,
  async () => {
    const faultsSeen = new Map<string, number>();
    for (let seed = 1; seed <= seeds; seed += 1) {
      const log = new MemoryEventLog();
      log.turns = seed % 4;
      const { ended, seen } = await run(log, draws(seed), faultsSeen);
      await check(log, ended, seen).catch((cause: unknown) => {
        throw new Error(`seed ${seed}`, { cause });
      });
    }
    expect([...faultsSeen.keys()].toSorted()).toEqual(
      ['fence', 'lostAfter', 'lostBefore', 'reject', 'unavailable'].toSorted(),
    );
  },
  seeds * seedMsMax,
);

async function run(
  log: MemoryEventLog,
  draw: (below: number) => number,
  faultsSeen: Map<string, number>,
): Promise<{ readonly ended: readonly Ended[]; readonly seen: readonly Seen[] }> {
  const desk = new TallyDesk(log);
  const rival = new TallyDesk(log, { time: desk.time });
  await desk.writer.start();
  for (const labId of labIds) await desk.submit(labId, makeTallyLab());
  const ended: Ended[] = [];
  const seen: Seen[] = [];
  const abort = new AbortController();
  const followers = labIds.map(async (labId) => {
    for await (const commit of desk.labs.follow(labId, 0, abort.signal)) seen.push(commit);
  });
  const requests: CommandRequest[] = [];
  const waiting: Promise<void>[] = [];
  for (let turn = 0; turn < commandsPerSeed; turn += 1) {
    if (draw(6) === 0) plant(log, draw, faultsSeen, requests);
    const request = nextRequest(draw, requests);
    requests.push(request);
    const writer = draw(12) === 0 ? rival.writer : desk.writer;
    const submitted = writer.submit(request).then(
      (result) => void ended.push({ request, result }),
      // A failure promises nothing; that nothing was done is checked by `check` for all others.
      () => {},
    );
    waiting.push(submitted);
    if (draw(2) === 0) await new Promise((resolve) => setImmediate(resolve));
    if (draw(6) === 0) await settled();
    if (draw(8) === 0) await desk.time.advance(100);
  }
  const all = Promise.all(waiting);
  for (let wait = 0; wait < 40; wait += 1) await desk.time.advance(2_000);
  await all;
  log.faults.splice(0);
  // What the rival wrote is not published here; the next command of each lab shows it.
  for (const labId of labIds) await desk.submit(labId, addTallyHost('last'));
  await settled();
  abort.abort();
  await Promise.all(followers);
  return { ended, seen };
}

function nextRequest(
  draw: (below: number) => number,
  earlier: readonly CommandRequest[],
): CommandRequest {
  const repeated = draw(6) === 0 ? earlier[draw(Math.max(earlier.length, 1))] : undefined;
  if (repeated !== undefined) return repeated;
  const host = of(draw, names);
  const body = draw(2) === 0 ? addTallyHost(host) : ({ type: 'RemoveHost', host } as const);
  return requestOf(of(draw, labIds), body);
}

function plant(
  log: MemoryEventLog,
  draw: (below: number) => number,
  seen: Map<string, number>,
  requests: readonly CommandRequest[],
): void {
  const faults: readonly FlushFault[] = [
    { kind: 'lostBefore' },
    { kind: 'lostAfter' },
    { kind: 'unavailable' },
    { kind: 'fence' },
    { kind: 'reject', commandId: requests.at(-1)?.id ?? 'none' },
  ];
  const fault = of(draw, faults);
  seen.set(fault.kind, (seen.get(fault.kind) ?? 0) + 1);
  log.faults.push(fault);
}

async function check(
  log: MemoryEventLog,
  ended: readonly Ended[],
  seen: readonly Seen[],
): Promise<void> {
  expect((await verifyLog(log)).problems).toEqual([]);
  for (const { request, result } of ended) {
    const remembered = await log.findOutcome(request.tenantId, request.id);
    expect(remembered?.outcome).toEqual(result.outcome);
    expect(remembered).toMatchObject({ labVersion: result.labVersion, position: result.position });
  }
  const commits = await log.readPartition(0, 0, 10_000);
  expect(new Set(commits.map(({ commandId }) => commandId)).size).toBe(commits.length);
  for (const labId of labIds) {
    const hashes = (all: readonly Seen[]) =>
      all.filter((commit) => commit.labId === labId).map((commit) => commit.hash);
    expect(hashes(seen)).toEqual(hashes(commits));
  }
  for (const { request, result } of ended) checkRefusal(commits, request, result);
  for (const labId of labIds) expect(await foldOf(log, labId)).toEqual(naively(commits, labId));
}

/** A refusal must be right for the facts of the version that it names. */
function checkRefusal(
  commits: Awaited<ReturnType<MemoryEventLog['readPartition']>>,
  { labId, body }: CommandRequest,
  { outcome, labVersion }: CommandResult,
): void {
  if (outcome.kind === 'accepted') return;
  const known = commits.filter((commit) => commit.labVersion <= labVersion);
  const hosts = naively(known, labId);
  if (body.type === 'AddHost') expect(hosts).toContain(body.host.name);
  if (body.type === 'RemoveHost') expect(hosts).not.toContain(body.host);
}

async function foldOf(log: MemoryEventLog, labId: string): Promise<readonly string[]> {
  const fresh = new TallyDesk(log);
  const committed = await fresh.labs.committed(labId);
  return committed === null ? [] : hostNamesOf(committed.lab);
}

/** The hosts of a lab, from its facts alone: none is added twice or removed when absent. */
function naively(
  commits: Awaited<ReturnType<MemoryEventLog['readPartition']>>,
  labId: string,
): readonly string[] {
  const hosts: string[] = [];
  for (const { events } of commits.filter((commit) => commit.labId === labId)) {
    for (const event of events) {
      if (event.type === 'HostAdded') {
        expect(hosts).not.toContain(event.data.host);
        hosts.push(event.data.host);
      }
      if (event.type === 'HostRemoved') {
        expect(hosts).toContain(event.data.host);
        hosts.splice(hosts.indexOf(event.data.host), 1);
      }
    }
  }
  return hosts;
}
