export { clientConfig, poolConfig } from './connection/connection-settings.ts';
export type { ConnectionSettings } from './connection/connection-settings.ts';
export type { ChangesOf } from './flush/flush-parameters.ts';
export { DatabaseNewer, migrateLog } from './migrate/migrate.ts';
export { PostgresLog } from './postgres-log.ts';
export type { PostgresLogOptions } from './postgres-log.ts';
export { checkRowSecurity, RowSecurityBroken } from './row-security/row-security.ts';
export { lockWriters, parkedLabs, unparkLab } from './parked-labs.ts';
export type { ParkedLab } from './parked-labs.ts';
