import type { CarriedCommit, CommitWatermark, StoredCommit } from '@netfold/application';
import type { StoredEvent } from '@netfold/contracts';
import type { LogRecord } from '../transport.ts';
import { eventOf, headerNames, isObject, messageTypes, recordOf } from './cloud-event.ts';
import { MessageInvalid } from './message-invalid.ts';

/** Where a commit is relayed from, and what is known of how it came about. */
export type CommitSending = {
  readonly source: string;
  readonly logEpoch: string;
  readonly traceparent: string | null;
};

/** A record of `netfold.commits`. */
export type CommitMessage =
  | {
      readonly kind: 'commit';
      readonly commit: CarriedCommit;
      readonly traceparent: string | null;
    }
  | { readonly kind: 'watermark'; readonly partition: number; readonly watermark: CommitWatermark };

/** The commit as it is stored: its events are written byte for byte, as its hash covers them. */
export function commitRecord(stored: StoredCommit, sending: CommitSending): LogRecord {
  const { eventsText, ...columns } = stored;
  const { partition, position, labId, labVersion, schemaVersion, recordedAt } = stored;
  const { source, logEpoch, traceparent } = sending;
  const columnsText = JSON.stringify({ logEpoch, ...columns });
  const id = `${partition}/${position}`;
  return recordOf(
    { type: messageTypes.commit, id, source, subject: labId, time: recordedAt, traceparent },
    `${columnsText.slice(0, -1)},"events":${eventsText}}`,
    {
      [headerNames.lab]: labId,
      [headerNames.position]: String(position),
      [headerNames.version]: String(labVersion),
      [headerNames.schema]: String(schemaVersion),
      [headerNames.logEpoch]: logEpoch,
    },
  );
}

/** "All commits of the partition up to this position stand above." */
export function watermarkRecord(
  of: CommitWatermark & { readonly partition: number },
  sending: { readonly source: string; readonly time: number },
): LogRecord {
  const { partition, position, logEpoch } = of;
  const id = `${partition}/${position}/watermark`;
  const attributes = { type: messageTypes.watermark, id, subject: null, traceparent: null };
  return recordOf(
    { ...attributes, ...sending },
    JSON.stringify({ partition, position, logEpoch }),
    { [headerNames.position]: String(position), [headerNames.logEpoch]: logEpoch },
  );
}

/**
 * Reads a record of `netfold.commits`. Events are as stored, of whatever schema version.
 *
 * @throws MessageInvalid
 */
export function commitMessageOf(record: Pick<LogRecord, 'value' | 'headers'>): CommitMessage {
  const event = eventOf(record, [messageTypes.commit, messageTypes.watermark]);
  if (!isObject(event.data)) throw new MessageInvalid('the data is no object');
  if (event.type === messageTypes.commit) {
    return { kind: 'commit', commit: carriedOf(event.data), traceparent: event.traceparent };
  }
  const { partition, position, logEpoch } = event.data;
  const isWhole = isCount(partition) && isCount(position) && typeof logEpoch === 'string';
  if (!isWhole) throw new MessageInvalid('the watermark is not whole');
  return { kind: 'watermark', partition, watermark: { position, logEpoch } };
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;
const isText = (value: unknown): boolean => typeof value === 'string';
const isTextOrNull = (value: unknown): boolean => value === null || isText(value);

/** What each column must be; a name that is missing here would not compile. */
const columns: Readonly<Record<keyof CarriedCommit, (value: unknown) => boolean>> = {
  partition: isCount,
  position: isCount,
  labId: isText,
  labVersion: isCount,
  tenantId: isText,
  commandId: isText,
  correlationId: isText,
  causationId: isTextOrNull,
  actorId: isText,
  face: isText,
  commandText: isTextOrNull,
  recordedAt: Number.isFinite,
  labTime: Number.isFinite,
  schemaVersion: isCount,
  events: (value) => Array.isArray(value) && value.every(isStoredEvent),
  previousHash: isText,
  hash: isText,
  logEpoch: isText,
};

function isStoredEvent(value: unknown): value is StoredEvent {
  return isObject(value) && typeof value['type'] === 'string' && isObject(value['data']);
}

function carriedOf(data: Readonly<Record<string, unknown>>): CarriedCommit {
  for (const [name, isRight] of Object.entries(columns)) {
    if (!isRight(data[name]))
      throw new MessageInvalid('the commit is not whole', { field: [name] });
  }
  return data as CarriedCommit;
}
