import type { Actor, LabReaders } from '@netfold/application';
import { can, rowsPerPageMax } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import type { LabRow } from '@netfold/dataplane';
import { parseNodeId } from '../node-id.ts';
import { connection, demandPageSize, listConnection } from './connection.ts';
import type { Connection, PageArguments } from './connection.ts';
import { listedLab } from './lab-object.ts';
import type { LabObject } from './lab-object.ts';
import type { ResolverParts } from './parts.ts';

const plainId = /^lab-[0-9a-f]{8,32}$/;

/** The lab that a plain id, an opaque id or a name stands for; `null` for a name without a lab. */
export async function labIdOf(
  parts: ResolverParts,
  actor: Actor,
  reference: string,
): Promise<LabId | null> {
  if (plainId.test(reference)) return reference;
  return labIdOfNodeId(reference) ?? (await labIdOfName(parts, actor, reference));
}

function labIdOfNodeId(reference: string): LabId | null {
  try {
    const { type, labId } = parseNodeId(reference);
    return type === 'Lab' ? labId : null;
  } catch {
    // Not an id, hence a name.
    return null;
  }
}

/** Of labs with one name the first in order of ids. */
export async function labIdOfName(
  parts: ResolverParts,
  actor: Actor,
  name: string,
): Promise<LabId | null> {
  for await (const row of labRows(parts.readers, actor, name)) {
    if (row.name !== name || row.state !== 'active') continue;
    const request = { kind: 'graphql', field: 'Query.lab', labId: row.labId } as const;
    if (await parts.access.isAllowed(actor, request)) return row.labId;
  }
  return null;
}

async function* labRows(
  readers: Pick<LabReaders, 'labs'>,
  actor: Actor,
  name?: string,
): AsyncGenerator<LabRow, void, undefined> {
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<LabReaders['labs']>> = await readers.labs(
      actor.tenantId,
      { first: rowsPerPageMax, after },
      name,
    );
    yield* page.rows;
    after = page.hasNext ? (page.cursors.at(-1) ?? null) : null;
  } while (after !== null);
}

/** Labs that the actor may look at. */
export async function labsFor(
  parts: ResolverParts,
  actor: Actor,
  args: PageArguments,
): Promise<Connection<LabObject>> {
  demandPageSize(args.first);
  if (seesWholeTenant(actor)) {
    const page = { first: args.first, after: args.after ?? null };
    const { rows, cursors, hasNext } = await parts.readers.labs(actor.tenantId, page);
    return connection(
      rows.map((row) => listedLab(row)),
      { cursors, hasNext },
      () => countOf(parts, actor),
    );
  }
  return labsOfMember(parts, actor, args);
}

const seesWholeTenant = (actor: Actor): boolean =>
  actor.labIds === null && can(actor, { kind: 'graphql', field: 'Query.lab', labId: null }, null);

async function countOf(parts: ResolverParts, actor: Actor): Promise<number> {
  let count = 0;
  for await (const _row of labRows(parts.readers, actor)) count += 1;
  return count;
}

/** Few by nature: a member's labs, or those that a token names. */
async function labsOfMember(
  parts: ResolverParts,
  actor: Actor,
  args: PageArguments,
): Promise<Connection<LabObject>> {
  const candidates = actor.labIds ?? (await parts.memberships.labIdsOf(actor));
  const labIds = candidates.toSorted();
  const allowed = await Promise.all(
    labIds.map((labId) =>
      parts.access.isAllowed(actor, { kind: 'graphql', field: 'Query.lab', labId }),
    ),
  );
  const seen = labIds.filter((_, index) => allowed[index]);
  const objects = await Promise.all(seen.map((labId) => activeLab(parts, labId)));
  const labs = objects.filter((lab) => lab !== null);
  return listConnection('labs', labs, args);
}

async function activeLab(parts: ResolverParts, labId: LabId): Promise<LabObject | null> {
  const head = await parts.states.committed(labId);
  if (head?.lab.state !== 'active') return null;
  const { name } = head.lab;
  return listedLab({ labId, name, tenantId: head.tenantId, state: 'active' });
}
