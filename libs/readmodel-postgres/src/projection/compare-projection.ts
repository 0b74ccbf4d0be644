import { setTimeout as sleep } from 'node:timers/promises';
import { absentFold } from '@netfold/application';
import type { LabHead } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import type { ClientBase } from 'pg';
import { createReadSchema } from '../install.ts';
import { projectLab } from '../rebuild/project-lab.ts';
import { tableHashes } from '../rebuild/table-hashes.ts';
import type { TableHash } from '../rebuild/table-hashes.ts';
import { foldOn } from './lab-changes.ts';
import type { FoldingParts } from './lab-changes.ts';

/** The rows to compare with stand here; never visible to others, since it is never committed. */
const aside = 'read_verify';

/** Projectors that are alive reach the head of the log long before. */
const reachMsMax = 30_000;
const pollMs = 50;

export type ComparedTable = TableHash & { readonly isEqual: boolean };

export type ComparedProjection = {
  readonly tables: readonly ComparedTable[];
  /** Labs whose rows do not show what the log had when the comparison began. */
  readonly behind: readonly LabId[];
};

/**
 * Folds every lab to the version that its rows show and compares the rows. Nobody waits for it:
 * one snapshot of the database holds the versions and the rows.
 *
 * @param client as the owner of the projector's database, for this alone
 * @throws when a lab's facts cannot be folded
 */
export async function compareProjection(
  client: ClientBase,
  parts: FoldingParts,
): Promise<ComparedProjection> {
  const heads: LabHead[] = [];
  for await (const head of parts.source.labs()) heads.push(head);
  await untilReached(client, await parts.source.partitions());
  await client.query('begin isolation level repeatable read');
  try {
    const versions = await shownVersions(client);
    await createReadSchema(client, aside);
    for (const [labId, version] of versions) await foldBeside(client, parts, { labId, version });
    const live = await tableHashes(client, 'read');
    const folded = await tableHashes(client, aside);
    const tables = live.map((of, at) => ({ ...of, isEqual: of.hash === folded[at]?.hash }));
    const isBehind = (head: LabHead): boolean => (versions.get(head.labId) ?? -1) < head.version;
    return { tables, behind: heads.filter(isBehind).map(({ labId }) => labId) };
  } finally {
    await client.query('rollback');
  }
}

/** Rows of a lab that the log does not have find no equal. */
async function foldBeside(
  client: ClientBase,
  parts: FoldingParts,
  { labId, version }: { readonly labId: LabId; readonly version: number },
): Promise<void> {
  const head = await parts.source.findLab(labId);
  if (head === null) return;
  const absent = absentFold(parts.model, labId, head.tenantId);
  await projectLab(client, aside, await foldOn(parts, absent, version));
}

async function shownVersions(client: ClientBase): Promise<ReadonlyMap<LabId, number>> {
  const { rows } = await client.query<{ labId: LabId; version: number }>(
    'select lab_id as "labId", version::float8 as version from read.lab_version order by lab_id',
  );
  return new Map(rows.map(({ labId, version }) => [labId, version]));
}

/** What has not come after a while is told as behind. */
async function untilReached(
  client: ClientBase,
  heads: readonly { readonly partition: number; readonly head: number }[],
): Promise<void> {
  const deadline = performance.now() + reachMsMax;
  while (performance.now() < deadline) {
    const { rows } = await client.query<{ partition: number; position: number }>(
      'select partition, position::float8 as position from projection.checkpoint',
    );
    const positions = new Map(rows.map(({ partition, position }) => [partition, position]));
    const isThere = heads.every(({ partition, head }) => (positions.get(partition) ?? 0) >= head);
    if (isThere) return;
    await sleep(pollMs);
  }
}
