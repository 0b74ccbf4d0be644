import { traceparentOf } from '@netfold/application';
import type { LogRecord } from '../transport.ts';
import { checkedJson } from './checked-json.ts';
import { MessageInvalid } from './message-invalid.ts';

/** The headers of our records; text, as all headers. */
export const headerNames = {
  contentType: 'content-type',
  traceparent: 'traceparent',
  eventId: 'event-id',
  credential: 'netfold-credential',
  passedOn: 'netfold-passed-on',
  lab: 'lab',
  position: 'position',
  version: 'version',
  schema: 'schema',
  logEpoch: 'log-epoch',
} as const;

const contentType = 'application/cloudevents+json';

/** The versions of the messages; the events and commands in them have their own. */
export const messageTypes = {
  command: 'netfold.command.v0',
  commit: 'netfold.commit.v0',
  watermark: 'netfold.watermark.v0',
  outcome: 'netfold.outcome.v0',
} as const;

export type MessageType = (typeof messageTypes)[keyof typeof messageTypes];

export type CloudEvent = {
  readonly type: MessageType;
  /** Unique per source. */
  readonly id: string;
  /** A URI reference that names who wrote it, e.g. `/gateways/g1`. */
  readonly source: string;
  /** The lab, where the message speaks of one. */
  readonly subject: string | null;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** W3C Trace Context of what caused it, where that is known. */
  readonly traceparent: string | null;
  readonly data: unknown;
};

/**
 * A record with one CloudEvent 1.0 in structured JSON mode.
 *
 * @param dataText the JSON of `data`, which is written as it is
 */
export function recordOf(
  event: Omit<CloudEvent, 'data'>,
  dataText: string,
  headers: Readonly<Record<string, string>> = {},
): LogRecord {
  const { type, id, source, subject, time, traceparent } = event;
  const attributes = JSON.stringify({
    specversion: '1.0',
    type,
    source,
    id,
    ...(subject === null ? {} : { subject }),
    time: new Date(time).toISOString(),
    datacontenttype: 'application/json',
    ...(traceparent === null ? {} : { traceparent }),
  });
  return {
    key: subject ?? '',
    value: new TextEncoder().encode(`${attributes.slice(0, -1)},"data":${dataText}}`),
    headers: {
      [headerNames.contentType]: contentType,
      [headerNames.eventId]: id,
      ...(traceparent === null ? {} : { [headerNames.traceparent]: traceparent }),
      ...headers,
    },
  };
}

/**
 * What stands in a record.
 *
 * @param types the messages that the topic may hold
 * @throws MessageInvalid
 */
export function eventOf(
  { value, headers }: Pick<LogRecord, 'value' | 'headers'>,
  types: readonly MessageType[],
): CloudEvent {
  const stated = headers[headerNames.contentType]?.split(';')[0]?.trim().toLowerCase();
  if (stated !== undefined && stated !== contentType) {
    throw new MessageInvalid(`the content type is \`${stated}\`, not \`${contentType}\``);
  }
  const json = checkedJson(value);
  if (!isObject(json)) throw new MessageInvalid('the record holds no JSON object');
  if (json['specversion'] !== '1.0') throw new MessageInvalid('the record is no CloudEvent 1.0');
  const type = types.find((each) => each === json['type']);
  if (type === undefined) {
    throw new MessageInvalid(
      `the type is ${JSON.stringify(json['type'])}, not ${types.join(', ')}`,
    );
  }
  const { subject, traceparent, data } = json;
  return {
    type,
    id: textOf(json, 'id'),
    source: textOf(json, 'source'),
    subject: typeof subject === 'string' ? subject : null,
    time: typeof json['time'] === 'string' ? Date.parse(json['time']) : Number.NaN,
    traceparent: traceparentOf(
      headers[headerNames.traceparent] ??
        (typeof traceparent === 'string' ? traceparent : undefined),
    ),
    data,
  };
}

export const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

function textOf(json: Readonly<Record<string, unknown>>, name: string): string {
  const value = json[name];
  if (typeof value !== 'string' || value === '') {
    throw new MessageInvalid(`the attribute \`${name}\` is missing`);
  }
  return value;
}
