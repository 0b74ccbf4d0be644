import { setTimeout as sleep } from 'node:timers/promises';
import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { Batch, BatchContext, BatchHandler, StoredRecord } from '../transport.ts';
import type { RunningBatch } from './running-batches.ts';

export type Delivery = {
  readonly running: RunningBatch;
  readonly recordsMax: number;
  readonly heartbeatMs: number;
  readonly redeliveryDelayMs: number;
  readonly isPaused: () => boolean;
};

/**
 * Hands what kafkajs fetched for one partition to the handler, in small batches, and beats the
 * group's heart meanwhile. Marks as read only what was handled, so that the next fetch begins with
 * the rest.
 *
 * @throws what the group's coordinator answered, so that kafkajs joins again; nothing else
 */
export async function deliver(
  payload: EachBatchPayload,
  handler: BatchHandler,
  delivery: Delivery,
): Promise<void> {
  const { running } = delivery;
  const group = beatingHeart(payload, delivery);
  try {
    for (const batch of batchesOf(payload, delivery.recordsMax)) {
      const mayGoOn = payload.isRunning() && !payload.isStale() && !delivery.isPaused();
      if (running.signal.aborted || !mayGoOn) break;
      const isHandled = await handled(batch, { payload, handler, group, running });
      if (!isHandled) {
        await sleep(delivery.redeliveryDelayMs, null, { signal: running.signal }).catch(() => {
          // Aborted: the group has changed and there is nothing to wait for.
        });
        break;
      }
    }
  } finally {
    group.stop();
  }
  if (group.refusal() !== null) throw group.refusal();
}

/** What the coordinator said; the first refusal aborts the batch. */
type Group = {
  readonly refuse: (error: unknown) => void;
  readonly refusal: () => unknown;
  readonly stop: () => void;
};

function beatingHeart(payload: EachBatchPayload, { running, heartbeatMs }: Delivery): Group {
  let refusal: unknown = null;
  const refuse = (error: unknown): void => {
    refusal ??= error;
    running.abort(new Error('the group has changed', { cause: error }));
  };
  const timer = setInterval(() => {
    payload.heartbeat().catch(refuse);
  }, heartbeatMs);
  return {
    refuse,
    refusal: () => refusal,
    stop: () => {
      clearInterval(timer);
    },
  };
}

async function handled(
  batch: Batch,
  to: {
    readonly payload: EachBatchPayload;
    readonly handler: BatchHandler;
    readonly group: Group;
    readonly running: RunningBatch;
  },
): Promise<boolean> {
  const { payload, running, group } = to;
  const last = batch.records.at(-1);
  if (last === undefined) return true;
  const context: BatchContext = {
    signal: running.signal,
    commit: async (next) => {
      try {
        await commit(payload, next);
      } catch (error) {
        if (isRefusalOfMember(error)) group.refuse(error);
        throw error;
      }
      if (!running.signal.aborted) payload.resolveOffset(String(next - 1n));
    },
  };
  try {
    await to.handler(batch, context);
  } catch {
    // The handler reports its own errors; here they mean "once more".
    return false;
  }
  // What was handled after the group changed may have been handled elsewhere, too.
  if (!running.signal.aborted) payload.resolveOffset(String(last.offset));
  return true;
}

/** By way of the batch: the consumer's own method drops commits silently while it is stopping. */
function commit(payload: EachBatchPayload, next: bigint): Promise<void> {
  const { topic, partition } = payload.batch;
  return payload.commitOffsetsIfNecessary({
    topics: [{ topic, partitions: [{ partition, offset: String(next) }] }],
  });
}

const refusalsOfMember = new Set([
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'NOT_COORDINATOR_FOR_GROUP',
  'UNKNOWN_MEMBER_ID',
]);

function isRefusalOfMember(error: unknown): boolean {
  return error instanceof Error && 'type' in error && refusalsOfMember.has(String(error.type));
}

function* batchesOf({ batch }: EachBatchPayload, recordsMax: number): Generator<Batch> {
  const { topic, partition } = batch;
  const highWatermark = BigInt(batch.highWatermark);
  for (let from = 0; from < batch.messages.length; from += recordsMax) {
    const records = batch.messages.slice(from, from + recordsMax).map(recordOf);
    yield { topic, partition, records, highWatermark };
  }
}

function recordOf({ key, value, headers, offset, timestamp }: KafkaMessage): StoredRecord {
  return {
    key: key?.toString() ?? '',
    value: Uint8Array.from(value ?? []),
    headers: Object.fromEntries(
      Object.entries(headers ?? {}).map(([name, text]) => [name, textOf(text)]),
    ),
    offset: BigInt(offset),
    timestamp: Number(timestamp),
  };
}

/** A header that others wrote twice: the last one wins, as in Kafka's own clients. */
function textOf(value: Buffer | string | (Buffer | string)[] | undefined): string {
  const one = Array.isArray(value) ? value.at(-1) : value;
  return one?.toString() ?? '';
}
