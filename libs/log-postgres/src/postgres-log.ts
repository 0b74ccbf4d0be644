import type {
  AuditableLog,
  EventLog,
  FlushEntry,
  FlushResult,
  LabHead,
  OutcomeNumbers,
  RememberedOutcome,
  Snapshot,
  StoredCommit,
  UnmatchedOutcome,
  WriterClaim,
} from '@netfold/application';
import { storeFailure } from '@netfold/application';
import type { Commit, CommandId, LabId, TenantId } from '@netfold/contracts';
import { Pool } from 'pg';
import { poolConfig } from './connection/connection-settings.ts';
import type { ConnectionSettings } from './connection/connection-settings.ts';
import { WriterConnection } from './connection/writer-connection.ts';
import { PostgresDistribution } from './distribution/postgres-distribution.ts';
import { Flusher } from './flush/flush.ts';
import type { ChangesOf } from './flush/flush-parameters.ts';
import {
  commitColumns,
  commitOf,
  headColumns,
  headOf,
  outcomeColumns,
  outcomeOf,
  snapshotOf,
  storedCommitOf,
} from './reading/rows.ts';
import type { CommitRow, HeadRow, OutcomeRow, SnapshotRow } from './reading/rows.ts';
import { unmatchedOutcomes } from './reading/unmatched-outcomes.ts';
import { WakeUpSender } from './wake-ups.ts';

/** Commits that a replay reads at a time; each is at most 900 KiB, most are below 2 KiB. */
const replayPageCommits = 200;
/** Snapshots of one lab that are kept: the newest, for the head, and some for the past. */
const snapshotsPerLabMax = 8;
const headsPerPage = 1_000;

export type PostgresLogOptions = {
  /** As the role `netfold_writer`; of a follower, as whoever may take on `netfold_follower`. */
  readonly connection: ConnectionSettings;
  /** A follower reads the log of all tenants and can write nothing. The writer unless said. */
  readonly readsWith?: 'writer' | 'follower';
  /** Encodes row changes for `read.apply_changes`; `null` where there are no read models. */
  readonly changesOf: ChangesOf | null;
  /** Other processes tail this log: they get a hint after flushes. Off unless said. */
  readonly sendsWakeUps?: boolean;
  /** Something is wrong and work goes on; someone should look. */
  readonly onProblem?: (problem: string, cause: Error | null) => void;
};

/** A process that only follows the log tried to write it. */
export class FollowerWrites extends Error {
  override readonly name = 'FollowerWrites';
}

/** The log in PostgreSQL (schema `log`), as its writer and those who follow it use it. */
export class PostgresLog implements EventLog, AuditableLog {
  /** Outcomes by sequence, the cursors of relays, and what is recorded of the installation. */
  readonly distribution: PostgresDistribution;
  readonly #isFollower: boolean;
  readonly #pool: Pool;
  readonly #writer: WriterConnection;
  readonly #flusher: Flusher;
  readonly #wakeUps: WakeUpSender | null;

  constructor({ connection: given, changesOf, ...rest }: PostgresLogOptions) {
    const { readsWith = 'writer', sendsWakeUps = false, onProblem = () => {} } = rest;
    this.#isFollower = readsWith === 'follower';
    const connection = this.#isFollower ? { ...given, role: 'netfold_follower' } : given;
    this.#pool = new Pool(poolConfig(connection, 'netfold log'));
    // The end of an idle connection is no error of ours; the next query makes a new one.
    this.#pool.on('error', (cause) => onProblem('an idle connection to the log was lost', cause));
    this.distribution = new PostgresDistribution((text, values) => this.#rows(text, values));
    this.#writer = new WriterConnection(connection);
    this.#wakeUps = sendsWakeUps ? new WakeUpSender(this.#pool) : null;
    this.#flusher = new Flusher({
      connection: this.#writer,
      changesOf,
      onBehind: (labIds) => onProblem(`rows are behind for ${labIds.join(', ')}`, null),
    });
  }

  async claim(partition: number): Promise<WriterClaim> {
    this.#demandWriter();
    const { rows } = await this.#writer.query<{ epoch: number; head: number }>({
      text:
        'insert into log.writer_partition as p (partition, epoch, head, outcomes_head)' +
        ' values ($1, 1, 0, 0) on conflict (partition) do update set epoch = p.epoch + 1' +
        ' returning epoch::float8 as epoch, head::float8 as head',
      values: [partition],
    });
    const [row] = rows;
    if (row === undefined) throw new Error(`partition ${partition} could not be claimed`);
    return { partition, ...row };
  }

  async reclaim({
    partition,
    epoch,
  }: Pick<WriterClaim, 'partition' | 'epoch'>): Promise<WriterClaim | null> {
    this.#demandWriter();
    const { rows } = await this.#writer.query<{ epoch: number; head: number }>({
      text:
        'update log.writer_partition set epoch = epoch + 1 where partition = $1 and epoch = $2' +
        ' returning epoch::float8 as epoch, head::float8 as head',
      values: [partition, epoch],
    });
    const [row] = rows;
    return row === undefined ? null : { partition, ...row };
  }

  async flush(claim: WriterClaim, entries: readonly FlushEntry[]): Promise<FlushResult> {
    this.#demandWriter();
    const result = await this.#flusher.flush(claim, entries);
    if (result.kind === 'flushed') this.#wakeUps?.hint();
    return result;
  }

  async findOutcome(tenantId: TenantId, commandId: CommandId): Promise<RememberedOutcome | null> {
    const [row] = await this.#rows<OutcomeRow>(
      `select ${outcomeColumns} from log.command_outcome where tenant_id = $1 and command_id = $2`,
      [tenantId, commandId],
    );
    return row === undefined ? null : outcomeOf(row);
  }

  async *readLab(
    labId: LabId,
    afterVersion: number,
    upToVersion: number | null,
  ): AsyncGenerator<Commit, void, undefined> {
    let after = afterVersion;
    for (;;) {
      const rows = await this.#rows<CommitRow>(
        `select ${commitColumns} from log.commit where lab_id = $1 and lab_version > $2` +
          ' and lab_version <= $3 order by commit.lab_version limit $4',
        [labId, after, upToVersion ?? Number.MAX_SAFE_INTEGER, replayPageCommits],
      );
      for (const row of rows) {
        after = row.lab_version;
        yield commitOf(row);
      }
      if (rows.length < replayPageCommits) return;
    }
  }

  async readPartition(
    partition: number,
    afterPosition: number,
    limit: number,
  ): Promise<readonly Commit[]> {
    return (await this.#partitionRows(partition, afterPosition, limit)).map(commitOf);
  }

  async readStored(
    partition: number,
    afterPosition: number,
    limit: number,
  ): Promise<readonly StoredCommit[]> {
    return (await this.#partitionRows(partition, afterPosition, limit)).map(storedCommitOf);
  }

  async findLab(labId: LabId): Promise<LabHead | null> {
    const [row] = await this.#rows<HeadRow>(
      `select ${headColumns} from log.lab_head where lab_id = $1`,
      [labId],
    );
    return row === undefined ? null : headOf(row);
  }

  async *labs(): AsyncGenerator<LabHead, void, undefined> {
    let after = '';
    for (;;) {
      const rows = await this.#rows<HeadRow>(
        `select ${headColumns} from log.lab_head where lab_id > $1 order by lab_id limit $2`,
        [after, headsPerPage],
      );
      for (const row of rows) {
        after = row.lab_id;
        yield headOf(row);
      }
      if (rows.length < headsPerPage) return;
    }
  }

  partitions(): Promise<readonly { readonly partition: number; readonly head: number }[]> {
    return this.#rows<{ partition: number; head: number }>(
      'select partition, head::float8 as head from log.writer_partition order by partition',
      [],
    );
  }

  unmatchedOutcomes(limit: number): Promise<readonly UnmatchedOutcome[]> {
    return unmatchedOutcomes(this.#pool, limit);
  }

  outcomeNumbers(): Promise<readonly OutcomeNumbers[]> {
    return this.#rows<OutcomeNumbers>(
      'select w.partition, count(o.sequence)::float8 as count,' +
        ' coalesce(max(o.sequence), 0)::float8 as last, w.outcomes_head::float8 as "outcomesHead"' +
        ' from log.writer_partition w left join log.command_outcome o using (partition)' +
        ' group by w.partition, w.outcomes_head order by w.partition',
      [],
    );
  }

  async findSnapshot(
    labId: LabId,
    upToVersion: number,
    codeVersion: string,
  ): Promise<Snapshot | null> {
    const [row] = await this.#rows<SnapshotRow>(
      'select lab_id, code_version, version::float8 as version, tenant_id,' +
        " lab_time::float8 as lab_time, encode(last_hash, 'hex') as last_hash," +
        " state::text as state, encode(state_hash, 'hex') as state_hash from log.snapshot" +
        ' where lab_id = $1 and code_version = $2 and version <= $3' +
        ' order by snapshot.version desc limit 1',
      [labId, codeVersion, upToVersion],
    );
    return row === undefined ? null : snapshotOf(row);
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    this.#demandWriter();
    const { labId, codeVersion, version, tenantId, labTime } = snapshot;
    await this.#rows(
      'insert into log.snapshot (lab_id, code_version, version, tenant_id, lab_time, last_hash,' +
        ' state, state_hash)' +
        " values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7, decode($8, 'hex'))" +
        ' on conflict (lab_id, code_version, version) do update' +
        ' set state = excluded.state, state_hash = excluded.state_hash',
      [
        labId,
        codeVersion,
        version,
        tenantId,
        labTime,
        snapshot.lastHash,
        JSON.stringify(snapshot.state),
        snapshot.stateHash,
      ],
    );
    await this.#rows(
      'delete from log.snapshot s where s.lab_id = $1 and (s.code_version <> $2 or s.version <' +
        ' (select min(k.version) from (select version from log.snapshot where lab_id = $1' +
        ' and code_version = $2 order by version desc limit $3) k))',
      [labId, codeVersion, snapshotsPerLabMax],
    );
  }

  /** Names this log (a UUID): another one after it was restored from a backup. */
  logEpoch(): Promise<string> {
    return this.distribution.logEpoch();
  }

  /** Whether the database answers. @throws when it does not */
  async ping(): Promise<void> {
    await this.#rows('select', []);
  }

  async close(): Promise<void> {
    this.#wakeUps?.close();
    await Promise.all([this.#pool.end(), this.#writer.close()]);
  }

  #demandWriter(): void {
    if (this.#isFollower) throw new FollowerWrites('this process follows the log; it writes none');
  }

  #partitionRows(
    partition: number,
    afterPosition: number,
    limit: number,
  ): Promise<readonly CommitRow[]> {
    return this.#rows<CommitRow>(
      `select ${commitColumns} from log.commit where partition = $1 and position > $2` +
        ' order by commit.position limit $3',
      [partition, afterPosition, limit],
    );
  }

  async #rows<R extends object>(text: string, values: unknown[]): Promise<readonly R[]> {
    try {
      return (await this.#pool.query<R>(text, values)).rows;
    } catch (error) {
      throw storeFailure(error);
    }
  }
}
