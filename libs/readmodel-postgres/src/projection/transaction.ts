import { storeFailure } from '@netfold/application';
import type { Pool, PoolClient } from 'pg';

/**
 * Runs work in a transaction on a connection of the pool.
 *
 * @throws StoreUnavailable: when that came at the end, the work may have been done; else what the
 *   work threw, and nothing was done
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await connected(pool);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    const isAlive = await rolledBack(client);
    client.release(!isAlive);
    throw isAlive && !isReply(error) ? error : storeFailure(error);
  }
}

/** Whether the database said it, and not a client that lost it or our own code. */
export const isReply = (error: unknown): boolean => error instanceof Error && 'severity' in error;

async function connected(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw storeFailure(error);
  }
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    // The transaction ends with its connection.
    return false;
  }
}
