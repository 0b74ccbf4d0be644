import type { FlushEntry } from '@netfold/application';
import type { LabEvent } from '@netfold/contracts';
import { eventTypes } from '@netfold/domain';
import { textArray } from '@netfold/log-postgres';
import { changesOf } from '@netfold/readmodel-postgres';
import { CommandHandler, projections } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore, postgreSQLProjection } from '@event-driven-io/emmett-postgresql';
import type { PostgresEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import type { Connection } from '../netfold/netfold.ts';

/** Events as emmett stores them; what was decided, and no more. */
export type StoredEvent = {
  readonly type: string;
  readonly data: Record<string, unknown>;
};

/** A decided command as the peer is given it: it neither decides nor works out any row. */
export type GivenCommand = {
  readonly stream: string;
  /** Of the stream, after the command. */
  readonly events: readonly StoredEvent[];
  /** The argument of `read.apply_changes`, encoded beforehand. */
  readonly changes: Buffer;
};

/** What the service flushed, as commands for a peer, in the order of the log. */
export function givenCommands(entries: readonly FlushEntry[]): readonly GivenCommand[] {
  return entries.flatMap(({ commit, delta }) =>
    commit === null
      ? []
      : [
          {
            stream: commit.labId,
            events: commit.events.map(storedEvent),
            changes: textArray(
              changesOf(delta ?? [], [{ labId: commit.labId, version: commit.labVersion }]),
            ),
          },
        ],
  );
}

const storedEvent = ({ type, data }: LabEvent): StoredEvent => ({
  type,
  data: data as Record<string, unknown>,
});

/** Connections of emmett's pool: more made it slower on two cores. */
const connections = 16;

/**
 * emmett on PostgreSQL as its documentation has it: `CommandHandler` reads the stream, folds it and
 * appends with the expected version; an inline projection writes in the same transaction.
 * In its favour: the fold does nothing, the decision and the row changes are given to it, and the
 * rows go in by the same one statement as the service's.
 */
export class EmmettPeer {
  readonly store: PostgresEventStore;
  readonly #pool: pg.Pool;
  /** Row changes of the append that begins at this place, by stream and position. */
  readonly #changes = new Map<string, Buffer>();

  private constructor(connection: Connection, isProjecting: boolean) {
    this.#pool = new pg.Pool({ ...connection, max: connections });
    this.store = getPostgreSQLEventStore(urlOf(connection), {
      schema: { autoMigration: 'None' },
      connectionOptions: { pool: this.#pool },
      projections: isProjecting ? projections.inline([this.#rows()]) : [],
    });
  }

  /** In a database that has the read models' schema, and emmett's tables after this. */
  static async open(connection: Connection, isProjecting = true): Promise<EmmettPeer> {
    const peer = new EmmettPeer(connection, isProjecting);
    await peer.store.schema.migrate();
    return peer;
  }

  async submit({ stream, events, changes }: GivenCommand): Promise<void> {
    await handle(this.store, stream, (position: number) => {
      this.#changes.set(`${stream} ${position + 1}`, changes);
      return [...events];
    });
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.#pool.end();
  }

  #rows() {
    return postgreSQLProjection<StoredEvent>({
      name: 'rows',
      canHandle: [...eventTypes],
      handle: async (events, { connection }) => {
        const [first] = events;
        const key = `${first?.metadata.streamName} ${first?.metadata.streamPosition}`;
        const changes = this.#changes.get(key);
        if (changes === undefined) throw new Error(`no row changes for ${key}`);
        this.#changes.delete(key);
        await connection.client.query({
          name: 'rows',
          text: 'select read.apply_changes($1)',
          values: [changes],
        });
      },
    });
  }
}

/** The state is the number of events read: the fold costs nothing. */
const handle = CommandHandler<number, StoredEvent>({
  evolve: (position) => position + 1,
  initialState: () => 0,
});

export const urlOf = ({ host, port, user, password, database }: Connection): string =>
  `postgresql://${user}:${password}@localhost:${port}/${database}` +
  `?host=${encodeURIComponent(host)}`;
