import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Connection } from './netfold.ts';

/** Between two looks at the tables. */
const lookMs = 1;

type Awaited = {
  readonly labId: string;
  readonly name: string;
  readonly seen: Promise<number>;
  readonly tell: (at: number) => void;
};

const look =
  'select c.lab_id, c.name from read.container c join unnest($1::text[], $2::text[]) as w(lab, name)' +
  ' on c.lab_id = w.lab and c.name = w.name';

/**
 * Tells when rows of containers can be read: looks at the table again and again, with one
 * connection and one statement for all that are waited for.
 */
export class VisibleRows {
  readonly #client: pg.Client;
  readonly #awaited = new Map<string, Awaited>();
  #isClosed = false;
  #looking: Promise<void> | null = null;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(connection: Connection): Promise<VisibleRows> {
    const client = new pg.Client(connection);
    await client.connect();
    return new VisibleRows(client);
  }

  /** @returns when the row was first seen, as `performance.now()` */
  seen(labId: string, name: string): Promise<number> {
    const key = `${labId} ${name}`;
    const known = this.#awaited.get(key);
    if (known !== undefined) return known.seen;
    const { promise: seen, resolve: tell } = Promise.withResolvers<number>();
    this.#awaited.set(key, { labId, name, seen, tell });
    this.#looking ??= this.#lookUntilAllSeen();
    return seen;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#looking;
    await this.#client.end();
  }

  async #lookUntilAllSeen(): Promise<void> {
    while (this.#awaited.size > 0 && !this.#isClosed) {
      const wanted = [...this.#awaited.values()];
      const values = [wanted.map(({ labId }) => labId), wanted.map(({ name }) => name)];
      const { rows } = await this.#client.query<{ lab_id: string; name: string }>({
        name: 'look',
        text: look,
        values,
      });
      const at = performance.now();
      for (const { lab_id: labId, name } of rows) {
        const key = `${labId} ${name}`;
        this.#awaited.get(key)?.tell(at);
        this.#awaited.delete(key);
      }
      await wait(lookMs);
    }
    this.#looking = null;
  }
}
