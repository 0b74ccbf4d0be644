import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { migrateSchema } from '@netfold/migrations';
import type { ClientBase } from 'pg';

// Found through the package, so that it also works from a bundle that stands elsewhere.
const first = createRequire(import.meta.url).resolve(
  '@netfold/log-postgres/sql/migrations/000001.sql',
);
const folder = join(dirname(first), '..');
/** `netfold log`, as one number of our own. */
const lock = 5_061_170_321;

/** Who has rights in the log. */
export const logRoles = [
  'netfold_owner',
  'netfold_writer',
  'netfold_reader',
  'netfold_follower',
] as const;

/**
 * Brings schema `log` up to this build. May be run at every start.
 *
 * @param client as the owner, who may create roles
 * @throws SchemaNewer
 */
export const migrateLog = (client: ClientBase): Promise<{ readonly applied: number }> =>
  migrateSchema(client, { schema: 'log', lock, roles: logRoles, folder });
