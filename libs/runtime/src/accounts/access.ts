import { systemClock } from '@netfold/application';
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
  readonly authenticator: TokenAuthenticator;
  close(): Promise<void>;
};

/** Opens the accounts, after the walls between tenants have been tried. */
export async function openAccess(of: {
  readonly accounts: ConnectionSettings;
  /** Where the read models are. */
  readonly tables: ConnectionSettings;
  /** Gets the local operator's token; `null`: none is made. */
  readonly tokenFolder: string | null;
}): Promise<Access> {
  const database = new AccountDatabase(of.accounts);
  await checkWalls(of.tables, database);
  const authenticator = new TokenAuthenticator(database, systemClock);
  if (of.tokenFolder !== null) await ensureLocalOperator(database, of.tokenFolder, systemClock);
  return {
    accounts: new PostgresAccounts(database, systemClock, () => authenticator.forget()),
    memberships: new PostgresMemberships(database),
    authenticator,
    close: () => database.close(),
  };
}

/** Writes the local operator's token into a folder, without serving anybody. */
export async function makeOperatorToken(
  accounts: ConnectionSettings,
  folder: string,
): Promise<void> {
  const database = new AccountDatabase(accounts);
  try {
    await ensureLocalOperator(database, folder, systemClock);
  } finally {
    await database.close();
  }
}
