import { contributionOf, hostRows } from '@netfold/dataplane';
import type { RowsByTable, RowsOfHost, TableName } from '@netfold/dataplane';
import type { ActiveLab } from '@netfold/domain';
import type { Where } from '../lab-reader.ts';
import type { LabVersion } from '../lab-states.ts';
import { compareRows } from '../row-order.ts';

type Rows<T extends TableName> = readonly RowsByTable[T][];
type Index = ReadonlyMap<unknown, readonly object[]>;

/**
 * The rows of one version of a lab, in list order. Nothing is made before it is asked for: the
 * rows host by host, and an index of a column when rows are first asked for by that column.
 * A version never changes, so neither do its rows.
 */
export class FoldedRows {
  readonly #of: LabVersion;
  readonly #hosts = new Map<string, SortedRows>();
  #lab: SortedRows | null = null;

  constructor(of: LabVersion) {
    this.#of = of;
  }

  /** The rows that match, in list order. */
  rows<T extends TableName>(table: T, where: Where<T>): Rows<T> {
    const { lab, labId } = this.#of;
    if (lab.state !== 'active') return [];
    const { labId: ofLab = labId, host, ...rest } = where as Readonly<Record<string, unknown>>;
    if (!isAmong(labId, ofLab)) return [];
    if (table === 'lab') return this.#ofLab(lab).rows(table, rest);
    const hosts = typeof host === 'string' ? [host] : hostsAmong(lab, host);
    const found = hosts.map((name) => this.#ofHost(lab, name)?.rows(table, rest) ?? []);
    return found.length === 1 ? (found[0] ?? []) : found.flat().toSorted(compareRows(table));
  }

  #ofHost(lab: ActiveLab, host: string): SortedRows | null {
    const known = this.#hosts.get(host);
    if (known !== undefined) return known;
    if (!lab.hosts.has(host)) return null;
    const made = new SortedRows(hostRows(lab, this.#of.labId, host));
    this.#hosts.set(host, made);
    return made;
  }

  #ofLab(lab: ActiveLab): SortedRows {
    const { labId, tenantId } = this.#of;
    const own = () => contributionOf({ lab, labId, tenantId }, { kind: 'lab' });
    this.#lab ??= new SortedRows({ lab: own().map(({ row }) => row) } as RowsOfHost);
    return this.#lab;
  }
}

const hostsAmong = (lab: ActiveLab, wanted: unknown): readonly string[] =>
  [...lab.hosts.keys()].filter((name) => wanted === undefined || isAmong(name, wanted));

/** Rows by table; each table is put in order, and each column indexed, at the first question. */
class SortedRows {
  readonly #made: RowsOfHost;
  readonly #sorted = new Map<TableName, readonly object[]>();
  readonly #indexes = new Map<string, Index>();

  constructor(made: RowsOfHost) {
    this.#made = made;
  }

  rows<T extends TableName>(table: T, where: Readonly<Record<string, unknown>>): Rows<T> {
    const wanted = Object.entries(where);
    const single = wanted.find(([, wanted]) => !Array.isArray(wanted));
    const found = single === undefined ? this.#all(table) : this.#indexed(table, ...single);
    const others = wanted.filter((one) => one !== single).map(toTest);
    if (others.length === 0) return found as unknown as Rows<T>;
    return found.filter((row) => others.every((test) => test(row))) as unknown as Rows<T>;
  }

  #all(table: TableName): readonly object[] {
    const known = this.#sorted.get(table);
    if (known !== undefined) return known;
    const rows = this.#made[table] ?? [];
    const sorted = rows.toSorted(compareRows(table));
    this.#sorted.set(table, sorted);
    return sorted;
  }

  #indexed(table: TableName, column: string, wanted: unknown): readonly object[] {
    const name = `${table}.${column}`;
    const index =
      this.#indexes.get(name) ?? Map.groupBy(this.#all(table), (row) => cell(row, column));
    this.#indexes.set(name, index);
    return index.get(wanted) ?? [];
  }
}

const cell = (row: object, column: string): unknown =>
  (row as Readonly<Record<string, unknown>>)[column];

const isAmong = (value: unknown, wanted: unknown): boolean =>
  Array.isArray(wanted) ? wanted.includes(value) : wanted === value;

function toTest([column, wanted]: readonly [string, unknown]): (row: object) => boolean {
  if (!Array.isArray(wanted)) return (row) => cell(row, column) === wanted;
  const values: ReadonlySet<unknown> = new Set(wanted);
  return (row) => values.has(cell(row, column));
}
