import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectionSettings } from '@netfold/log-postgres';
import { withOwner } from '@netfold/runtime';
import { escapeIdentifier, escapeLiteral } from 'pg';

const folder = join(import.meta.dirname, '../../../deploy/postgres');

/** Passwords by login; `null` leaves the one that is there. */
export type Passwords = Readonly<Record<string, string | null>>;

/**
 * Makes the roles and logins of one database server, and gives the database to the owner's role.
 * May be run again at any time.
 *
 * @param administrator who may create roles
 * @param file of `deploy/postgres`
 */
export const makeLogins = (
  administrator: ConnectionSettings,
  file: 'roles-log.sql' | 'roles-tables.sql',
  passwords: Passwords,
): Promise<void> =>
  withOwner(administrator, async (client) => {
    await client.query(readFileSync(join(folder, file), 'utf8'));
    for (const [login, password] of Object.entries(passwords)) {
      if (password === null) continue;
      const name = escapeIdentifier(login);
      await client.query(`alter role ${name} password ${escapeLiteral(password)}`);
    }
  });
