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
    released(client, true);
    return result;
  } catch (error) {
    const isAlive = await rolledBack(client);
    released(client, isAlive);
    throw isAlive && !isReply(error) ? error : storeFailure(error);
  }
}

/** Whether the database said it, and not a client that lost it or our own code. */
export const isReply = (error: unknown): boolean => error instanceof Error && 'severity' in error;

async function connected(pool: Pool): Promise<PoolClient> {
  try {
    const client = await pool.connect();
    // The pool listens to its idle connections only; one that breaks tells so by its next query.
    client.on('error', ignore);
    return client;
  } catch (error) {
    throw storeFailure(error);
  }
}

function released(client: PoolClient, isAlive: boolean): void {
  client.off('error', ignore);
  client.release(!isAlive);
}

const ignore = (): void => {};

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    // The transaction ends with its connection.
    return false;
  }
}
