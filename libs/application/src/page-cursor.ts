import type { RowsByTable, TableName } from '@netfold/dataplane';
import type { PageOf } from './lab-reader.ts';
import { orderOf } from './row-order.ts';

/** A cursor that was not handed out for this list. */
export class CursorInvalid extends Error {
  override readonly name = 'CursorInvalid';
}

/** The place of a row in its list: opaque to clients, the same for every adapter. */
export function cursorOf<T extends TableName>(table: T, row: RowsByTable[T]): string {
  const values = orderOf(table).map((column) => row[column]);
  return Buffer.from(JSON.stringify([table, ...values])).toString('base64url');
}

/** A page of rows of one table. Cursors are made when somebody looks at them: most do not. */
export class RowPage<T extends TableName> implements PageOf<RowsByTable[T]> {
  readonly rows: readonly RowsByTable[T][];
  readonly hasNext: boolean;
  readonly #table: T;
  #cursors: readonly string[] | null = null;

  constructor(table: T, rows: readonly RowsByTable[T][], hasNext: boolean) {
    this.#table = table;
    this.rows = rows;
    this.hasNext = hasNext;
  }

  get cursors(): readonly string[] {
    this.#cursors ??= this.rows.map((row) => cursorOf(this.#table, row));
    return this.#cursors;
  }
}

/**
 * The values of the order columns that a cursor stands for.
 * @throws CursorInvalid when it was forged or belongs to another list
 */
export function parseCursor(table: TableName, cursor: string): readonly (string | number)[] {
  const parsed = parseJson(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(parsed)) throw new CursorInvalid('not a cursor');
  const [of, ...values] = parsed as unknown[];
  if (of !== table) throw new CursorInvalid('a cursor of another list');
  if (values.length !== orderOf(table).length) throw new CursorInvalid('not a cursor');
  if (!values.every(isOrderValue)) throw new CursorInvalid('not a cursor');
  return values;
}

const isOrderValue = (value: unknown): value is string | number =>
  typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CursorInvalid('not a cursor', { cause });
  }
}
