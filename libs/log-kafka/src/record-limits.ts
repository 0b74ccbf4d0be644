import { RecordRefused, type LogRecord } from './transport.ts';

/**
 * Of all records of one `send`, and of what is joined to one batch on the wire. A broker takes
 * batches of 1,048,588 bytes unless it is configured otherwise (`message.max.bytes`).
 */
export const batchBytesMax = 1_000_000;

/** More than the lengths and counters around a record take: at most 36 bytes, 10 per header. */
const recordFrameBytes = 64;
const headerFrameBytes = 16;

/** @returns an upper bound of the bytes that the records take on the wire */
export function bytesOnWire(records: readonly LogRecord[]): number {
  return records.reduce((sum, record) => sum + bytesOf(record), 0);
}

/** @throws RecordRefused */
export function assertSendable(records: readonly LogRecord[]): void {
  if (records.length === 0) throw new RecordRefused('a batch without records');
  for (const record of records) {
    for (const [name, value] of Object.entries(record.headers)) {
      if (typeof value !== 'string') {
        throw new RecordRefused(`the header \`${name}\` is not text`);
      }
    }
  }
  const bytes = bytesOnWire(records);
  if (bytes > batchBytesMax) {
    throw new RecordRefused(`${bytes} bytes in one batch, at most ${batchBytesMax}`);
  }
}

function bytesOf({ key, value, headers }: LogRecord): number {
  const headerBytes = Object.entries(headers).map(
    ([name, text]) => Buffer.byteLength(name) + Buffer.byteLength(text) + headerFrameBytes,
  );
  const frame = recordFrameBytes + Buffer.byteLength(key);
  return headerBytes.reduce((sum, bytes) => sum + bytes, frame + value.byteLength);
}
