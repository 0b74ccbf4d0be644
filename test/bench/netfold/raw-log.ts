import { clientConfig } from '@netfold/log-postgres';
import { withClient } from '@netfold/testkit';
import pg from 'pg';
import type { RecordedFlush } from './flush-recorder.ts';
import type { Connection } from './netfold.ts';

/** A connection with the settings of the service's writer. */
export async function writerClient(connection: Connection): Promise<pg.Client> {
  const settings = { ...connection, role: 'netfold_writer' };
  const client = new pg.Client(clientConfig(settings, 'netfold bench'));
  await client.connect();
  return client;
}

/** Empties log and read models; the writer that has them open may go on with new labs. */
export async function emptyTables(connection: Connection): Promise<void> {
  await withClient(connection, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables" +
        " where (schemaname = 'log' and tablename not in ('migration', 'writer_partition'))" +
        " or (schemaname = 'read' and tablename <> 'shape')",
    );
    await client.query(`truncate ${rows.map(({ name }) => name).join(', ')}`);
    await client.query('vacuum full log.writer_partition');
    await client.query('checkpoint');
  });
}

/** Puts the fence where it stood when the flush was sent. */
export async function rewindTo(connection: Connection, head: number): Promise<void> {
  await withClient(connection, (client) =>
    client.query('update log.writer_partition set head = $1', [head]),
  );
}

/** The same calls once more, with nothing to decide and nothing to encode. */
export async function resend(client: pg.Client, flushes: readonly RecordedFlush[]): Promise<void> {
  for (const { text, values } of flushes) {
    const { rows } = await client.query({ name: 'log.flush', text, values: [...values] });
    const [row] = rows as readonly { readonly recorded_at_ms: number | null }[];
    if (row?.recorded_at_ms === null) throw new Error('a recorded flush was fenced');
  }
}

/** Places of the columns of `log.commit` among the parameters of `log.flush`, from 0. */
const commitParameters = [9, 7, 8, 4, 5, 12, 13, 14, 15, 16, 10, 17, 18, 19, 20];

const appendText =
  'insert into log.commit (partition, recorded_at, position, lab_id, lab_version, tenant_id,' +
  ' command_id, correlation_id, causation_id, actor_id, face, command_text, lab_time,' +
  ' schema_version, events, previous_hash, hash)' +
  ' select 0, clock_timestamp(), e.* from unnest($1::bigint[], $2::text[], $3::bigint[],' +
  ' $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],' +
  ' $11::bigint[], $12::integer[], $13::json[], $14::bytea[], $15::bytea[]) as e';

/** The bare append: only the commits, in the same batches; no fence, no outcomes, no rows. */
export async function append(client: pg.Client, flushes: readonly RecordedFlush[]): Promise<void> {
  for (const { values } of flushes) {
    const picked = commitParameters.map((index) => values[index]);
    await client.query({ name: 'append', text: appendText, values: picked });
  }
}
