import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@netfold/embedded-postgres';
import type { ConnectionSettings } from '@netfold/embedded-postgres';
import { migrateLog } from '@netfold/log-postgres';
import pg from 'pg';
import { isOnContainers, startPostgresContainer } from './test-containers.ts';

type TestServer = {
  readonly connection: ConnectionSettings;
  crash(): Promise<void>;
  stop(): Promise<void>;
};

/** A real PostgreSQL of its own, for the tests of one file: embedded, or in a container. */
export class TestPostgres {
  readonly #server: TestServer;
  #databases = 0;
  #hasTemplate = false;

  private constructor(server: TestServer) {
    this.#server = server;
  }

  static async start(): Promise<TestPostgres> {
    const server = isOnContainers() ? startPostgresContainer() : startEmbedded();
    return new TestPostgres(await server);
  }

  /** An empty database of its own for one test, as the owner reaches it. */
  async database(template = 'template1'): Promise<ConnectionSettings> {
    this.#databases += 1;
    const database = `test_${this.#databases}`;
    await this.#create(database, template);
    return { ...this.#server.connection, database };
  }

  /** A database with the log's schema in it. */
  async logDatabase(): Promise<ConnectionSettings> {
    const template = { ...this.#server.connection, database: 'log_template' };
    if (!this.#hasTemplate) {
      await this.#create(template.database, 'template1');
      await withClient(template, migrateLog);
      this.#hasTemplate = true;
    }
    return this.database(template.database);
  }

  /** Kills the server as a loss of power would, and starts it again on the same data. */
  crash(): Promise<void> {
    return this.#server.crash();
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  async #create(database: string, template: string): Promise<void> {
    await withClient(this.#server.connection, (client) =>
      client.query(`create database ${database} template ${template}`),
    );
  }
}

async function startEmbedded(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'netfold-test-'));
  let postgres = await startPostgres({ folder });
  return {
    connection: postgres.connection,
    crash: async () => {
      process.kill(postgres.processId, 'SIGKILL');
      await postgres.ended;
      postgres = await startPostgres({ folder });
    },
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs work on a connection that ends with it. */
export async function withClient<T>(
  connection: ConnectionSettings,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(connection);
  // A connection that breaks tells so by its next query; without a listener it ends the process.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A pool that outlives its connections: tests cut them, and the next query makes a new one. */
export function poolAs(connection: ConnectionSettings, role: string): pg.Pool {
  const pool = new pg.Pool({ ...connection, options: `-c role=${role}`, max: 4 });
  pool.on('error', () => {});
  return pool;
}
