export { databaseName, ownerName, startPostgres } from './embedded-postgres.ts';
export type {
  ConnectionSettings,
  EmbeddedPostgres,
  EmbeddedPostgresOptions,
} from './embedded-postgres.ts';
export { PostgresProblem } from './postgres-problem.ts';
