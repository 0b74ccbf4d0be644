import { batchBytesMax } from '../record-limits.ts';
import type { JsonSchema, JsonSchemas } from './json-schema.ts';
import { headersOf, messageSchemas } from './message-schemas.ts';

export type AsyncApiParts = {
  readonly commands: JsonSchemas;
  readonly events: JsonSchemas;
};

/** The AsyncAPI 3.0 document of the topics, with a JSON Schema per command and event. */
export function asyncApiOf({ commands, events }: AsyncApiParts): object {
  const schemas = {
    ...messageSchemas(namesOf(commands, 'commands'), namesOf(events, 'events')),
    ...prefixed(commands, 'commands'),
    ...prefixed(events, 'events'),
  };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Netfold: commands in, commits and outcomes out',
      version: '0.1.0',
      description,
    },
    defaultContentType: 'application/cloudevents+json',
    channels: {
      commands: channelOf('netfold.commands', ['command'], commandChannel),
      commits: channelOf('netfold.commits', ['commit', 'watermark'], commitChannel),
      outcomes: channelOf('netfold.outcomes', ['outcome'], outcomeChannel),
    },
    operations: {
      takeCommand: operationOf('receive', 'commands', ['command']),
      relayCommits: operationOf('send', 'commits', ['commit', 'watermark']),
      relayOutcomes: operationOf('send', 'outcomes', ['outcome']),
    },
    components: {
      messages: Object.fromEntries(
        (['command', 'commit', 'watermark', 'outcome'] as const).map((name) => [
          name,
          {
            name: `netfold.${name}.v0`,
            contentType: 'application/cloudevents+json',
            headers: headersOf(name),
            payload: { $ref: `#/components/schemas/${name}` },
          },
        ]),
      ),
      schemas,
    },
  };
}

/** YAML breaks lines by itself. */
function inOneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}

const description =
  inOneLine(`Netfold in its scaled installation. Each record holds one CloudEvent 1.0 in
structured JSON mode, at most ${batchBytesMax} bytes with its headers. PostgreSQL is the truth:
records may repeat, and what is consumed trusts the versions of labs, never offsets.
Types carry version 0 and may still change.`);

const commandChannel =
  inOneLine(`Commands to labs. The partition is the lab's writer partition; put a command
of a new lab, or of a lab whose partition you do not know, into any: it is passed on once. The key
is the lab. The same id gives the same answer for ever; a command may be published again without
harm. Commands of one lab that are published in order are carried out in order.`);

const commitChannel =
  inOneLine(`What commands caused, in the order of the log: within a partition positions
grow by one, repeats aside. A watermark says that everything up to a position stands above it.`);

const outcomeChannel =
  inOneLine(`What became of commands. What the log remembers has a sequence without gap;
a refusal that it does not remember names the record that it speaks of.`);

type MessageName = 'command' | 'commit' | 'watermark' | 'outcome';

const channelOf = (address: string, names: readonly MessageName[], text: string): object => ({
  address,
  description: text,
  messages: Object.fromEntries(
    names.map((name) => [name, { $ref: `#/components/messages/${name}` }]),
  ),
});

const operationOf = (
  action: 'send' | 'receive',
  channel: string,
  names: readonly MessageName[],
): object => ({
  action,
  channel: { $ref: `#/channels/${channel}` },
  messages: names.map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` })),
});

/** Only the commands or events themselves, not their parts. */
const namesOf = (schemas: JsonSchemas, room: string): readonly string[] =>
  Object.entries(schemas)
    .filter(([name, schema]) => schema.properties?.['type']?.const === name)
    .map(([name]) => `${room}.${name}`);

function prefixed(schemas: JsonSchemas, room: string): JsonSchemas {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [`${room}.${name}`, moved(schema, room)]),
  );
}

/** The same schema with its references pointing into the document. */
function moved(schema: JsonSchema, room: string): JsonSchema {
  const text = JSON.stringify(schema);
  return JSON.parse(
    text.replaceAll('"#/definitions/', `"#/components/schemas/${room}.`),
  ) as JsonSchema;
}
