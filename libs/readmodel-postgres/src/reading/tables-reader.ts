import { parseCursor, RowPage, rowsPerPageMax, storeFailure } from '@netfold/application';
import type { LabReader, LabTables, Page, PageOf, Where } from '@netfold/application';
import type { LabId, TenantId } from '@netfold/contracts';
import type { RowsByTable, TableName } from '@netfold/dataplane';
import { escapeLiteral } from 'pg';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { StatementNames } from './statement-names.ts';
import { countQuery, rowsQuery } from './row-query.ts';
import type { SqlQuery } from './row-query.ts';

/** A reader that nobody closed lets go of its connection after so long. */
export const readerOpenMsMax = 10_000;

/**
 * Reads the tables of the read models. Each opened reader is one repeatable-read snapshot,
 * so that all rows of one answer show one version; the tenant is set in the same round trip.
 */
export class PostgresLabTables implements LabTables {
  readonly #pool: Pool;
  readonly #names = new StatementNames();

  /** @param pool connections of the reader role, which row level security binds to one tenant */
  constructor(pool: Pool) {
    this.#pool = pool;
    // A pool listens to its idle connections only. One that breaks while a reader holds it tells
    // so by the next query; without a listener it would end the process.
    pool.on('connect', (client) => client.on('error', () => {}));
  }

  async open(tenantId: TenantId, labId: LabId): Promise<LabReader | null> {
    const client = await this.#connect();
    try {
      const version = await beginSnapshot(client, tenantId, labId);
      if (version !== null) return new TablesReader({ client, names: this.#names, labId, version });
      await client.query('rollback');
      client.release();
      return null;
    } catch (error) {
      client.release(true);
      throw storeFailure(error);
    }
  }

  async labs(tenantId: TenantId, page: Page, name?: string): Promise<PageOf<RowsByTable['lab']>> {
    const client = await this.#connect();
    try {
      await client.query(`begin read only; ${tenantSql(tenantId)}`);
      const named = name === undefined ? {} : { name };
      const ask: Ask<'lab'> = ({ text, values }) => client.query(text, [...values]);
      const found = await pageOf(ask, 'lab', { tenantId, state: 'active', ...named }, page);
      await client.query('commit');
      client.release();
      return found;
    } catch (error) {
      client.release(true);
      throw storeFailure(error);
    }
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw storeFailure(error);
    }
  }
}

type Opened = {
  readonly client: PoolClient;
  readonly names: StatementNames;
  readonly labId: LabId;
  readonly version: number;
};

class TablesReader implements LabReader {
  readonly labId: LabId;
  readonly version: number;
  readonly #client: PoolClient;
  readonly #names: StatementNames;
  readonly #deadline: NodeJS.Timeout;
  /** The statements of a reader go one after the other: they share one connection. */
  #turn: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor({ client, names, labId, version }: Opened) {
    this.#client = client;
    this.#names = names;
    this.labId = labId;
    this.version = version;
    this.#deadline = setTimeout(() => this.#drop(), readerOpenMsMax);
    this.#deadline.unref();
  }

  async rows<T extends TableName>(table: T, where: Where<T>): Promise<readonly RowsByTable[T][]> {
    const query = rowsQuery(table, this.#ofLab(where), { limit: null, after: null });
    return (await this.#query<RowsByTable[T]>(query)).rows;
  }

  page<T extends TableName>(
    table: T,
    where: Where<T>,
    page: Page,
  ): Promise<PageOf<RowsByTable[T]>> {
    return pageOf((query) => this.#query(query), table, this.#ofLab(where), page);
  }

  async count<T extends TableName>(table: T, where: Where<T>): Promise<number> {
    const query = countQuery(table, this.#ofLab(where));
    return (await this.#query<{ count: number }>(query)).rows[0]?.count ?? 0;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#deadline);
    await this.#turn.catch(() => {}); // Told to who asked.
    try {
      await this.#client.query('commit');
      this.#client.release();
    } catch {
      // The snapshot ends with its connection; a reader has nothing to lose.
      this.#client.release(true);
    }
  }

  #drop(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#client.release(true);
  }

  #query<R extends object>({ text, values }: SqlQuery): Promise<QueryResult<R>> {
    if (this.#isClosed) throw new Error('this reader of a lab is closed');
    const send = (): Promise<QueryResult<R>> =>
      this.#client.query<R>({ name: this.#names.of(text), text, values: [...values] });
    const answer = this.#turn.then(send, send).catch((error: unknown) => {
      throw storeFailure(error);
    });
    this.#turn = answer.catch(() => {}); // Told to who asked; the next statement has its own fate.
    return answer;
  }

  #ofLab<T extends TableName>(where: Where<T>): Where<T> {
    return { ...where, labId: this.labId };
  }
}

type Ask<T extends TableName> = (query: SqlQuery) => Promise<QueryResult<RowsByTable[T]>>;

async function pageOf<T extends TableName>(
  ask: Ask<T>,
  table: T,
  where: Where<T>,
  page: Page,
): Promise<PageOf<RowsByTable[T]>> {
  const first = Math.min(page.first, rowsPerPageMax);
  const after = page.after === null ? null : parseCursor(table, page.after);
  const found = await ask(rowsQuery(table, where, { limit: first + 1, after }));
  return new RowPage(table, found.rows.slice(0, first), found.rows.length > first);
}

const tenantSql = (tenantId: TenantId): string =>
  `select set_config('netfold.tenant', ${escapeLiteral(tenantId)}, true)`;

/** One round trip: begin, the tenant, and the version the snapshot shows; `null`: no such lab. */
async function beginSnapshot(
  client: PoolClient,
  tenantId: TenantId,
  labId: LabId,
): Promise<number | null> {
  const results = (await client.query(
    `begin isolation level repeatable read read only; ${tenantSql(tenantId)};` +
      ' select v.version::float8 as version from read.lab_version v' +
      ` where v.lab_id = ${escapeLiteral(labId)}` +
      ' and exists (select from read.lab l where l.lab_id = v.lab_id)',
  )) as unknown as readonly { readonly rows: readonly { readonly version: number }[] }[];
  return results.at(-1)?.rows[0]?.version ?? null;
}
