import pg from 'pg';
import type { History, LogRow } from './checker.ts';

/** Reads the log as it stands in its tables, by SQL alone. */
export async function readLog(
  connection: pg.ClientConfig,
): Promise<Pick<History, 'log' | 'heads'>> {
  const client = new pg.Client(connection);
  await client.connect();
  const { rows: log } = await client.query<LogRow>(
    `select partition::integer, position::float8 as position, lab_id as lab,
       lab_version::float8 as version, command_id as "commandId",
       encode(previous_hash, 'hex') as "previousHash",
       encode(hash, 'hex') as hash, events
     from log.commit order by partition, position`,
  );
  const { rows: heads } = await client.query<History['heads'][number]>(
    'select lab_id as lab, version::float8 as version from log.lab_head',
  );
  await client.end();
  return { log, heads };
}
