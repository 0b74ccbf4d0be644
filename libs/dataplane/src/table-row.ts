import type { ActiveLab, LabHost } from '@netfold/domain';
import { rowKeys } from './rows.ts';
import type { RowsByTable, TableName } from './rows.ts';

/** A row with the table it stands in. */
export type TableRow = {
  readonly [T in TableName]: { readonly table: T; readonly row: RowsByTable[T] };
}[TableName];

/** Whose rows these are. */
export type LabPlace = {
  readonly lab: ActiveLab;
  readonly labId: string;
  readonly tenantId: string;
};

/** A host of a lab: what every contribution but the lab's own needs. */
export type HostPlace = LabPlace & { readonly host: LabHost };

/**
 * The canonical text of a row's primary key: unique within its table, equal for equal keys.
 *
 * @returns a JSON list of the key columns' values, e.g. `["lab-7f3a","h1","","1"]`
 */
export function rowKey<T extends TableName>(table: T, row: RowsByTable[T]): string {
  const columns = rowKeys[table] as readonly (keyof RowsByTable[T])[];
  return JSON.stringify(columns.map((column) => row[column]));
}

/** The columns that place a row on its host. */
export function onHost(place: HostPlace): { readonly labId: string; readonly host: string } {
  return { labId: place.labId, host: place.host.name };
}

/** The columns that place a row in a network namespace of its host. */
export function inNamespace(
  place: HostPlace,
  namespace: string,
): { readonly labId: string; readonly host: string; readonly namespace: string } {
  return { labId: place.labId, host: place.host.name, namespace };
}

/** The host's own network stack. */
export const hostNamespace = '';

/** The stack in which the overlay driver keeps an overlay's bridge and VTEP. */
export const overlayNamespace = (networkId: string): string => `overlay/${networkId}`;

/** The stack of an overlay's load balancer on one host; ingress has its sandbox for it. */
export const balancerNamespace = (networkId: string): string => `balancer/${networkId}`;
