import { compareRows, cursorOf } from '@netfold/application';
import type { LabReader, Page, PageOf, Where } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import type { RowsByTable, TableName } from '@netfold/dataplane';

export type GivenRows = { readonly [T in TableName]?: readonly RowsByTable[T][] };

/** A reader of given rows that remembers what it was asked: for tests of what reads. */
export class RowReader implements LabReader {
  readonly labId: LabId;
  readonly version: number;
  /** One line per question, e.g. `rows endpoint` or `page host`. */
  readonly asked: string[] = [];
  isClosed = false;
  readonly #rows: GivenRows;

  constructor(labId: LabId, version: number, rows: GivenRows) {
    this.labId = labId;
    this.version = version;
    this.#rows = rows;
  }

  rows<T extends TableName>(table: T, where: Where<T>): Promise<readonly RowsByTable[T][]> {
    this.asked.push(`rows ${table}`);
    return Promise.resolve(this.#find(table, where));
  }

  page<T extends TableName>(
    table: T,
    where: Where<T>,
    { first, after }: Page,
  ): Promise<PageOf<RowsByTable[T]>> {
    this.asked.push(`page ${table}`);
    const all = this.#find(table, where);
    const start = after === null ? 0 : all.findIndex((row) => cursorOf(table, row) === after) + 1;
    const rows = all.slice(start, start + first);
    const cursors = rows.map((row) => cursorOf(table, row));
    return Promise.resolve({ rows, cursors, hasNext: start + first < all.length });
  }

  count<T extends TableName>(table: T, where: Where<T>): Promise<number> {
    this.asked.push(`count ${table}`);
    return Promise.resolve(this.#find(table, where).length);
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  #find<T extends TableName>(table: T, where: Where<T>): readonly RowsByTable[T][] {
    if (this.isClosed) throw new Error('this reader is closed');
    const rows = this.#rows[table] ?? [];
    return rows.filter((row) => isWanted(row, where)).toSorted(compareRows(table));
  }
}

const isWanted = <T extends TableName>(row: RowsByTable[T], where: Where<T>): boolean =>
  Object.entries(where).every(([column, wanted]) => {
    const value = row[column as keyof RowsByTable[T]];
    return Array.isArray(wanted) ? wanted.includes(value) : wanted === value;
  });
