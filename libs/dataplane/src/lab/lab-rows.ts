import type { LabPlace, TableRow } from '../table-row.ts';

/** The lab itself. A removed one has no rows at all. */
export function labContribution(place: LabPlace): TableRow[] {
  const { lab, labId, tenantId } = place;
  return [{ table: 'lab', row: { labId, name: lab.name, tenantId, state: lab.state } }];
}
