import type { RowsByTable, TableName } from '@netfold/dataplane';
import type { LabId } from '@netfold/contracts';
import type { LabReader, Page, PageOf, Where } from './lab-reader.ts';
import type { LabVersion } from './lab-states.ts';
import { FoldedRows } from './labs/folded-rows.ts';
import { parseCursor, RowPage } from './page-cursor.ts';
import { compareValues, orderOf, rowsPerPageMax } from './row-order.ts';

/** Reads a lab by folding its rows from the state of one version: any version, no database. */
export class FoldReader implements LabReader {
  readonly labId: LabId;
  readonly version: number;
  readonly #rows: FoldedRows;

  /** @param rows  of that version, where they are kept already */
  constructor(of: LabVersion, rows = new FoldedRows(of)) {
    this.labId = of.labId;
    this.version = of.version;
    this.#rows = rows;
  }

  rows<T extends TableName>(table: T, where: Where<T>): Promise<readonly RowsByTable[T][]> {
    return Promise.resolve(this.#rows.rows(table, where));
  }

  async page<T extends TableName>(
    table: T,
    where: Where<T>,
    page: Page,
  ): Promise<PageOf<RowsByTable[T]>> {
    const all = this.#rows.rows(table, where);
    const rest = page.after === null ? all : all.filter(isAfter(table, page.after));
    const rows = rest.slice(0, Math.min(page.first, rowsPerPageMax));
    return new RowPage(table, rows, rest.length > rows.length);
  }

  count<T extends TableName>(table: T, where: Where<T>): Promise<number> {
    return Promise.resolve(this.#rows.rows(table, where).length);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function isAfter<T extends TableName>(table: T, cursor: string) {
  const values = parseCursor(table, cursor);
  const columns = orderOf(table);
  return (row: RowsByTable[T]): boolean => {
    for (const [index, column] of columns.entries()) {
      const order = compareValues(row[column], values[index]);
      if (order !== 0) return order > 0;
    }
    return false;
  };
}
