import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Connection } from './netfold.ts';

/** A writing transaction that stays open; begun again when the server was killed. */
export class OpenTransaction {
  readonly #connection: Connection;
  #client: pg.Client | null = null;
  #isOver = false;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async hold(connection: Connection): Promise<OpenTransaction> {
    const held = new OpenTransaction(connection);
    await held.#begin();
    return held;
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#client?.end();
  }

  async #begin(): Promise<void> {
    const client = new pg.Client(this.#connection);
    this.#client = client;
    client.on('error', () => void this.#again());
    await client.connect();
    await client.query('begin');
    // As the first row that it writes would: older snapshots wait for it from now on.
    await client.query('select pg_current_xact_id()');
  }

  async #again(): Promise<void> {
    while (!this.#isOver) {
      await wait(100);
      try {
        return await this.#begin();
      } catch {
        // Still starting.
      }
    }
  }
}
