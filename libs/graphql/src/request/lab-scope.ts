import type { LabReader, Where } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import type { RowsByTable, TableName } from '@netfold/dataplane';
import DataLoader from 'dataloader';

type Column<T extends TableName> = keyof RowsByTable[T] & string;
type Cell = string | number | null;

/**
 * One lab at one version, for the length of one request: everything below `lab(...)` reads
 * through the same scope, so that `asOf` is inherited and an answer shows a single moment.
 */
export class LabScope {
  readonly labId: LabId;
  /** The version that every row shows. */
  readonly version: number;
  /** Set when the lab was asked for as of a version: ids then hold it. */
  readonly asOf: number | null;
  readonly reader: LabReader;
  readonly #loaders = new Map<string, DataLoader<readonly Cell[], readonly unknown[], string>>();

  constructor(reader: LabReader, asOf: number | null) {
    this.labId = reader.labId;
    this.version = reader.version;
    this.asOf = asOf;
    this.reader = reader;
  }

  /** The rows in which the columns have these values. One read for all parents that ask at once. */
  async rowsWhere<T extends TableName>(
    table: T,
    columns: readonly Column<T>[],
    values: readonly Cell[],
  ): Promise<readonly RowsByTable[T][]> {
    const rows = await this.#loader(table, columns).load(values);
    return rows as readonly RowsByTable[T][];
  }

  async rowWhere<T extends TableName>(
    table: T,
    columns: readonly Column<T>[],
    values: readonly Cell[],
  ): Promise<RowsByTable[T] | null> {
    const rows = await this.rowsWhere(table, columns, values);
    return rows[0] ?? null;
  }

  #loader<T extends TableName>(
    table: T,
    columns: readonly Column<T>[],
  ): DataLoader<readonly Cell[], readonly unknown[], string> {
    const name = `${table}/${columns.join('/')}`;
    const known = this.#loaders.get(name);
    if (known !== undefined) return known;
    const made = new DataLoader<readonly Cell[], readonly unknown[], string>(
      (keys) => this.#readMany(table, columns, keys),
      { cacheKeyFn: JSON.stringify },
    );
    this.#loaders.set(name, made);
    return made;
  }

  /** Asks for any combination of the wanted values: more than wanted, sorted out here. */
  async #readMany<T extends TableName>(
    table: T,
    columns: readonly Column<T>[],
    keys: readonly (readonly Cell[])[],
  ): Promise<(readonly unknown[])[]> {
    const wanted = columns.map((column, index) => {
      const values = [...new Set(keys.map((key) => key[index] ?? null))];
      return [column, values.length === 1 ? values[0] : values] as const;
    });
    const rows = await this.reader.rows(table, Object.fromEntries(wanted) as Where<T>);
    const byKey = Map.groupBy(rows, (row) => JSON.stringify(columns.map((column) => row[column])));
    return keys.map((key) => byKey.get(JSON.stringify(key)) ?? []);
  }
}
