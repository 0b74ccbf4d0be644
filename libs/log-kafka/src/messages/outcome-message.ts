import type { NumberedOutcome } from '@netfold/application';
import type { CommandId, LabId, LabTime, Outcome, Refusal, TenantId } from '@netfold/contracts';
import { batchBytesMax, bytesOnWire } from '../record-limits.ts';
import type { LogRecord } from '../transport.ts';
import { eventOf, isObject, messageTypes, recordOf } from './cloud-event.ts';
import { MessageInvalid } from './message-invalid.ts';

/** The place of a command's record, as its publisher was told when it was stored. */
export type CommandPlace = { readonly partition: number; readonly offset: string };

/**
 * What became of a command that the log remembers: the same id gives the same answer for ever.
 * `outcome` is `null` where it is too large for a record; `command(id)` of GraphQL has it.
 */
export type RememberedMessage = {
  readonly isRemembered: true;
  readonly tenantId: TenantId;
  readonly commandId: CommandId;
  readonly labId: LabId;
  readonly labVersion: number;
  readonly position: number | null;
  readonly outcome: Outcome | null;
  readonly labTime: LabTime;
  /** Counts the outcomes of the partition, from 1, without gap: a repeat has the same. */
  readonly sequence: number;
};

/**
 * A refusal that the log does not remember: the same id may still be used. Anybody may have sent
 * the command, under any id, so a publisher believes it only about the place of its own record.
 */
export type UnrememberedMessage = {
  readonly isRemembered: false;
  /** `null` where the sender could not be believed. */
  readonly tenantId: TenantId | null;
  readonly commandId: CommandId;
  readonly labId: LabId | null;
  readonly outcome: { readonly kind: 'refused'; readonly refusal: Refusal };
  readonly record: CommandPlace;
};

export type OutcomeMessage = RememberedMessage | UnrememberedMessage;

export type OutcomeSending = {
  readonly source: string;
  readonly time: number;
  readonly traceparent: string | null;
};

export function outcomeRecord(of: NumberedOutcome, sending: OutcomeSending): LogRecord {
  const { tenantId, commandId, labId, labVersion, position, outcome, labTime, sequence } = of;
  const told = { tenantId, commandId, labId, labVersion, position };
  const message: RememberedMessage = { isRemembered: true, ...told, outcome, labTime, sequence };
  const record = messageRecord(message, sending);
  if (bytesOnWire([record]) <= batchBytesMax) return record;
  return messageRecord({ ...message, outcome: null }, sending);
}

export function refusalRecord(
  message: Omit<UnrememberedMessage, 'isRemembered' | 'outcome'>,
  refusal: Refusal,
  sending: OutcomeSending,
): LogRecord {
  const outcome = { kind: 'refused', refusal } as const;
  return messageRecord({ isRemembered: false, ...message, outcome }, sending);
}

/** @throws MessageInvalid */
export function outcomeOf(record: Pick<LogRecord, 'value' | 'headers'>): OutcomeMessage {
  const { data } = eventOf(record, [messageTypes.outcome]);
  const isOne = isObject(data) && typeof data['commandId'] === 'string' && 'outcome' in data;
  if (!isOne || typeof data['isRemembered'] !== 'boolean') {
    throw new MessageInvalid('the outcome is not whole');
  }
  return data as OutcomeMessage;
}

function messageRecord(message: OutcomeMessage, sending: OutcomeSending): LogRecord {
  const { commandId: id, labId: subject } = message;
  const event = { type: messageTypes.outcome, id, subject, ...sending };
  return recordOf(event, JSON.stringify(message));
}
