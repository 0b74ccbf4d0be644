import type { LabId, TenantId } from '@netfold/contracts';
import type { RowsByTable, TableName } from '@netfold/dataplane';

/** Equality on columns; a list means any of them. */
export type Where<T extends TableName> = {
  readonly [C in keyof RowsByTable[T]]?: RowsByTable[T][C] | readonly RowsByTable[T][C][];
};

/** A page of a list that is ordered by `ordinal` where the table has one, else by its key. */
export type Page = {
  /** At most this many rows; bounded by `rowsPerPageMax`. */
  readonly first: number;
  /** Opaque place after which to go on, from an earlier page. */
  readonly after: string | null;
};

export type PageOf<R> = {
  readonly rows: readonly R[];
  readonly cursors: readonly string[];
  readonly hasNext: boolean;
};

/**
 * The one way to read a lab, at one version. Two adapters: the tables (now) and the fold
 * (any version, or no database at all). Both must answer alike at the head.
 */
export interface LabReader {
  readonly labId: LabId;
  /** The version that every answer of this reader shows. */
  readonly version: number;
  rows<T extends TableName>(table: T, where: Where<T>): Promise<readonly RowsByTable[T][]>;
  page<T extends TableName>(table: T, where: Where<T>, page: Page): Promise<PageOf<RowsByTable[T]>>;
  count<T extends TableName>(table: T, where: Where<T>): Promise<number>;
  /** Lets go of what keeps the version visible. Every opened reader is closed by who opened it. */
  close(): Promise<void>;
}

/** The tables of now, as far as they have come. `null` when the tenant has no such lab in them. */
export interface LabTables {
  open(tenantId: TenantId, labId: LabId): Promise<LabReader | null>;
  /** @param name only labs that are called so; names need not be unique in a tenant */
  labs(tenantId: TenantId, page: Page, name?: string): Promise<PageOf<RowsByTable['lab']>>;
}

/** Which version a reader shall show. */
export type ReadAt =
  /** Whatever is committed now, but not older than `atLeast`; waits for it. */
  | { readonly kind: 'now'; readonly atLeast: number | null }
  /** The state as of that version, by the fold. */
  | { readonly kind: 'asOf'; readonly version: number };

/** Opens readers; `null` when the tenant has no such lab (a foreign lab is not found). */
export interface LabReaders {
  open(tenantId: TenantId, labId: LabId, at: ReadAt): Promise<LabReader | null>;
  /** @param name only labs that are called so; names need not be unique in a tenant */
  labs(tenantId: TenantId, page: Page, name?: string): Promise<PageOf<RowsByTable['lab']>>;
}
