import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ClientBase } from 'pg';
import { applyChangesSql, keysSql, tablesSql } from './columns/table-sql.ts';

/** By the package's name: the bundle of the app stands in another folder than this source. */
const require = createRequire(import.meta.url);

/** The digest of the shape of the tables: another one in the database means rebuild. */
export const shapeDigest = createHash('sha256')
  .update(schemaSql() + tablesSql() + keysSql() + applyChangesSql())
  .digest('hex');

function schemaSql(): string {
  return readFileSync(require.resolve('@netfold/readmodel-postgres/sql/schema.sql'), 'utf8');
}

/**
 * Creates the schema with empty tables under the given name: `read`, or one beside the live one.
 * The roles `netfold_writer` and `netfold_reader` must exist.
 */
export async function createReadSchema(client: ClientBase, schema: string): Promise<void> {
  await createBareTables(client, schema);
  await finishTables(client, schema);
}

/** The tables without keys, open to their owner alone: to be filled, then finished. */
export async function createBareTables(client: ClientBase, schema: string): Promise<void> {
  await client.query(inSchema([schemaSql(), tablesSql()].join('\n'), schema));
}

/** Keys, indexes, who may read, and the function that applies changes. */
export async function finishTables(client: ClientBase, schema: string): Promise<void> {
  await client.query(inSchema([keysSql(), applyChangesSql()].join('\n'), schema));
  await client.query(`insert into ${schema}.shape (digest) values ($1)`, [shapeDigest]);
}

/** The SQL files say `read.`; only the schema's name is another one. */
const inSchema = (sql: string, schema: string): string =>
  sql
    .replaceAll('read.', `${schema}.`)
    .replaceAll('create schema read;', `create schema ${schema};`)
    .replaceAll('on schema read to', `on schema ${schema} to`);

/** The function names its schema in its text, so it is made anew after a renaming. */
export async function createApplyFunction(client: ClientBase): Promise<void> {
  await client.query(applyChangesSql());
}

export type ReadSchemaState = 'current' | 'absent' | 'otherShape';

export async function readSchemaState(client: ClientBase): Promise<ReadSchemaState> {
  const found = await client.query<{ digest: string | null }>(
    "select case when to_regclass('read.shape') is null then null else 'there' end as digest",
  );
  if (found.rows[0]?.digest === null) return 'absent';
  const shape = await client.query<{ digest: string }>('select digest from read.shape');
  return shape.rows[0]?.digest === shapeDigest ? 'current' : 'otherShape';
}
