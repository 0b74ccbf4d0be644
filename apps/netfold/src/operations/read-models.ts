import { PostgresLog } from '@netfold/log-postgres';
import type { ConnectionSettings } from '@netfold/log-postgres';
import {
  compareProjection,
  createReadSchema,
  prepareProjection,
  projectLab,
  rebuildProjection,
  tableHashes,
} from '@netfold/readmodel-postgres';
import type { ComparedProjection, RebuildProgress } from '@netfold/readmodel-postgres';
import {
  as,
  labModel,
  migrate,
  migrateStores,
  projectionSourceOf,
  rebuildReadModels,
  rebuildSource,
  withOwner,
} from '@netfold/runtime';
import type { Client } from 'pg';
import type { ReachedDatabase } from './reach-database.ts';

/** The rows to compare with stand here; never visible to others, since it is never committed. */
const aside = 'read_verify';

/** The read models of an installation and the log that they are made from. */
export type ReadModels = {
  /** As the owner of the tables. */
  readonly tables: ConnectionSettings;
  rebuild(
    client: Client,
    onProgress: (progress: RebuildProgress) => void,
  ): Promise<RebuildProgress>;
  /** Folds every lab and compares its rows with the live ones. */
  compare(client: Client): Promise<ComparedProjection>;
};

/** Brings the schemas up to this build. @throws NetfoldProblem */
export async function readModelsOf({ owner, tables }: ReachedDatabase): Promise<ReadModels> {
  if (tables !== null) return projected(owner, tables);
  await migrate(owner);
  return {
    tables: owner,
    rebuild: (client, onProgress) => rebuildReadModels(client, owner, onProgress),
    compare: (client) => withLog(owner, (log) => compareBesideLog(client, log)),
  };
}

/** Those of a scaled installation, which the projectors build in a database of their own. */
async function projected(
  owner: ConnectionSettings,
  tables: ConnectionSettings,
): Promise<ReadModels> {
  await migrateStores(owner);
  const partsOf = (log: PostgresLog) => ({ source: projectionSourceOf(log), model: labModel });
  await withLog(owner, (log) =>
    withOwner(tables, (client) => prepareProjection(client, partsOf(log), () => {})),
  );
  return {
    tables,
    rebuild: (client, onProgress) =>
      withLog(owner, (log) => rebuildProjection(client, partsOf(log), onProgress)),
    compare: (client) => withLog(owner, (log) => compareProjection(client, partsOf(log))),
  };
}

async function withLog<T>(
  owner: ConnectionSettings,
  work: (log: PostgresLog) => Promise<T>,
): Promise<T> {
  const log = new PostgresLog({ connection: as('netfold_writer', owner), changesOf: null });
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

/** While it runs, writers wait: both sides must show the same moment. */
async function compareBesideLog(client: Client, log: PostgresLog): Promise<ComparedProjection> {
  const source = rebuildSource(log);
  await client.query('begin');
  try {
    await source.lockWriters(client);
    await createReadSchema(client, aside);
    for await (const head of source.labs()) {
      await projectLab(client, aside, await source.fold(head));
    }
    const live = await tableHashes(client, 'read');
    const folded = await tableHashes(client, aside);
    const tables = live.map((of, at) => ({ ...of, isEqual: of.hash === folded[at]?.hash }));
    return { tables, behind: [] };
  } finally {
    await client.query('rollback');
  }
}
