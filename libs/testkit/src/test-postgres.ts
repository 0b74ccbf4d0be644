import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@netfold/embedded-postgres';
import type { ConnectionSettings, EmbeddedPostgres } from '@netfold/embedded-postgres';
import { migrateLog } from '@netfold/log-postgres';
import pg from 'pg';

/** A real PostgreSQL in a folder of its own, for the tests of one file. */
export class TestPostgres {
  readonly #folder: string;
  #postgres: EmbeddedPostgres;
  #databases = 0;
  #hasTemplate = false;

  private constructor(folder: string, postgres: EmbeddedPostgres) {
    this.#folder = folder;
    this.#postgres = postgres;
  }

  static async start(): Promise<TestPostgres> {
    const folder = mkdtempSync(join(tmpdir(), 'netfold-test-'));
    return new TestPostgres(folder, await startPostgres({ folder }));
  }

  /** An empty database of its own for one test, as the owner reaches it. */
  async database(template = 'template1'): Promise<ConnectionSettings> {
    this.#databases += 1;
    const database = `test_${this.#databases}`;
    await this.#create(database, template);
    return { ...this.#postgres.connection, database };
  }

  /** A database with the log's schema in it. */
  async logDatabase(): Promise<ConnectionSettings> {
    const template = { ...this.#postgres.connection, database: 'log_template' };
    if (!this.#hasTemplate) {
      await this.#create(template.database, 'template1');
      await withClient(template, migrateLog);
      this.#hasTemplate = true;
    }
    return this.database(template.database);
  }

  /** Kills the server as a loss of power would, and starts it again on the same data. */
  async crash(): Promise<void> {
    process.kill(this.#postgres.processId, 'SIGKILL');
    await this.#postgres.ended;
    this.#postgres = await startPostgres({ folder: this.#folder });
  }

  async stop(): Promise<void> {
    await this.#postgres.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #create(database: string, template: string): Promise<void> {
    await withClient(this.#postgres.connection, (client) =>
      client.query(`create database ${database} template ${template}`),
    );
  }
}

/** Runs work on a connection that ends with it. */
export async function withClient<T>(
  connection: ConnectionSettings,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
