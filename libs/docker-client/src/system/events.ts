import { ClientError } from '../command/client-error.ts';
import { noWords } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { pathWith } from '../command/engine.ts';
import { filterProblem } from '../command/flag-checks.ts';
import { momentOf } from '../command/moment.ts';
import { parsedTemplate } from '../format/list.ts';
import { filtersJson } from '../format/units.ts';
import { decoded } from '../template/go-json.ts';
import { byBytes } from '../template/go-quote.ts';
import { fullTimeText } from '../template/go-time.ts';
import { goPointer, zeroOf } from '../template/go-value.ts';
import type { GoStruct, GoValue } from '../template/go-value.ts';
import type { Template } from '../template/template.ts';

const messageType = 'events.Message';
const malformedExitCode = 64;
const nanosPerMs = 1_000_000n;

/** @source docker/cli v20.10 cli/command/system/events.go; docker/docker client/events.go */
export const events: Command = {
  words: noWords,
  checks: { filter: filterProblem },
  run: (call) => {
    const { engine, flags, now, out } = call;
    const template = templateOf(flags.text('format'));
    const path = pathWith('/events', {
      since: momentOf(call, 'since'),
      until: momentOf(call, 'until'),
      filters: filtersJson(flags.list('filter')),
    });
    const { text, isOpen } = engine.done({ method: 'GET', path });
    for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
      const message = decoded(line, messageType);
      if (message.kind !== 'struct') throw new Error('an event is a struct');
      const atMs = Math.max(0, Number(nanosOf(message) / nanosPerMs) - now);
      const printed =
        template === null ? { text: plainText(message), problem: null } : template.printed(message);
      out.pass([{ stream: 'stdout', text: `${printed.text}\n`, atMs: isOpen ? atMs : 0 }], isOpen);
      if (printed.problem !== null) throw new ClientError(printed.problem);
    }
    if (isOpen) out.pass([], true);
  },
};

/** It is tried at once, with an event that says nothing. */
const templateOf = (format: string): Template | null => {
  if (format === '') return null;
  const template = parsedTemplate(format, 'Error parsing format', malformedExitCode);
  const { problem } = template.printed(goPointer(zeroOf(messageType)));
  if (problem === null) return template;
  throw new ClientError(`Error parsing format: ${problem}`, malformedExitCode);
};

const fieldOf = (of: GoStruct, name: string): GoValue | null => of.fields.get(name) ?? null;

const textOf = (value: GoValue | null): string => (value?.kind === 'string' ? value.value : '');

const nanosOf = (message: GoStruct): bigint => {
  const [nanos, seconds] = ['TimeNano', 'Time'].map((name) => fieldOf(message, name));
  if (nanos?.kind === 'int' && nanos.value !== 0n) return nanos.value;
  return seconds?.kind === 'int' ? seconds.value * 1_000_000_000n : 0n;
};

/** `2023-01-01T00:00:00.000000000Z container start 4f5... (image=nginx, name=web)` */
const plainText = (message: GoStruct): string => {
  const nanos = nanosOf(message);
  const actor = fieldOf(message, 'Actor');
  if (actor?.kind !== 'struct') throw new Error('an event has an actor');
  const attributes = fieldOf(actor, 'Attributes');
  const named = (attributes?.kind === 'map' ? (attributes.entries ?? []) : [])
    .map(([key, value]) => [textOf(key), textOf(value)] as const)
    .toSorted(([a], [b]) => byBytes(a, b))
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
  const words = [fieldOf(message, 'Type'), fieldOf(message, 'Action'), fieldOf(actor, 'ID')].map(
    textOf,
  );
  const time = nanos === 0n ? '' : `${fullTimeText(nanos)} `;
  return `${time}${words.join(' ')}${named === '' ? '' : ` (${named})`}`;
};
