import type { LabHead, LabVersion } from '@netfold/application';
import type { ClientBase } from 'pg';
import { createApplyFunction, createBareTables, finishTables } from '../install.ts';
import { BulkRows } from './bulk-rows.ts';
import { projectLab } from './project-lab.ts';

/** What a rebuild draws from: the log alone, folded. */
export interface RebuildSource {
  labs(): AsyncIterable<LabHead>;
  /** Folds a lab from its first commit to its head. */
  fold(head: LabHead): Promise<LabVersion>;
  /** Keeps every writer from committing until the client's transaction ends. */
  lockWriters(client: ClientBase): Promise<void>;
}

export type RebuildProgress = {
  readonly labs: number;
  readonly commits: number;
  readonly rows: number;
};

/** The new tables grow here, beside the live ones. */
const beside = 'read_next';

/**
 * Rebuilds the read models from the log beside the live tables, then swaps them in one transaction.
 * Commits that come meanwhile are taken over in the swap, while the writers wait.
 *
 * @param client of the owner role, for this alone
 */
export async function rebuild(
  client: ClientBase,
  source: RebuildSource,
  onProgress: (progress: RebuildProgress) => void,
): Promise<RebuildProgress> {
  await client.query(`drop schema if exists ${beside} cascade`);
  await createBareTables(client, beside);
  const bulk = new BulkRows(client, beside);
  let progress: RebuildProgress = { labs: 0, commits: 0, rows: 0 };
  for await (const head of source.labs()) {
    const of = await source.fold(head);
    const rows = await bulk.add(of);
    progress = {
      labs: progress.labs + 1,
      commits: progress.commits + of.version,
      rows: progress.rows + rows,
    };
    onProgress(progress);
  }
  await bulk.end();
  await finishTables(client, beside);
  await swap(client, source);
  return progress;
}

async function swap(client: ClientBase, source: RebuildSource): Promise<void> {
  await client.query('begin');
  try {
    await source.lockWriters(client);
    for await (const head of source.labs()) {
      if ((await projectedVersion(client, head)) >= head.version) continue;
      await projectLab(client, beside, await source.fold(head));
    }
    await client.query('drop schema if exists read cascade');
    await client.query(`alter schema ${beside} rename to read`);
    await createApplyFunction(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function projectedVersion(client: ClientBase, head: LabHead): Promise<number> {
  const found = await client.query<{ version: number }>(
    `select version::float8 as version from ${beside}.lab_version where lab_id = $1`,
    [head.labId],
  );
  return found.rows[0]?.version ?? -1;
}
