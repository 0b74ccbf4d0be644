import { asError, labModel } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import { PostgresLog, parkedLabs, poolConfig } from '@netfold/log-postgres';
import type { ConnectionSettings } from '@netfold/log-postgres';
import {
  compareProjection,
  createReadSchema,
  parkedRows,
  prepareProjection,
  projectLab,
  rebuildProjection,
  retryParkedNow,
  tableHashes,
} from '@netfold/readmodel-postgres';
import type { ComparedProjection, RebuildProgress, Retried } from '@netfold/readmodel-postgres';
import {
  as,
  makeRowsAnew,
  migrate,
  migrateStores,
  projectionSourceOf,
  rebuildReadModels,
  rebuildSource,
  withOwner,
} from '@netfold/runtime';
import { Pool } from 'pg';
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
  /** Labs whose rows could not be written, the oldest first, at most 100. */
  parked(): Promise<readonly ParkedLab[]>;
  /** Makes the rows of those labs anew. */
  retryParked(): Promise<readonly Retried[]>;
};

/** A lab that is answered by folding until its rows have been made anew. */
export type ParkedLab = {
  readonly labId: LabId;
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly parkedAt: number;
};

/** Brings the schemas up to this build. @throws NetfoldProblem */
export async function readModelsOf({ owner, tables }: ReachedDatabase): Promise<ReadModels> {
  if (tables !== null) return projected(owner, tables);
  await migrate(owner);
  return {
    tables: owner,
    rebuild: (client, onProgress) => rebuildReadModels(client, owner, onProgress),
    compare: (client) => withLog(owner, (log) => compareBesideLog(client, log)),
    parked: () => withOwner(as('netfold_writer', owner), parkedLabs),
    retryParked: () =>
      withLog(owner, (log) =>
        withOwner(as('netfold_writer', owner), (client) => retryBesideLog(client, log)),
      ),
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
    parked: () => withPool(tables, parkedRows),
    retryParked: () =>
      withLog(owner, (log) => withPool(tables, (pool) => retryParkedNow(pool, partsOf(log)))),
  };
}

async function withPool<T>(
  tables: ConnectionSettings,
  work: (pool: Pool) => Promise<T>,
): Promise<T> {
  const pool = new Pool(poolConfig(as('netfold_writer', tables), 'netfold parked'));
  // The query that needs a lost connection tells it; without a listener it ends the process.
  pool.on('error', () => {});
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

async function retryBesideLog(client: Client, log: PostgresLog): Promise<readonly Retried[]> {
  const retried: Retried[] = [];
  for (const { labId } of await parkedLabs(client)) {
    const version = await makeRowsAnew(client, log, labId).catch((error: unknown) => {
      process.stderr.write(`the rows of ${labId} cannot be made: ${asError(error).message}\n`);
      return null;
    });
    retried.push({ labId, version });
  }
  return retried;
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
