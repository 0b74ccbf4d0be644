import type { FlushEntry } from '@netfold/application';
import { clientConfig, textArray } from '@netfold/log-postgres';
import { changesOf } from '@netfold/readmodel-postgres';
import pg from 'pg';
import type { Connection } from './netfold.ts';

const columns = [
  'partition, position, lab_id, lab_version, tenant_id, command_id, correlation_id, causation_id',
  'actor_id, face, command_text, lab_time, schema_version, events, previous_hash, hash',
].join(', ');

const values =
  '$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,' +
  " decode($15, 'hex'), decode($16, 'hex'), clock_timestamp()";
const insert = `insert into log.commit (${columns}, recorded_at) values (${values})`;

/** The commit and its rows in one statement; the rows are its last parameter. */
export const insertWithRows = `with c as (${insert} returning position)
  select read.apply_changes($17) from c`;

/** What a command writes: the columns of its commit, and the argument of `read.apply_changes`. */
export type CommandRows = {
  readonly values: readonly unknown[];
  readonly changes: readonly string[];
};

export function commandRowsOf(entry: FlushEntry): CommandRows {
  const { commit, delta } = entry;
  const labs = commit === null ? [] : [{ labId: commit.labId, version: commit.labVersion }];
  return { values: valuesOf(entry), changes: changesOf(delta ?? [], labs) };
}

/**
 * One transaction per command, on several connections at once: what a service without a writer of
 * its own would send if deciding and encoding were free.
 */
export class SingleInserts {
  readonly #pool: pg.Pool;

  private constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  static async open(connection: Connection, connections: number): Promise<SingleInserts> {
    const settings = { ...connection, role: 'netfold_writer' };
    const config = clientConfig(settings, 'netfold bench');
    const pool = new pg.Pool({ ...config, max: connections });
    const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
    for (const client of clients) client.release();
    return new SingleInserts(pool);
  }

  /** The commit and its rows: one statement, one round trip, one transaction. */
  withRows(entry: FlushEntry): () => Promise<unknown> {
    const { values: given, changes } = commandRowsOf(entry);
    const query = {
      name: 'with rows',
      text: insertWithRows,
      values: [...given, textArray(changes)],
    };
    return () => this.#pool.query(query);
  }

  commitAlone(entry: FlushEntry): () => Promise<unknown> {
    const query = { name: 'commit alone', text: insert, values: [...valuesOf(entry)] };
    return () => this.#pool.query(query);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

function valuesOf({ commit }: FlushEntry): readonly unknown[] {
  if (commit === null) throw new Error('a command of the bench left no commit');
  return [
    commit.partition,
    commit.position,
    commit.labId,
    commit.labVersion,
    commit.tenantId,
    commit.commandId,
    commit.correlationId,
    commit.causationId,
    commit.actorId,
    commit.face,
    commit.commandText,
    commit.labTime,
    commit.schemaVersion,
    commit.eventsText,
    commit.previousHash,
    commit.hash,
  ];
}
