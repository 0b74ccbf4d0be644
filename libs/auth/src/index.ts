export { accountSchema } from './account-sql.ts';
export { PostgresAccounts } from './accounts/postgres-accounts.ts';
export { PostgresMemberships } from './accounts/postgres-memberships.ts';
export { ensureOperatorToken, localTenant } from './tokens/operator-token.ts';
export { hashOfSecret, isSecret, newSecret } from './tokens/secret.ts';
export { TokenAuthenticator } from './tokens/token-authenticator.ts';
