import {
  absentFold,
  FoldedLabs,
  foldCommit,
  labModel,
  LabWriter,
  SystemEntropy,
  systemClock,
  systemTimers,
} from '@netfold/application';
import type { CarriedCommit, CommitBatch, LabModel, ProjectionSource } from '@netfold/application';
import type { CommandBody, LabId, StoredEvent } from '@netfold/contracts';
import type { ConnectionSettings } from '@netfold/embedded-postgres';
import { PostgresLog } from '@netfold/log-postgres';
import {
  createReadSchema,
  PostgresLabTables,
  PostgresProjectedPositions,
  PostgresProjection,
  prepareProjection,
  projectLab,
  tableHashes,
} from '@netfold/readmodel-postgres';
import type { Prepared, TableHash } from '@netfold/readmodel-postgres';
import type { Pool } from 'pg';
import {
  connectContainer,
  createContainer,
  createLab,
  createNetwork,
  removeContainer,
  startContainer,
} from './factories.ts';
import { requestOf } from './tally-desk.ts';
import { poolAs, withClient } from './test-postgres.ts';
import type { TestPostgres } from './test-postgres.ts';

/** A log with its writer in one database, and projectors of its commits in another. */
export class ProjectionDesk {
  readonly log: PostgresLog;
  readonly writer: LabWriter;
  /** As the owner: of the log, and of the projector's tables. */
  readonly logOwner: ConnectionSettings;
  readonly owner: ConnectionSettings;
  readonly pool: Pool;
  readonly readers: Pool;
  readonly tables: PostgresLabTables;
  readonly positions: PostgresProjectedPositions;
  readonly problems: string[] = [];
  /** What the log says of its epoch; `null`: what it is. */
  logEpoch: string | null = null;
  readonly source: ProjectionSource;

  private constructor(logOwner: ConnectionSettings, owner: ConnectionSettings) {
    this.logOwner = logOwner;
    this.owner = owner;
    const log = openLog(logOwner);
    this.log = log;
    const shared = { log, model: labModel, timers: systemTimers };
    const labs = new FoldedLabs({ ...shared, codeVersion: 'test' });
    this.writer = new LabWriter({
      ...shared,
      labs,
      partition: 0,
      clock: systemClock,
      entropy: new SystemEntropy(),
    });
    this.pool = poolAs(owner, 'netfold_writer');
    this.readers = poolAs(owner, 'netfold_reader');
    this.tables = new PostgresLabTables(this.readers);
    this.positions = new PostgresProjectedPositions(this.readers);
    this.source = {
      findLab: (labId) => log.findLab(labId),
      labs: () => log.labs(),
      readLab: (labId, after, upTo) => log.readLab(labId, after, upTo),
      partitions: () => log.partitions(),
      readStored: (partition, after, limit) => log.readStored(partition, after, limit),
      logEpoch: async () => this.logEpoch ?? log.distribution.logEpoch(),
    };
  }

  static async open(postgres: TestPostgres): Promise<ProjectionDesk> {
    const desk = new ProjectionDesk(await postgres.logDatabase(), await postgres.database());
    await desk.prepare();
    await desk.writer.start();
    return desk;
  }

  /** What the start of a projector does. */
  prepare(): Promise<Prepared> {
    const parts = { source: this.source, model: labModel };
    return withClient(this.owner, (client) => prepareProjection(client, parts, () => {}));
  }

  /** One process that projects. */
  projector(model: LabModel = labModel, pool: Pool = this.pool): PostgresProjection {
    const { source } = this;
    return new PostgresProjection({
      pool,
      source,
      model,
      onProblem: (problem) => this.problems.push(problem),
    });
  }

  async submit(labId: LabId, body: CommandBody): Promise<void> {
    const { outcome } = await this.writer.submit(requestOf(labId, body));
    if (outcome.kind === 'refused') throw new Error(`refused: ${outcome.refusal.message}`);
  }

  /** Some containers on networks of their own; nothing happens by itself afterwards. */
  async fill(labId: LabId, containers: number): Promise<void> {
    await this.submit(labId, createLab('h1', 'h2'));
    for (let number = 0; number < containers; number += 1) {
      const name = `c${number}`;
      await this.submit(labId, createNetwork(`n${number}`));
      await this.submit(labId, createContainer(name, { command: ['sleep', '1d'] }));
      await this.submit(labId, startContainer(name));
      await this.submit(labId, connectContainer(`n${number}`, name));
      if (number % 3 === 2) await this.submit(labId, removeContainer(name));
    }
  }

  /** All commits of the partition as their records carry them. */
  async carried(): Promise<readonly CarriedCommit[]> {
    const logEpoch = await this.log.distribution.logEpoch();
    const stored = await this.log.readStored(0, 0, 1_000_000);
    return stored.map(({ eventsText, ...rest }) => {
      const events = JSON.parse(eventsText) as readonly StoredEvent[];
      return { ...rest, events, logEpoch };
    });
  }

  /** The tables as they are, and as the log's facts alone make them. */
  hashes(): Promise<{
    readonly live: readonly TableHash[];
    readonly rebuilt: readonly TableHash[];
  }> {
    return withClient(this.owner, async (client) => {
      await client.query('drop schema if exists read_check cascade');
      await createReadSchema(client, 'read_check');
      for await (const head of this.log.labs()) {
        let fold = absentFold(labModel, head.labId, head.tenantId);
        for await (const commit of this.log.readLab(head.labId, 0, head.version)) {
          fold = foldCommit(labModel, fold, commit);
        }
        await projectLab(client, 'read_check', fold);
      }
      return {
        live: await tableHashes(client, 'read'),
        rebuilt: await tableHashes(client, 'read_check'),
      };
    });
  }

  async close(): Promise<void> {
    await this.writer.stop();
    await Promise.all([this.pool.end(), this.readers.end(), this.log.close()]);
  }
}

/** A batch of partition 0 of a topic `commits`. */
export function commitBatch(
  commits: readonly CarriedCommit[],
  changes: Partial<CommitBatch> = {},
): CommitBatch {
  const place = { topic: 'commits', partition: 0 };
  return { ...place, nextOffset: 1n, commits, watermarks: [], ...changes };
}

const openLog = (owner: ConnectionSettings): PostgresLog =>
  new PostgresLog({ connection: { ...owner, role: 'netfold_writer' }, changesOf: null });
