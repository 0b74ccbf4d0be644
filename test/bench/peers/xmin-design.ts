import type { FlushEntry } from '@netfold/application';
import { textArray } from '@netfold/log-postgres';
import { withClient } from '@netfold/testkit';
import pg from 'pg';
import type { Connection } from '../netfold/netfold.ts';
import { commandRowsOf } from '../netfold/single-inserts.ts';

const table =
  'create table public.event (position bigint generated always as identity primary key,' +
  ' transaction xid8 not null default pg_current_xact_id(), stream text not null,' +
  ' version bigint not null, type text not null, data jsonb not null, unique (stream, version))';

const append =
  'with e as (insert into public.event (stream, version, type, data)' +
  ' select * from unnest($1::text[], $2::bigint[], $3::text[], $4::jsonb[]) returning position)' +
  ' select read.apply_changes($5) from (select count(*) from e) as counted';

const poll =
  'select transaction::text as transaction, position::text as position from public.event' +
  ' where (transaction, position) > ($1::xid8, $2::bigint)' +
  ' and transaction < pg_snapshot_xmin(pg_current_snapshot())' +
  ' order by event.transaction, event.position limit 1000';

/**
 * The design of event stores with many writers: each transaction takes positions from a sequence,
 * and a reader waits until no older transaction runs. In its favour: what was decided and the row
 * changes are given to it, and the rows go in by the same function.
 */
export class XminDesign {
  readonly #pool: pg.Pool;

  private constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** In a database that has the read models' schema. */
  static async open(connection: Connection, connections: number): Promise<XminDesign> {
    await withClient(connection, (client) => client.query(table));
    return new XminDesign(new pg.Pool({ ...connection, max: connections + 1 }));
  }

  async append(entry: FlushEntry): Promise<void> {
    const { commit } = entry;
    if (commit === null) throw new Error('a command of the bench left no commit');
    const { events, labId } = commit;
    const first = commit.labVersion * 1_000;
    await this.#pool.query({
      name: 'append',
      text: append,
      values: [
        events.map(() => labId),
        events.map((_, index) => first + index),
        events.map(({ type }) => type),
        events.map(({ data }) => JSON.stringify(data)),
        textArray(commandRowsOf(entry).changes),
      ],
    });
  }

  /** What came after the last call's; from the beginning at first. @returns how many events */
  readonly reader = (): (() => Promise<number>) => {
    let after = { transaction: '0', position: '0' };
    return async () => {
      const { rows } = await this.#pool.query<{ transaction: string; position: string }>({
        name: 'poll',
        text: poll,
        values: [after.transaction, after.position],
      });
      after = rows.at(-1) ?? after;
      return rows.length;
    };
  };

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
