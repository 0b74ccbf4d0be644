import type { ReadAt } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import type { LabRow } from '@netfold/dataplane';
import { failure } from '../failure/failure.ts';
import type { LabScope } from '../request/lab-scope.ts';
import type { ResolverContext } from './parts.ts';

/** A lab on its way out. Opened only when something below its own row is asked for. */
export type LabObject = {
  readonly __typename: 'Lab';
  readonly labId: LabId;
  readonly name: string;
  readonly state: LabRow['state'];
  /** Set when the lab was asked for as of a version. */
  readonly asOf: number | null;
  /** Set when it is open: all below shows that one moment. */
  readonly scope: LabScope | null;
};

export const labObject = (row: LabRow, scope: LabScope | null = null): LabObject => ({
  __typename: 'Lab',
  labId: row.labId,
  name: row.name,
  state: row.state,
  asOf: scope?.asOf ?? null,
  scope,
});

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
  if (scope === null) return null;
  const row = await scope.rowWhere('lab', ['labId'], [labId]);
  // Version 0 is the lab before it was created: it has no name, hosts or commits yet.
  const state = row?.state ?? (scope.version === 0 ? 'active' : 'removed');
  const name = row?.name ?? '';
  return { __typename: 'Lab', labId, name, state, asOf: scope.asOf, scope };
}
