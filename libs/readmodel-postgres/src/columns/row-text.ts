import type { RowsByTable, TableName } from '@netfold/dataplane';
import { columnNames, sqlType, tableNames, typeOf } from './columns.ts';

/** How a value is written: as it is, between quotes, or as JSON between quotes. */
type CellForm = 'bare' | 'text' | 'json';

type CellsByTable = {
  readonly [T in TableName]: readonly { readonly name: string; readonly form: CellForm }[];
};

const cells = Object.fromEntries(
  tableNames.map((table) => [
    table,
    columnNames(table).map((name) => ({ name, form: formOf(sqlType(typeOf(table, name))) })),
  ]),
) as Readonly<Record<string, unknown>> as CellsByTable;

function formOf(type: string): CellForm {
  return type === 'text' || type === 'json' ? type : 'bare';
}

/**
 * A row as text, its values in the order of the columns. PostgreSQL reads the same text in two
 * places: as a line of `copy … (format csv, escape '\\')`, and between parentheses as a value of
 * the table's row type (record_in in rowtypes.c). In both nothing at all is null, `""` is the
 * empty text, and within quotes a backslash keeps the next character.
 */
export function rowText<T extends TableName>(table: T, row: RowsByTable[T]): string {
  const values = row as Readonly<Record<string, unknown>>;
  // Joined at once: a text that grows piece by piece is a tree that costs more to collect.
  return cells[table].map(({ name, form }) => cellText(form, values[name])).join(',');
}

/** The row as a value of its table's row type. */
export function compositeText<T extends TableName>(table: T, row: RowsByTable[T]): string {
  return `(${rowText(table, row)})`;
}

/** A row of `read.lab_version`, in the same form. */
export const labVersionText = (of: { readonly labId: string; readonly version: number }): string =>
  `${textCell(of.labId)},${of.version}`;

function cellText(form: CellForm, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (form === 'bare') return `${value as number | boolean | string}`;
  return form === 'json' ? jsonCell(value) : textCell(value as string);
}

/** JSON as text has no control characters: JSON's own quoting of it is ours, and much quicker. */
const jsonCell = (value: unknown): string => JSON.stringify(JSON.stringify(value));

/** Ids, names and addresses need no quotes. */
const plain = /^[\w./:-]+$/;

const textCell = (text: string): string => (plain.test(text) ? text : quoted(text));

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
