import type { Pool, PoolClient, QueryResultRow } from 'pg';
import type { TenantId } from '@netfold/contracts';

/** Statements of one tenant: row level security shows them nothing else. */
export class TenantConnection {
  readonly #pool: Pool;

  /** @param pool connections of the role `netfold_writer` */
  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** One statement in a transaction that names the tenant. */
  async rows<R extends QueryResultRow>(
    tenantId: TenantId,
    text: string,
    values: readonly unknown[],
  ): Promise<readonly R[]> {
    return this.transaction(tenantId, async (client) => {
      const { rows } = await client.query<R>(text, [...values]);
      return rows;
    });
  }

  async transaction<T>(tenantId: TenantId, work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    try {
      await client.query('begin');
      await client.query("select set_config('netfold.tenant', $1, true)", [tenantId]);
      const result = await work(client);
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      // Closing the connection ends the transaction, also when the connection is what broke.
      client.release(true);
      throw error;
    }
  }
}
