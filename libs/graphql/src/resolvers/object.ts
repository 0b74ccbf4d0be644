import type { RowsByTable, TableName } from '@netfold/dataplane';
import { rowKeys } from '@netfold/dataplane';
import { nodeId } from '../node-id.ts';
import type { LabScope } from '../request/lab-scope.ts';

/** Types that are one row each, and the table of the row. */
export const tableOfType = {
  Lab: 'lab',
  Host: 'host',
  Network: 'network',
  Container: 'container',
  Endpoint: 'endpoint',
  Sandbox: 'sandbox',
  Interface: 'interface',
  Route: 'route',
  Chain: 'chain',
  Rule: 'rule',
  Forwarding: 'forwarding',
  Neighbour: 'neighbour',
  PublishedPort: 'publishedPort',
  DnsName: 'dnsName',
  Socket: 'socket',
  Process: 'process',
} as const satisfies Record<string, TableName>;

export type RowType = keyof typeof tableOfType;
type TableOf<Y extends RowType> = (typeof tableOfType)[Y];

/** A row on its way out: its fields are read by name, for what has no resolver of its own. */
export type RowObject<Y extends RowType = RowType> = {
  readonly __typename: Y;
  readonly scope: LabScope;
  readonly row: RowsByTable[TableOf<Y>];
};

export function rowObject<Y extends RowType>(
  type: Y,
  scope: LabScope,
  row: RowsByTable[TableOf<Y>],
): RowObject<Y> {
  // The fields of the row stand beside, so that plain fields need no resolver: half the cost
  // of a query with many objects.
  return { ...row, __typename: type, scope, row };
}

export function idOf({ __typename: type, scope, row }: RowObject): string {
  const columns: readonly string[] = rowKeys[tableOfType[type]];
  const cells = row as unknown as Readonly<Record<string, string | number | null>>;
  const key = columns.slice(1).map((column) => cells[column] ?? null);
  return nodeId({ type, labId: scope.labId, version: scope.asOf, key });
}

/** Loads what an id of a row type stands for; `null` when it is gone. */
export async function rowObjectOf(
  type: RowType,
  scope: LabScope,
  key: readonly (string | number | null)[],
): Promise<RowObject | null> {
  const table = tableOfType[type];
  const columns: readonly string[] = rowKeys[table];
  if (key.length !== columns.length - 1) return null;
  const row = await scope.rowWhere(table, columns.slice(1) as never, key);
  return row === null ? null : rowObject(type, scope, row as never);
}
