import { once } from 'node:events';
import { connect } from 'node:net';

/** Bytes per second of all clients of one name. */
export type ClientQuota = { readonly written: number; readonly read: number };

const alterClientQuotas = 49;
const correlationId = 1;
/** After length, correlation id, throttle time and the number of entries. */
const errorCodeAt = 4 + 4 + 4 + 4;

/**
 * Has a broker hold back the clients of one name: AlterClientQuotas of Kafka's protocol, version 0,
 * which kafkajs lacks.
 */
export async function setClientQuota(
  address: string,
  clientId: string,
  quota: ClientQuota,
): Promise<void> {
  const header = [int16(alterClientQuotas), int16(0), int32(correlationId), text('netfold-test')];
  const oneEntryOfOnePart = [int32(1), int32(1), text('client-id'), text(clientId)];
  const written = limit('producer_byte_rate', quota.written);
  const read = limit('consumer_byte_rate', quota.read);
  const twoLimits = [int32(2), ...written, ...read];
  const validateOnly = isFalse;
  const parts = [...header, ...oneEntryOfOnePart, ...twoLimits, validateOnly];
  const request = Buffer.concat(parts);
  const [host = '', port] = address.split(':');
  const socket = connect(Number(port), host);
  await once(socket, 'connect');
  socket.write(Buffer.concat([int32(request.length), request]));
  const [reply] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  const errorCode = reply.readInt16BE(errorCodeAt);
  if (errorCode !== 0) throw new Error(`the broker refused the quota: error ${errorCode}`);
}

const isFalse = Buffer.from([0]);

function limit(name: string, value: number): readonly Buffer[] {
  const remove = isFalse;
  return [text(name), float64(value), remove];
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function float64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

function text(value: string): Buffer {
  return Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)]);
}
