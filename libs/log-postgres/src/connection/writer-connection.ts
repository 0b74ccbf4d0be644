import { Client } from 'pg';
import type { QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { clientConfig, plansByKey } from './connection-settings.ts';
import type { ConnectionSettings } from './connection-settings.ts';

/** The statement was never sent: no connection could be made. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
}

/**
 * The one connection that flushes. It is made when it is first needed, and anew after it broke;
 * a statement on a broken connection fails, it is never sent twice.
 */
export class WriterConnection {
  readonly #settings: ConnectionSettings;
  #client: Client | null = null;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
  }

  /** @throws NotConnected, or what the server or the connection's end say */
  async query<R extends QueryResultRow>(query: QueryConfig): Promise<QueryResult<R>> {
    const client = this.#client ?? (await this.#connect());
    try {
      return await client.query<R>(query);
    } catch (error) {
      // A reply of the server leaves the connection usable; anything else has broken it.
      const isReply = error instanceof Error && 'code' in error && 'severity' in error;
      if (!isReply || error.severity !== 'ERROR') this.drop();
      throw error;
    }
  }

  drop(): void {
    const client = this.#client;
    this.#client = null;
    // Ending is politeness only; a dead connection refuses it.
    client?.end().catch(() => {});
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.end();
  }

  async #connect(): Promise<Client> {
    const client = new Client(clientConfig(this.#settings, 'netfold writer', plansByKey));
    // Without a listener the end of an idle connection would end the process.
    client.on('error', () => {
      if (this.#client === client) this.#client = null;
    });
    client.on('end', () => {
      if (this.#client === client) this.#client = null;
    });
    try {
      await client.connect();
    } catch (cause) {
      client.end().catch(() => {});
      throw new NotConnected('the log’s database cannot be reached', { cause });
    }
    this.#client = client;
    return client;
  }
}
