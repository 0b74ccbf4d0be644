import { fullView } from '@netfold/dataplane';
import type { RowsByTable, TableName } from '@netfold/dataplane';
import type { LabId } from '@netfold/contracts';
import type { LabReader, Page, PageOf, Where } from './lab-reader.ts';
import type { LabVersion } from './lab-states.ts';
import { cursorOf, parseCursor } from './page-cursor.ts';
import { compareRows, compareValues, orderOf, rowsPerPageMax } from './row-order.ts';

type Tables = { readonly [T in TableName]?: readonly RowsByTable[T][] };

/**
 * Reads a lab by folding its rows from the state of one version: any version, no database.
 * Rows are made once per version, at the first question.
 */
export class FoldReader implements LabReader {
  readonly labId: LabId;
  readonly version: number;
  readonly #of: LabVersion;
  #tables: Tables | null = null;

  constructor(of: LabVersion) {
    this.#of = of;
    this.labId = of.labId;
    this.version = of.version;
  }

  rows<T extends TableName>(table: T, where: Where<T>): Promise<readonly RowsByTable[T][]> {
    return Promise.resolve(this.#rowsOf(table).filter((row) => matches(row, where)));
  }

  async page<T extends TableName>(
    table: T,
    where: Where<T>,
    page: Page,
  ): Promise<PageOf<RowsByTable[T]>> {
    const all = await this.rows(table, where);
    const rest = page.after === null ? all : all.filter(isAfter(table, page.after));
    const rows = rest.slice(0, Math.min(page.first, rowsPerPageMax));
    return {
      rows,
      cursors: rows.map((row) => cursorOf(table, row)),
      hasNext: rest.length > rows.length,
    };
  }

  async count<T extends TableName>(table: T, where: Where<T>): Promise<number> {
    return (await this.rows(table, where)).length;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #rowsOf<T extends TableName>(table: T): readonly RowsByTable[T][] {
    this.#tables ??= tablesOf(this.#of);
    return this.#tables[table] ?? [];
  }
}

function tablesOf({ lab, labId, tenantId }: LabVersion): Tables {
  if (lab.state !== 'active') return {};
  const tables: { [T in TableName]?: RowsByTable[TableName][] } = {};
  for (const { table, row } of fullView(lab, labId, tenantId)) (tables[table] ??= []).push(row);
  for (const [table, rows] of Object.entries(tables)) rows.sort(compareRows(table as TableName));
  return tables as Tables;
}

function matches<T extends TableName>(row: RowsByTable[T], where: Where<T>): boolean {
  for (const [column, wanted] of Object.entries(where)) {
    const value = row[column as keyof RowsByTable[T]];
    const isWanted = Array.isArray(wanted) ? wanted.includes(value) : wanted === value;
    if (!isWanted) return false;
  }
  return true;
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
