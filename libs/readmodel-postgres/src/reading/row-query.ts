import { orderOf } from '@netfold/application';
import type { Where } from '@netfold/application';
import type { TableName } from '@netfold/dataplane';
import { columnNames, sqlName, sqlType, typeOf } from '../columns/columns.ts';

export type SqlQuery = { readonly text: string; readonly values: readonly unknown[] };

type Keyset = readonly (string | number)[];

const quoted = (name: string): string => `"${name}"`;

/** Collects parameters; answers each one's placeholder. */
class Parameters {
  readonly values: unknown[] = [];
  place(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

/** Rows of one table in list order, at most `limit`, after the keyset when there is one. */
export function rowsQuery<T extends TableName>(
  table: T,
  where: Where<T>,
  rest: { readonly limit: number | null; readonly after: Keyset | null },
): SqlQuery {
  const parameters = new Parameters();
  const conditions = conditionsOf(table, where, parameters);
  if (rest.after !== null) conditions.push(afterSql(table, rest.after, parameters));
  const order = orderOf(table).map((column) => quoted(sqlName(column)));
  const limit = rest.limit === null ? '' : ` limit ${parameters.place(rest.limit, 'integer')}`;
  const text =
    `select ${columnNames(table)
      .map((column) => selectSql(table, column))
      .join(', ')}` +
    ` from read.${quoted(sqlName(table))}${whereSql(conditions)}` +
    ` order by ${order.join(', ')}${limit}`;
  return { text, values: parameters.values };
}

export function countQuery<T extends TableName>(table: T, where: Where<T>): SqlQuery {
  const parameters = new Parameters();
  const conditions = conditionsOf(table, where, parameters);
  const text =
    `select count(*)::integer as count from read.${quoted(sqlName(table))}` + whereSql(conditions);
  return { text, values: parameters.values };
}

const whereSql = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;

function conditionsOf<T extends TableName>(
  table: T,
  where: Where<T>,
  parameters: Parameters,
): string[] {
  return Object.entries(where).map(([column, wanted]) => {
    const name = quoted(sqlName(column));
    const type = sqlType(typeOf(table, column));
    if (wanted === null) return `${name} is null`;
    if (Array.isArray(wanted)) return `${name} = any(${parameters.place(wanted, `${type}[]`)})`;
    return `${name} = ${parameters.place(wanted, type)}`;
  });
}

function afterSql(table: TableName, after: Keyset, parameters: Parameters): string {
  const columns = orderOf(table);
  const names = columns.map((column) => quoted(sqlName(column)));
  const places = columns.map((column, index) =>
    parameters.place(after[index], sqlType(typeOf(table, column))),
  );
  return `(${names.join(', ')}) > (${places.join(', ')})`;
}

/** A `bigint` would arrive as text; milliseconds fit a double exactly. */
function selectSql(table: TableName, column: string): string {
  const name = quoted(sqlName(column));
  const isWide = sqlType(typeOf(table, column)) === 'bigint';
  return `${isWide ? `${name}::float8` : name} as ${quoted(column)}`;
}
