import type { ReadAt } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import type { LabRow } from '@netfold/dataplane';
import { failure } from '../failure/failure.ts';
import type { LabScope } from '../request/lab-scope.ts';
import type { ResolverContext } from './parts.ts';

/** A lab on its way out: opened, and its own row read, only when something asks for it. */
export type LabObject = {
  readonly __typename: 'Lab';
  readonly labId: LabId;
  /** Set when the lab was asked for as of a version. */
  readonly asOf: number | null;
  /** Set when it is open: all below shows that one moment. */
  readonly scope: LabScope | null;
  /** Set when it is known already, as in lists. */
  readonly row: LabRow | null;
};

export const listedLab = (row: LabRow): LabObject => ({
  __typename: 'Lab',
  labId: row.labId,
  asOf: null,
  scope: null,
  row,
});

export const openedLab = (scope: LabScope): LabObject => ({
  __typename: 'Lab',
  labId: scope.labId,
  asOf: scope.asOf,
  scope,
  row: null,
});

/** What a lab is called, and whether it still exists. */
export async function labSelf(
  lab: LabObject,
  context: ResolverContext,
): Promise<Pick<LabRow, 'name' | 'state'>> {
  if (lab.row !== null) return lab.row;
  const scope = await scopeOf(lab, context);
  const row = await scope.rowWhere('lab', ['labId'], [lab.labId]);
  // Version 0 is the lab before it was created: it has no name, hosts or commits yet.
  return row ?? { name: '', state: scope.version === 0 ? 'active' : 'removed' };
}

/** @throws when the lab was removed between the answer's parts */
export async function scopeOf(lab: LabObject, context: ResolverContext): Promise<LabScope> {
  if (lab.scope !== null) return lab.scope;
  const scope = await context.request.scope(lab.labId, { kind: 'now', atLeast: null });
  if (scope === null) throw failure('VERSION_UNKNOWN', 'the lab was removed meanwhile');
  return scope;
}

/** The lab at that moment as an object; `null` when there is none for the actor. */
export async function openLabObject(
  labId: LabId,
  at: ReadAt,
  context: ResolverContext,
): Promise<LabObject | null> {
  const scope = await context.request.scope(labId, at);
  return scope === null ? null : openedLab(scope);
}
