import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Connection } from './netfold.ts';

/** The reader pauses so long when there is nothing new. */
const pauseMs = 1;
const commitsPerPage = 500;

export type SeenCommit = {
  readonly position: number;
  readonly commandId: string;
  readonly events: number;
};

const page =
  'select position::float8 as position, command_id as "commandId",' +
  ' json_array_length(events) as events from log.commit' +
  ' where partition = 0 and position > $1 order by commit.position limit $2';

/**
 * A consumer of the log outside of the service: reads by position, "after the last one", notes
 * everything that it was given, and goes on when the database comes back.
 */
export class PositionReader {
  readonly seen: SeenCommit[] = [];
  readonly #connection: Connection;
  #isStopped = false;
  #reading: Promise<void> = Promise.resolve();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  start(): void {
    this.#reading = this.#read();
  }

  /** Stops when there is nothing more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#reading;
  }

  async #read(): Promise<void> {
    let isAtEnd = false;
    while (!isAtEnd) {
      const client = new pg.Client(this.#connection);
      // A killed server tells it here, and the query below fails.
      client.on('error', () => {});
      try {
        await client.connect();
        await this.#follow(client);
        isAtEnd = true;
      } catch {
        await wait(100); // The server was killed; what was seen stays seen.
      } finally {
        await client.end().catch(() => {});
      }
    }
  }

  async #follow(client: pg.Client): Promise<void> {
    for (;;) {
      // Before the page: what is there when it stops is still read.
      const isLast = this.#isStopped;
      const after = this.seen.at(-1)?.position ?? 0;
      const { rows } = await client.query<SeenCommit>(page, [after, commitsPerPage]);
      this.seen.push(...rows);
      if (rows.length > 0) continue;
      if (isLast) return;
      await wait(pauseMs);
    }
  }
}
