export { AccountDatabase, WallDown } from './account-database.ts';
export type { AccountConnection } from './account-database.ts';
export { ensureLocalOperator, localOperator, localTenant } from './local-operator.ts';
export { migrateAccounts } from './migrate.ts';
export { PostgresAccounts } from './postgres-accounts.ts';
export { PostgresMemberships } from './postgres-memberships.ts';
export { TokenAuthenticator } from './token-authenticator.ts';
export { AuthorityUnreadable } from './certificate/authority-file.ts';
export {
  CertificateAuthority,
  clientCertificateMs,
  serverCertificateMs,
} from './certificate/certificate-authority.ts';
export type { IssuedCertificate } from './certificate/certificate-authority.ts';
export { clientKeyForms, clientKeyOf } from './certificate/client-key.ts';
export { holderOf } from './certificate/holder-name.ts';
export type { CertificateHolder } from './certificate/holder-name.ts';
