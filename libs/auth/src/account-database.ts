import type { TenantId } from '@netfold/contracts';
import pg from 'pg';
import type { PoolClient, PoolConfig } from 'pg';

export type AccountConnection = Pick<
  PoolConfig,
  'host' | 'port' | 'user' | 'password' | 'database' | 'ssl'
>;

const accountConnectionsMax = 4;
const connectMsMax = 2_000;
const statementMsMax = 5_000;

/** Everything is done as this role: it owns nothing and row level security holds for it. */
const role = 'netfold_account';

/** The schema of accounts, one tenant at a time. */
export class AccountDatabase {
  readonly #pool: pg.Pool;

  constructor(connection: AccountConnection) {
    this.#pool = new pg.Pool({
      ...connection,
      max: accountConnectionsMax,
      application_name: 'netfold-accounts',
      options: `-c role=${role} -c timezone=UTC`,
      connectionTimeoutMillis: connectMsMax,
      statement_timeout: statementMsMax,
      idle_in_transaction_session_timeout: statementMsMax,
    });
    // A connection that breaks while idle is replaced at the next query, which tells its failure.
    this.#pool.on('error', () => undefined);
    // The pool listens to idle connections only; one that breaks between two statements of a
    // transaction tells so by the next, and would end the process without a listener.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Runs work with the tenant set for its transaction only, never for the session. */
  async inTenant<T>(tenantId: TenantId, work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let isBroken = false;
    try {
      await client.query('begin');
      await client.query("select set_config('netfold.tenant', $1, true)", [tenantId]);
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (fault) {
      isBroken = !(await rollBack(client));
      throw fault;
    } finally {
      client.release(isBroken);
    }
  }

  /** For functions that bring their own tenant, or look across the wall on purpose. */
  async call<R extends pg.QueryResultRow>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<R | null> {
    const { rows } = await this.#pool.query<R>({ name, text, values: [...values] });
    return rows[0] ?? null;
  }

  /**
   * Whether the second wall stands: without a tenant no table shows anything, and nobody is
   * connected as a role that row level security does not hold.
   * @throws WallDown
   */
  async demandWall(): Promise<void> {
    const { rows } = await this.#pool.query<{ seen: string; is_exempt: boolean; open: string }>(
      'select (select count(*) from account.actor) + (select count(*) from account.token)' +
        ' + (select count(*) from account.lab_member)' +
        ' + (select count(*) from account.tenant) as seen,' +
        ' (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)' +
        ' as is_exempt,' +
        " (select count(*) from pg_class where relnamespace = 'account'::regnamespace" +
        "  and relkind = 'r' and relname <> 'migration'" +
        '  and not (relrowsecurity and relforcerowsecurity)) as open',
    );
    const [found] = rows;
    const isUp = found?.seen === '0' && found.open === '0' && !found.is_exempt;
    if (!isUp) throw new WallDown();
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

/** Accounts of all tenants could be read: nothing may be served. */
export class WallDown extends Error {
  override readonly name = 'WallDown';

  constructor() {
    super('row level security does not hold for the accounts; refuse to serve');
  }
}

async function rollBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    // The connection itself is gone, and its transaction with it.
    return false;
  }
}
