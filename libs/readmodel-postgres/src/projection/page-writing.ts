import { storeFailure, StoreUnavailable } from '@netfold/application';
import type { LabFold } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import type { Delta } from '@netfold/dataplane';
import type { Pool, PoolClient } from 'pg';
import { changesOf } from '../encode-changes.ts';
import { moveCheckpoint, moveSql, moveValues } from './checkpoints.ts';
import type { Move } from './checkpoints.ts';
import { reasonOf } from './lab-changes.ts';
import { parkLab } from './park-lab.ts';
import type { LabToPark } from './park-lab.ts';
import { inTransaction, isReply } from './transaction.ts';

/** So many row changes go to the database in one statement. */
const changesPerStatementMax = 5_000;

type ChangedLab = { readonly after: LabFold; readonly delta: Delta };

/** What one transaction writes. */
export type PageWrite = {
  /** What it was worked out from. */
  readonly revision: string;
  readonly move: Move;
  readonly changed: readonly ChangedLab[];
  readonly parked: readonly LabToPark[];
};

export type PageWritten =
  /** The labs that were parked, those among them whose rows the database refused. */
  | { readonly kind: 'written'; readonly parked: readonly LabId[] }
  /** Another process has changed the partition's rows since; nothing was written. */
  | { readonly kind: 'overtaken' };

/**
 * Writes rows and checkpoint in one transaction. When the database refuses the rows, the labs are
 * tried one by one and only the guilty are parked.
 *
 * @throws StoreUnavailable: it may or may not have been written, read the checkpoint again
 */
export async function writePage(pool: Pool, page: PageWrite): Promise<PageWritten> {
  try {
    return isSmall(page)
      ? await writeInOneStatement(pool, page)
      : await inTransaction(pool, (client) => writeAtOnce(client, page));
  } catch (error) {
    if (isPassing(error)) throw error;
    return inTransaction(pool, (client) => writeOneByOne(client, page));
  }
}

/** SQLSTATE classes that say nothing about the rows: deadlocks and waits for locks. */
const ofOthers = /^(?:40|55)/;

function isPassing(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return true;
  return error instanceof Error && 'code' in error && ofOthers.test(String(error.code));
}

/** Most pages are: a round trip in place of four. */
const isSmall = ({ changed, parked }: PageWrite): boolean =>
  parked.length === 0 &&
  changed.length > 0 &&
  changed.reduce((sum, { delta }) => sum + delta.length, 0) <= changesPerStatementMax;

const moveAndApply = `with moved as (${moveSql} returning 1)
  select read.apply_changes($6) from moved`;

async function writeInOneStatement(pool: Pool, page: PageWrite): Promise<PageWritten> {
  const values = [...moveValues(page.revision, page.move), changesOfLabs(page.changed)];
  try {
    const query = { name: 'projection_write', text: moveAndApply, values };
    const { rowCount } = await pool.query(query);
    return rowCount === 0 ? { kind: 'overtaken' } : { kind: 'written', parked: [] };
  } catch (error) {
    throw storeFailure(error);
  }
}

const changesOfLabs = (labs: readonly ChangedLab[]): readonly string[] =>
  changesOf(
    labs.flatMap(({ delta }) => delta),
    labs.map(({ after }) => ({ labId: after.labId, version: after.version })),
  );

async function writeAtOnce(client: PoolClient, page: PageWrite): Promise<PageWritten> {
  if (!(await moveCheckpoint(client, page.revision, page.move))) return { kind: 'overtaken' };
  await applyChanges(client, page.changed);
  for (const lab of page.parked) await parkLab(client, page.move.partition, lab);
  return { kind: 'written', parked: page.parked.map(({ labId }) => labId) };
}

async function writeOneByOne(client: PoolClient, page: PageWrite): Promise<PageWritten> {
  const refused: LabToPark[] = [];
  if (!(await moveCheckpoint(client, page.revision, page.move))) return { kind: 'overtaken' };
  for (const lab of page.changed) {
    await client.query('savepoint one_lab');
    try {
      await applyChanges(client, [lab]);
    } catch (error) {
      // Fails when it is the connection that failed.
      await client.query('rollback to savepoint one_lab');
      if (isPassing(isReply(error) ? storeFailure(error) : error)) throw error;
      refused.push({ labId: lab.after.labId, reason: reasonOf(error) });
    }
  }
  const parked = [...page.parked, ...refused];
  for (const lab of parked) await parkLab(client, page.move.partition, lab);
  return { kind: 'written', parked: parked.map(({ labId }) => labId) };
}

/** Deltas are netted by key and labs share no key, so that any part of them may go first. */
async function applyChanges(client: PoolClient, labs: readonly ChangedLab[]): Promise<void> {
  const delta = labs.flatMap((lab) => lab.delta);
  const versions = labs.map(({ after }) => ({ labId: after.labId, version: after.version }));
  if (versions.length === 0) return;
  for (let at = 0; at === 0 || at < delta.length; at += changesPerStatementMax) {
    const part = delta.slice(at, at + changesPerStatementMax);
    await client.query('select read.apply_changes($1)', [changesOf(part, versions)]);
  }
}
