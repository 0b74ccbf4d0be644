import { EventEmitter } from 'node:events';
import type { GivenCommand } from './emmett.ts';
import type { EmmettPeer, StoredEvent } from './emmett.ts';
import { postgreSQLProjection } from '@event-driven-io/emmett-postgresql';
import { eventTypes } from '@netfold/domain';

/** Events that the consumer reads at a time; ten times its default, which is slower. */
const batchSize = 1_000;

/**
 * Replays emmett's log into empty tables by its consumer with a projector, as its documentation
 * has it. A command's row changes are written with its last event; the events before it do nothing
 * but be read, handled and check-pointed.
 *
 * @returns how many events were handled
 */
export async function replayWithConsumer(
  peer: EmmettPeer,
  commands: readonly GivenCommand[],
): Promise<number> {
  const changes = changesByEvent(commands);
  let handled = 0;
  const consumer = peer.store.consumer<StoredEvent>({
    stopWhen: { noMessagesLeft: true },
    pulling: { batchSize },
  });
  consumer.projector({
    projection: postgreSQLProjection<StoredEvent>({
      name: 'replayed-rows',
      canHandle: [...eventTypes],
      handle: async (events, { connection }) => {
        for (const { metadata } of events) {
          handled += 1;
          const rows = changes.get(`${metadata.streamName} ${metadata.streamPosition}`);
          if (rows === undefined) continue;
          await connection.client.query({
            name: 'rows',
            text: 'select read.apply_changes($1)',
            values: [rows],
          });
        }
      },
    }),
  });
  EventEmitter.defaultMaxListeners = 50;
  await consumer.start();
  await consumer.close();
  return handled;
}

function changesByEvent(commands: readonly GivenCommand[]): ReadonlyMap<string, Buffer> {
  const positions = new Map<string, number>();
  const changes = new Map<string, Buffer>();
  for (const command of commands) {
    const last = (positions.get(command.stream) ?? 0) + command.events.length;
    positions.set(command.stream, last);
    changes.set(`${command.stream} ${last}`, command.changes);
  }
  return changes;
}
