import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Connection } from './netfold.ts';

/** Between two looks at the tables, with one row that is waited for and with more. */
const lookMs = 1;
const lookMsOfMany = 5;

type Awaited = {
  readonly labId: string;
  readonly name: string;
  readonly seen: Promise<number>;
  readonly tell: (at: number) => void;
};

/** Row by row, by the index: a plan that reads the whole table would slow down what is measured. */
const look =
  'select w.lab as lab_id, w.name from unnest($1::text[], $2::text[]) as w(lab, name)' +
  ' cross join lateral (select from read.container c' +
  " where c.lab_id = w.lab and c.host = 'h1' and c.name = w.name limit 1) as c";

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
      await wait(wanted.length === 1 ? lookMs : lookMsOfMany);
    }
    this.#looking = null;
  }
}
