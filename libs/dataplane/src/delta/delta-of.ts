import type { LabEvent } from '@netfold/contracts';
import type { ActiveLab, Lab } from '@netfold/domain';
import { contributionOf, referenceKey } from '../entity.ts';
import type { EntityReference } from '../entity.ts';
import type { Delta, RowChange } from '../rows.ts';
import { rowKey } from '../table-row.ts';
import type { TableRow } from '../table-row.ts';
import { labEntities } from '../view/full-view.ts';
import { touched } from './touched.ts';

/**
 * What a commit changed in the rows of its lab: the contributions of the entities it touched,
 * before against after, at most one change per key. Costs what changed, not the size of the lab;
 * only a lab that comes or goes costs all its rows.
 *
 * @param before  the lab before the commit
 * @param after   the lab that `events` made of it
 */
export function deltaOf(
  labId: string,
  tenantId: string,
  ...[before, after, events]: readonly [before: Lab, after: Lab, events: readonly LabEvent[]]
): Delta {
  const references = referencesOf(before, after, events);
  const rowsIn = (lab: Lab): ReadonlyMap<string, KeyedRow> =>
    lab.state === 'active' ? rowsOf({ lab, labId, tenantId }, references) : new Map();
  return difference(rowsIn(before), rowsIn(after));
}

function referencesOf(
  before: Lab,
  after: Lab,
  events: readonly LabEvent[],
): readonly EntityReference[] {
  if (before.state === 'active' && after.state === 'active') {
    return touchedByAll(events, { before, after });
  }
  const only = [before, after].flatMap((lab) => (lab.state === 'active' ? [lab] : []));
  return only.flatMap((lab) => labEntities(lab));
}

/** The entities that a commit's events touched, each once. */
export function touchedByAll(
  events: readonly LabEvent[],
  change: { readonly before: ActiveLab; readonly after: ActiveLab },
): readonly EntityReference[] {
  const references = new Map<string, EntityReference>();
  for (const event of events) {
    for (const reference of touched(event, change)) {
      references.set(referenceKey(reference), reference);
    }
  }
  return [...references.values()];
}

/** A row with the text of its key, which is made once. */
type KeyedRow = { readonly key: string; readonly row: TableRow };

function rowsOf(
  place: { readonly lab: ActiveLab; readonly labId: string; readonly tenantId: string },
  references: readonly EntityReference[],
): ReadonlyMap<string, KeyedRow> {
  const rows = new Map<string, KeyedRow>();
  for (const reference of references) {
    for (const row of contributionOf(place, reference)) {
      const key = rowKey(row.table, row.row);
      rows.set(`${row.table} ${key}`, { key, row });
    }
  }
  return rows;
}

function difference(
  before: ReadonlyMap<string, KeyedRow>,
  after: ReadonlyMap<string, KeyedRow>,
): Delta {
  const changes: RowChange[] = [];
  for (const [place, keyed] of before) {
    if (!after.has(place)) changes.push(changeOf('remove', keyed));
  }
  for (const [place, keyed] of after) {
    const known = before.get(place);
    if (known === undefined) changes.push({ ...changeOf('put', keyed), isNew: true } as RowChange);
    else if (!isSameRow(known.row, keyed.row)) changes.push(changeOf('put', keyed));
  }
  return changes;
}

function changeOf(op: 'put' | 'remove', { key, row }: KeyedRow): RowChange {
  return { table: row.table, op, key, row: row.row } as RowChange;
}

/** Rows are made of JSON values, and always in the same order of columns. */
function isSameRow(one: TableRow, other: TableRow): boolean {
  return JSON.stringify(one.row) === JSON.stringify(other.row);
}
