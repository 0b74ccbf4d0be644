import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { migrateSchema } from '@netfold/migrations';
import type { ClientBase } from 'pg';

// Found through the package, so that it also works from a bundle that stands elsewhere.
const first = createRequire(import.meta.url).resolve('@netfold/auth/sql/migrations/000001.sql');
const folder = join(dirname(first), '..');
/** `netfold account`, as one number of our own. */
const lock = 5_061_170_322;

/**
 * Brings schema `account` up to this build. May be run at every start.
 *
 * @param client  as the owner, who may create roles
 * @throws SchemaNewer
 */
export const migrateAccounts = (client: ClientBase): Promise<{ readonly applied: number }> =>
  migrateSchema(client, {
    schema: 'account',
    lock,
    roles: ['netfold_owner', 'netfold_account'],
    folder,
  });
