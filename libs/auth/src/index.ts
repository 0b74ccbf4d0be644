export { AccountDatabase, WallDown } from './account-database.ts';
export type { AccountConnection } from './account-database.ts';
export { ensureLocalOperator, localOperator, localTenant } from './local-operator.ts';
export { migrateAccounts } from './migrate.ts';
export { PostgresAccounts } from './postgres-accounts.ts';
export { PostgresMemberships } from './postgres-memberships.ts';
export { TokenAuthenticator } from './token-authenticator.ts';
