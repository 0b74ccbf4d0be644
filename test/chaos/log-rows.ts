import pg from 'pg';
import type { LogHistory, LogRow, OutcomeRow } from './history.ts';

/** In the order of the hashed header. */
type HashedColumns = {
  readonly tenantId: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actorId: string;
  readonly face: string;
  readonly commandText: string | null;
  readonly labTime: number;
  readonly schemaVersion: number;
  readonly eventsText: string;
};

/** Reads the log as it stands in its tables, by SQL alone. */
export async function readLog(connection: pg.ClientConfig): Promise<LogHistory> {
  const client = new pg.Client(connection);
  await client.connect();
  // One moment for all tables.
  await client.query('begin isolation level repeatable read read only');
  const { rows } = await client.query<Omit<LogRow, 'hashed'> & HashedColumns>(
    `select partition::integer, position::float8 as position, lab_id as lab,
       lab_version::float8 as version, command_id as "commandId", tenant_id as "tenantId",
       correlation_id as "correlationId", causation_id as "causationId",
       actor_id as "actorId", face, command_text as "commandText", lab_time::float8 as "labTime",
       schema_version::integer as "schemaVersion",
       encode(previous_hash, 'hex') as "previousHash",
       encode(hash, 'hex') as hash, events, events::text as "eventsText"
     from log.commit order by partition, position`,
  );
  const { rows: heads } = await client.query<LogHistory['heads'][number]>(
    'select lab_id as lab, version::float8 as version from log.lab_head',
  );
  const { rows: partitions } = await client.query<LogHistory['partitions'][number]>(
    `select partition::integer, head::float8 as head, outcomes_head::float8 as "outcomesHead"
     from log.writer_partition`,
  );
  const { rows: outcomes } = await client.query<OutcomeRow>(
    `select partition::integer, sequence::float8 as sequence, tenant_id as "tenantId",
       command_id as "commandId", lab_id as lab, lab_version::float8 as version,
       position::float8 as position, lab_time::float8 as "labTime", outcome
     from log.command_outcome order by partition, sequence`,
  );
  await client.end();
  return { log: rows.map(withHashed), heads, partitions, outcomes };
}

/** What the hash of a commit covers: a header of its columns, and its events as they are stored. */
function withHashed(row: Omit<LogRow, 'hashed'> & HashedColumns): LogRow {
  const { tenantId, correlationId, causationId, actorId, face, commandText, ...rest } = row;
  const { labTime, schemaVersion, eventsText, ...kept } = rest;
  const { previousHash, partition, position, lab, version, commandId } = kept;
  const place = [previousHash, partition, position, lab, version, tenantId, commandId];
  const origin = [correlationId, causationId, actorId, face, commandText, labTime, schemaVersion];
  return { ...kept, hashed: `${JSON.stringify([...place, ...origin])}\n${eventsText}` };
}
