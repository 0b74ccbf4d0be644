import { systemClock } from '@netfold/application';
import type { Authenticator } from '@netfold/application';
import {
  AccountDatabase,
  PostgresAccounts,
  PostgresMemberships,
  TokenAuthenticator,
  ensureLocalOperator,
} from '@netfold/auth';
import type { ConnectionSettings } from '@netfold/log-postgres';
import { checkWalls } from './wall-check.ts';

/** Users, tokens and members of one process. */
export type Access = {
  readonly accounts: PostgresAccounts;
  readonly memberships: PostgresMemberships;
  readonly authenticator: Authenticator;
  readonly tokenPath: string;
  close(): Promise<void>;
};

/** Opens the accounts, after the walls between tenants have been tried. */
export async function openAccess(owner: ConnectionSettings, dataFolder: string): Promise<Access> {
  const database = new AccountDatabase(owner);
  await checkWalls(owner, database);
  const authenticator = new TokenAuthenticator(database, systemClock);
  return {
    accounts: new PostgresAccounts(database, systemClock, () => authenticator.forget()),
    memberships: new PostgresMemberships(database),
    authenticator,
    tokenPath: await ensureLocalOperator(database, dataFolder, systemClock),
    close: () => database.close(),
  };
}
