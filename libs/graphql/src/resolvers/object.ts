import type { RowsByTable, TableName } from '@netfold/dataplane';
import { rowKeys } from '@netfold/dataplane';
import { nodeId } from '../node-id.ts';
import type { LabScope } from '../request/lab-scope.ts';
import { fieldsOfType } from '../schema/sdl.ts';

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

type RowClass = new (scope: LabScope, row: object) => RowObject;

/**
 * One class per type, with a getter for each field of the schema: plain fields need no resolver,
 * which is half the cost of a query with many objects, and no row is copied.
 */
const classes = Object.fromEntries(
  Object.keys(tableOfType).map((type) => [type, rowClass(type as RowType)]),
) as Readonly<Record<RowType, RowClass>>;

function rowClass(type: RowType): RowClass {
  class Made {
    readonly scope: LabScope;
    readonly row: object;
    constructor(scope: LabScope, row: object) {
      this.scope = scope;
      this.row = row;
    }
  }
  Object.defineProperty(Made.prototype, '__typename', { value: type, enumerable: true });
  for (const field of fieldsOfType(type)) {
    if (field === 'scope' || field === 'row') continue;
    const get = function (this: Made): unknown {
      return this.row[field as keyof object];
    };
    Object.defineProperty(Made.prototype, field, { get, enumerable: true });
  }
  return Made as unknown as RowClass;
}

export const rowObject = <Y extends RowType>(
  type: Y,
  scope: LabScope,
  row: RowsByTable[TableOf<Y>],
): RowObject<Y> => new classes[type](scope, row) as RowObject<Y>;

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
