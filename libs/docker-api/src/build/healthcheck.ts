import type { HealthcheckSpec } from '@netfold/contracts';
import { goDuration, parseGoDuration } from '@netfold/domain';
import type { Instruction } from './instruction.ts';

const nanosMin = 1_000_000;
/** Flags of `HEALTHCHECK`: three times, and a number. */
const flagNames = ['interval', 'timeout', 'start-period', 'retries'];

/** A line of a Dockerfile that says it wrongly, in the parser's words. */
const wrong = (problem: string): { readonly problem: string } => ({ problem });

/**
 * What a `HEALTHCHECK` says.
 *
 * @source moby/buildkit frontend/dockerfile/instructions/parse.go (parseHealthcheck), as moby
 *   v20.10 has it; recorded engine
 */
export function healthcheckIn({
  rest,
  flags,
}: Pick<Instruction, 'rest' | 'flags'>): HealthcheckSpec | { readonly problem: string } {
  const [, word = '', command = ''] = /^(\S+)\s*(.*)$/s.exec(rest) ?? [];
  const type = word.toUpperCase();
  if (type === 'NONE') {
    return command === '' ? { test: ['NONE'] } : wrong('HEALTHCHECK NONE takes no arguments');
  }
  const unknown = flags.find(([name]) => !flagNames.includes(name));
  if (unknown !== undefined) return wrong(`Unknown flag: ${unknown[0]}`);
  const bare = flags.find(([, value]) => value === null);
  if (bare !== undefined) return wrong(`Missing a value on flag: ${bare[0]}`);
  if (type !== 'CMD') return wrong(`Unknown type ${JSON.stringify(type)} in HEALTHCHECK (try CMD)`);
  if (command === '') return wrong('Missing command after HEALTHCHECK CMD');
  return timesIn(new Map(flags), testOf(command));
}

function testOf(command: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(command);
    if (Array.isArray(value)) return ['CMD', ...value.map(String)];
  } catch {
    // No list: a line for the shell.
  }
  return ['CMD-SHELL', command];
}

function timesIn(
  flags: ReadonlyMap<string, string | null>,
  test: readonly string[],
): HealthcheckSpec | { readonly problem: string } {
  const nanos: number[] = [];
  for (const name of flagNames.slice(0, 3)) {
    const text = flags.get(name) ?? '';
    const read = text === '' ? 0 : parseGoDuration(text);
    if (typeof read === 'string') return wrong(read);
    if (read < nanosMin && text !== '') {
      return wrong(`Interval ${JSON.stringify(name)} cannot be less than 1ms`);
    }
    nanos.push(read);
  }
  const retries = flags.get('retries') ?? '';
  if (retries !== '' && !/^[+-]?\d+$/.test(retries)) {
    return wrong(`strconv.ParseInt: parsing ${JSON.stringify(retries)}: invalid syntax`);
  }
  if (retries !== '' && Number(retries) < 1) {
    return wrong(`--retries must be at least 1 (not ${Number(retries)})`);
  }
  const [intervalNanos = 0, timeoutNanos = 0, startPeriodNanos = 0] = nanos;
  return {
    test,
    ...(intervalNanos === 0 ? {} : { intervalNanos }),
    ...(timeoutNanos === 0 ? {} : { timeoutNanos }),
    ...(startPeriodNanos === 0 ? {} : { startPeriodNanos }),
    ...(retries === '' ? {} : { retries: Number(retries) }),
  };
}

/** As `docker history` shows it: Go's `%q` of what the parser made of it. */
export function healthcheckText(of: HealthcheckSpec): string {
  const { intervalNanos = 0, timeoutNanos = 0, startPeriodNanos = 0, retries = 0 } = of;
  const times = [intervalNanos, timeoutNanos, startPeriodNanos].map(
    (one) => `"${goDuration(one)}"`,
  );
  return `HEALTHCHECK &{${quotedList(of.test)} ${times.join(' ')} ${quotedRune(retries)}}`;
}

/** `["a" "b"]`: a list of texts by Go's `%q`. */
export const quotedList = (words: readonly string[]): string =>
  `[${words.map((word) => JSON.stringify(word)).join(' ')}]`;

const escapes: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  39: "\\'",
  92: '\\\\',
};

function quotedRune(code: number): string {
  const isPlain = code >= 0x20 && code !== 0x7f;
  const plain = isPlain ? String.fromCodePoint(code) : `\\x${code.toString(16).padStart(2, '0')}`;
  return `'${escapes[code] ?? plain}'`;
}
