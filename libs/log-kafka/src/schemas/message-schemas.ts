import type { JsonSchema, JsonSchemas } from './json-schema.ts';

const text: JsonSchema = { type: 'string' };
const textOrNull: JsonSchema = { type: ['string', 'null'] };
const count: JsonSchema = { type: 'integer' };
const labId: JsonSchema = { type: 'string', description: '`lab-` and 8 lowercase hex characters' };
const face: JsonSchema = { enum: ['cli', 'docker', 'graphql', 'kafka', 'timer'] };
const milliseconds: JsonSchema = { type: 'integer', description: 'milliseconds since 1970' };

/** The four messages; `commands` and `events` are names of schemas that stand beside them. */
export function messageSchemas(
  commands: readonly string[],
  events: readonly string[],
): JsonSchemas {
  return {
    command: envelopeOf('netfold.command.v0', 'the command id: 1 to 128 printable ASCII', {
      type: 'object',
      description: 'with a token, who sends it and its face come from the token',
      properties: { ...commandMembers, body: { anyOf: refsTo(commands) } },
      required: ['body'],
      additionalProperties: false,
    }),
    commit: envelopeOf('netfold.commit.v0', '`<partition>/<position>`', {
      type: 'object',
      properties: { ...commitMembers, events: { type: 'array', items: { anyOf: refsTo(events) } } },
      required: [...Object.keys(commitMembers), 'events'],
    }),
    watermark: envelopeOf('netfold.watermark.v0', '`<partition>/<position>/watermark`', {
      type: 'object',
      properties: { partition: count, position: count, logEpoch: text },
      required: ['partition', 'position', 'logEpoch'],
    }),
    outcome: envelopeOf('netfold.outcome.v0', 'the command id', {
      anyOf: [remembered, unremembered],
    }),
    refusal,
  };
}

export function headersOf(name: 'command' | 'commit' | 'watermark' | 'outcome'): JsonSchema {
  const all: Readonly<Record<string, JsonSchema>> = {
    'content-type': { const: 'application/cloudevents+json' },
    'event-id': text,
    traceparent: { type: 'string', description: 'W3C Trace Context, where it is known' },
  };
  const position = { position: text, 'log-epoch': text };
  const own = {
    command: {
      'netfold-credential': {
        type: 'string',
        description: '`token <API token>`, or `gateway <key id> <signature>` of a gateway',
      },
      'netfold-passed-on': { const: '1' },
    },
    commit: { lab: text, version: text, schema: text, ...position },
    watermark: position,
    outcome: {},
  } as const;
  const required = name === 'command' ? ['netfold-credential'] : ['content-type', 'event-id'];
  return { type: 'object', properties: { ...all, ...own[name] }, required };
}

const commandMembers = {
  id: text,
  labId,
  tenantId: textOrNull,
  actorId: textOrNull,
  face: { anyOf: [face, { type: 'null' }] },
  commandText: textOrNull,
  correlationId: textOrNull,
  causationId: textOrNull,
  expectedVersion: {
    type: ['integer', 'null'],
    description: 'refuse when the lab is at another version',
  },
} satisfies Readonly<Record<string, JsonSchema>>;

const commitMembers = {
  logEpoch: { type: 'string', description: 'after a restore of the log it has another one' },
  partition: count,
  position: count,
  labId,
  labVersion: count,
  tenantId: text,
  commandId: text,
  correlationId: text,
  causationId: textOrNull,
  actorId: text,
  face,
  commandText: textOrNull,
  recordedAt: { ...milliseconds, type: 'number' },
  labTime: { ...milliseconds, type: 'number' },
  schemaVersion: { type: 'integer', description: 'of the events; they are as stored' },
  previousHash: text,
  hash: text,
} satisfies Readonly<Record<string, JsonSchema>>;

const refusal: JsonSchema = {
  type: 'object',
  properties: {
    class: text,
    code: text,
    message: text,
    fix: text,
    field: { type: 'array' },
    data: { type: 'object' },
  },
  required: ['class', 'code', 'message'],
};

const refused: JsonSchema = {
  type: 'object',
  properties: { kind: { const: 'refused' }, refusal: { $ref: '#/components/schemas/refusal' } },
  required: ['kind', 'refusal'],
};

const accepted: JsonSchema = {
  type: 'object',
  properties: { kind: { const: 'accepted' }, answer: { type: 'object' } },
  required: ['kind', 'answer'],
};

const remembered: JsonSchema = {
  type: 'object',
  properties: {
    isRemembered: { enum: [true] },
    tenantId: text,
    commandId: text,
    labId,
    labVersion: count,
    position: { type: ['integer', 'null'], description: '`null`: it left no fact' },
    outcome: {
      description: '`null`: too large for a record; `command(id)` of GraphQL has it',
      anyOf: [accepted, refused, { type: 'null' }],
    },
    labTime: { ...milliseconds, type: 'number' },
    sequence: count,
  },
  required: ['isRemembered', 'tenantId', 'commandId', 'labId', 'outcome', 'sequence'],
};

const unremembered: JsonSchema = {
  type: 'object',
  description:
    'Anybody may have sent the command, under any id: believe it only about the record of your own',
  properties: {
    isRemembered: { enum: [false] },
    tenantId: { ...textOrNull, description: '`null`: the sender was not believed' },
    commandId: text,
    labId: textOrNull,
    outcome: refused,
    record: {
      type: 'object',
      properties: { partition: count, offset: text },
      required: ['partition', 'offset'],
    },
  },
  required: ['isRemembered', 'tenantId', 'commandId', 'labId', 'outcome', 'record'],
};

function envelopeOf(type: string, id: string, data: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: {
      specversion: { const: '1.0' },
      type: { const: type },
      source: { type: 'string', description: 'URI reference of who wrote it' },
      id: { type: 'string', description: id },
      subject: labId,
      time: { type: 'string', description: 'RFC 3339' },
      datacontenttype: { const: 'application/json' },
      traceparent: text,
      data,
    },
    required: ['specversion', 'type', 'source', 'id', 'data'],
  };
}

const refsTo = (names: readonly string[]): readonly JsonSchema[] =>
  names.map((name) => ({ $ref: `#/components/schemas/${name}` }));
