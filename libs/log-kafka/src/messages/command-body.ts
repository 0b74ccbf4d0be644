import type { CommandBody } from '@netfold/contracts';
import { Ajv } from 'ajv';
import type { ErrorObject } from 'ajv';
import { commandSchemas } from '../schemas/golden/command-schemas.ts';
import { isObject } from './cloud-event.ts';
import { MessageInvalid } from './message-invalid.ts';

/** As many as GraphQL takes at once. */
const commandsPerBatchMax = 1_000;

/** Commands that stand alone, never within a batch. */
const notInBatch: ReadonlySet<string> = new Set(['ApplyBatch', 'CreateLab', 'RemoveLab']);

const ajv = new Ajv({ strict: true, allowUnionTypes: true });
ajv.addSchema({ $id: 'commands', definitions: commandSchemas });

/**
 * A command as its schema wants it.
 *
 * @throws MessageInvalid with the path of what is wrong
 */
export function commandBodyOf(json: unknown): CommandBody {
  if (!isObject(json)) throw new MessageInvalid('the command is no object', { field: ['body'] });
  if (json['type'] !== 'ApplyBatch') return checked(json, ['body']) as CommandBody;
  const { type: _, commands, ...others } = json;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw notKnown(unknown, ['body']);
  if (!Array.isArray(commands) || commands.length > commandsPerBatchMax) {
    const reason = `a batch is a list of at most ${commandsPerBatchMax} commands`;
    throw new MessageInvalid(reason, { field: ['body', 'commands'] });
  }
  for (const [index, command] of commands.entries()) {
    const field = ['body', 'commands', index];
    const type = isObject(command) ? command['type'] : null;
    if (notInBatch.has(String(type)))
      throw new MessageInvalid(`no batch holds ${String(type)}`, { field });
    checked(command, field);
  }
  return json as CommandBody;
}

/** One command at a time: an error within a union of all of them would tell nothing. */
function checked(json: unknown, field: readonly (string | number)[]): unknown {
  const type = isObject(json) ? json['type'] : null;
  const isKnown =
    typeof type === 'string' &&
    Object.hasOwn(commandSchemas, type) &&
    commandSchemas[type]?.properties?.['type']?.const === type;
  if (!isKnown) {
    const reason = `there is no command ${JSON.stringify(type) ?? 'without a type'}`;
    throw new MessageInvalid(reason, { field: [...field, 'type'] });
  }
  const validate = ajv.getSchema(`commands#/definitions/${type}`);
  if (validate === undefined) throw new Error(`no schema of ${type}`);
  if (validate(json) === true) return json;
  throw problemOf(validate.errors?.[0], field);
}

function problemOf(
  error: ErrorObject | undefined,
  field: readonly (string | number)[],
): MessageInvalid {
  const steps = (error?.instancePath ?? '').split('/').slice(1);
  const path = [...field, ...steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))];
  const more = error?.params['additionalProperty'];
  if (typeof more === 'string') return notKnown(more, path);
  return new MessageInvalid(`the command ${error?.message ?? 'is wrong'}`, { field: path });
}

const notKnown = (member: string, field: readonly (string | number)[]): MessageInvalid =>
  new MessageInvalid(`there is no member \`${member}\``, { field: [...field, member] });
