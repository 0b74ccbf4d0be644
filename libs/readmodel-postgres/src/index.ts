export { changesOf } from './encode-changes.ts';
export type { ChangesJson } from './encode-changes.ts';
export { createReadSchema, readSchemaState, shapeDigest } from './install.ts';
export { PostgresLabTables, readerOpenMsMax } from './reading/tables-reader.ts';
export { projectLab } from './rebuild/project-lab.ts';
export { rebuild } from './rebuild/rebuild.ts';
export type { RebuildProgress, RebuildSource } from './rebuild/rebuild.ts';
export { tableHashes } from './rebuild/table-hashes.ts';
export type { TableHash } from './rebuild/table-hashes.ts';
