export { ensureRoles } from './ensure-roles.ts';
export type { InstallationRole } from './ensure-roles.ts';
export { migrateSchema, SchemaNewer } from './migrate-schema.ts';
export type { SchemaSource } from './migrate-schema.ts';
