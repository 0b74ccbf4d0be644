export { migrateSchema, SchemaNewer } from './migrate-schema.ts';
export type { SchemaSource } from './migrate-schema.ts';
