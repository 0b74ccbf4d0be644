import { labModel } from '@netfold/application';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  AppliedBatch,
  CommitBatch,
  CommitCheckpoint,
  CommitPlace,
  CommitProjection,
  ProjectionSource,
} from '@netfold/application';
import { CommitConsumer, InProcessLog } from '@netfold/log-kafka';
import type { ConnectionSettings, PostgresLog } from '@netfold/log-postgres';
import { PostgresProjection, prepareProjection, tableHashes } from '@netfold/readmodel-postgres';
import { poolAs, TestPostgres } from '@netfold/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLiveLabs, withClient } from './live-labs.ts';
import { playLabs } from './live-play.ts';
import { UnfaithfulRelay } from './unfaithful-relay.ts';
import { seed } from './seed.ts';

const labs = Number(process.env['NETFOLD_SIMULATION_PROJECTED_LABS'] ?? 60);
const minutesMax = 5;
const topic = 'commits';
const group = 'projectors';
/** Two members of the group, and one that believes it still is one. */
const projectors = 2;
const filledTablesMin = 14;

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await TestPostgres.start();
}, 60_000);
afterAll(() => postgres.stop());

/** The same numbers for the same seed. */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Dies now and then between its transaction and the commit of the group, or before both. */
class MortalProjection implements CommitProjection {
  deaths = 0;
  readonly #of: CommitProjection;
  readonly #random: () => number;

  constructor(of: CommitProjection, random: () => number) {
    this.#of = of;
    this.#random = random;
  }

  checkpoint(at: CommitPlace): Promise<CommitCheckpoint> {
    return this.#of.checkpoint(at);
  }

  startFromLog(at: CommitPlace, signal: AbortSignal): Promise<AppliedBatch> {
    return this.#of.startFromLog(at, signal);
  }

  async apply(batch: CommitBatch, signal: AbortSignal): Promise<AppliedBatch> {
    this.#mayDie();
    const applied = await this.#of.apply(batch, signal);
    this.#mayDie();
    return applied;
  }

  #mayDie(): void {
    if (this.#random() > 0.2) return;
    this.deaths += 1;
    throw new Error('planted death');
  }
}

const sourceOf = (log: PostgresLog): ProjectionSource => ({
  findLab: (labId) => log.findLab(labId),
  labs: () => log.labs(),
  readLab: (labId, after, upTo) => log.readLab(labId, after, upTo),
  partitions: () => log.partitions(),
  readStored: (partition, after, limit) => log.readStored(partition, after, limit),
  logEpoch: () => log.distribution.logEpoch(),
});

const hashesOf = (owner: ConnectionSettings): ReturnType<typeof tableHashes> =>
  withClient(owner, (client) => tableHashes(client, 'read'));

test(
  `the projected rows of ${labs} labs are those that their commits wrote, whatever Kafka does`,
  async () => {
    const random = randomOf(seed);
    const logOwner = await postgres.database();
    const owner = await postgres.database();
    const live = await startLiveLabs(logOwner);
    const parts = { source: sourceOf(live.log), model: labModel };
    await withClient(owner, (client) => prepareProjection(client, parts, () => {}));
    const pool = poolAs(owner, 'netfold_writer');
    const problems: string[] = [];
    const project = (): MortalProjection => {
      const onProblem = (problem: string): void => void problems.push(problem);
      return new MortalProjection(new PostgresProjection({ ...parts, pool, onProblem }), random);
    };
    const transport = new InProcessLog();
    await (await transport.admin()).ensureTopic(topic, { partitions: 1 });
    const fatal: Error[] = [];
    const counted = { filled: 0, dropped: 0, applied: 0 };
    const mortals = Array.from({ length: projectors + 1 }, project);
    const consumers = mortals.map(
      (projection, index) =>
        new CommitConsumer({
          transport,
          projection,
          topic,
          // The last one is a group of its own: what a zombie does, all the time.
          group: index < projectors ? group : 'zombies',
          onApplied: (_, { filled, dropped, applied }) => {
            counted.filled += filled;
            counted.dropped += dropped;
            counted.applied += applied;
          },
          onProblem: () => {}, // The planted deaths.
          onFatal: (error) => fatal.push(error),
        }),
    );
    for (const consumer of consumers) await consumer.start();
    const producer = await transport.producer();
    const relay = new UnfaithfulRelay({ log: live.log, producer, topic, random });
    relay.start();
    const rebalancing = setInterval(() => void transport.rebalance(group), 700);
    const played = await playLabs(live, labs, seed);
    await live.stop();
    const head = await relay.finish();
    clearInterval(rebalancing);
    const position = async (): Promise<number> =>
      (await mortals[0]?.checkpoint({ topic, partition: 0 }))?.position ?? 0;
    while ((await position()) < head) await sleep(50);
    for (const consumer of consumers) await consumer.stop();

    const deaths = mortals.reduce((sum, each) => sum + each.deaths, 0);
    const told = { seed, ...played, labIds: labs, head, ...counted, lost: relay.lost.length };
    process.stdout.write(`projected rows: ${JSON.stringify({ ...told, deaths })}\n`);
    const projected = await hashesOf(owner);
    const inline = await hashesOf(logOwner);
    expect([live.problems, problems, fatal]).toEqual([[], [], []]);
    expect(projected, `seed ${seed}`).toEqual(inline);
    const filled = projected.filter(({ rows }) => rows > 0);
    expect(filled.length).toBeGreaterThanOrEqual(filledTablesMin);
    expect(relay.lost.length).toBeGreaterThan(head / 20);
    expect(relay.repeated).toBeGreaterThan(head / 20);
    expect(counted.filled).toBeGreaterThan(0);
    expect(deaths).toBeGreaterThan(2);
    await pool.end();
    await live.close();
  },
  minutesMax * 60_000,
);
