import { traceparentOf } from '@netfold/application';
import type { CommandRequest } from '@netfold/application';
import type { ActorId, CommandBody, CommandId, Face, LabId, TenantId } from '@netfold/contracts';
import { batchBytesMax, bytesOnWire } from '../record-limits.ts';
import type { LogRecord } from '../transport.ts';
import { eventOf, headerNames, isObject, messageTypes, recordOf } from './cloud-event.ts';
import { commandBodyOf } from './command-body.ts';
import { MessageInvalid } from './message-invalid.ts';

/** A command as it was published; who sent it is not yet believed. */
export type CommandMessage = {
  readonly id: CommandId;
  readonly labId: LabId;
  /** `null` where the publisher left it out: a token says who it is. */
  readonly tenantId: TenantId | null;
  readonly actorId: ActorId | null;
  readonly face: Face | null;
  readonly commandText: string | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly expectedVersion: number | null;
  readonly body: CommandBody;
  readonly credential: string | null;
  readonly traceparent: string | null;
  /** A commander found it in a wrong partition before. */
  readonly isPassedOn: boolean;
};

/** Who publishes a command, when, and what proves it. */
export type CommandSending = {
  readonly source: string;
  readonly time: number;
  readonly credential: string;
  readonly traceparent?: string | null;
};

/** The command's record: its key is the lab. */
export function commandRecord(
  { id, labId, ...data }: CommandRequest,
  sending: CommandSending,
): LogRecord {
  const { source, time, credential } = sending;
  const { traceparent: ofRequest, ...sent } = data;
  const traceparent = traceparentOf(sending.traceparent ?? ofRequest);
  const event = { type: messageTypes.command, id, source, subject: labId, time, traceparent };
  return recordOf(event, JSON.stringify(sent), { [headerNames.credential]: credential });
}

/** The same record for the partition where it belongs. */
export function passedOn({ key, value, headers }: LogRecord): LogRecord {
  return { key, value, headers: { ...headers, [headerNames.passedOn]: '1' } };
}

/** Whether the distribution log takes a record of this size; nothing can be done about it later. */
export const isSendable = (record: LogRecord): boolean => bytesOnWire([record]) <= batchBytesMax;

/** @throws MessageInvalid with the ids, as far as they could be read */
export function commandOf(record: Pick<LogRecord, 'value' | 'headers'>): CommandMessage {
  const event = eventOf(record, [messageTypes.command]);
  const identity = { commandId: event.id, labId: event.subject };
  try {
    if (event.subject === null) throw new MessageInvalid('the subject, the lab, is missing');
    return {
      ...memberOf(event.data, { id: event.id, labId: event.subject }),
      id: event.id,
      labId: event.subject,
      credential: record.headers[headerNames.credential] ?? null,
      traceparent: event.traceparent,
      isPassedOn: record.headers[headerNames.passedOn] !== undefined,
    };
  } catch (error) {
    if (!(error instanceof MessageInvalid)) throw error;
    throw new MessageInvalid(error.message, { field: error.field, identity, cause: error });
  }
}

type Members = Omit<CommandMessage, 'id' | 'labId' | 'credential' | 'traceparent' | 'isPassedOn'>;

function memberOf(
  data: unknown,
  named: { readonly id: CommandId; readonly labId: LabId },
): Members {
  if (!isObject(data)) throw new MessageInvalid('the data is no object');
  const { id, labId, tenantId, actorId, face, body, ...others } = data;
  const { commandText, correlationId, causationId, expectedVersion, ...unknown } = others;
  const [member] = Object.keys(unknown);
  if (member !== undefined) {
    throw new MessageInvalid(`there is no member \`${member}\``, { field: [member] });
  }
  for (const [name, value] of Object.entries({ id, labId })) {
    if (value === undefined || value === named[name as 'id' | 'labId']) continue;
    throw new MessageInvalid('the data names another command than the event', { field: [name] });
  }
  return {
    tenantId: textOrNull('tenantId', tenantId),
    actorId: textOrNull('actorId', actorId),
    face: faceOf(face),
    commandText: textOrNull('commandText', commandText),
    correlationId: textOrNull('correlationId', correlationId) ?? named.id,
    causationId: textOrNull('causationId', causationId),
    expectedVersion: versionOf(expectedVersion),
    body: commandBodyOf(body),
  };
}

function textOrNull(name: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  throw new MessageInvalid('a text or null is expected', { field: [name] });
}

const faces = ['graphql', 'docker', 'cli', 'kafka', 'timer'] as const satisfies Face[];

function faceOf(value: unknown): Face | null {
  if (value === undefined || value === null) return null;
  const face = faces.find((each) => each === value);
  if (face !== undefined) return face;
  throw new MessageInvalid(`the face is one of ${faces.join(', ')}`, { field: ['face'] });
}

function versionOf(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
  throw new MessageInvalid('a version is a whole number from 0', { field: ['expectedVersion'] });
}
