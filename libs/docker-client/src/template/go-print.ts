import { quoted } from './go-quote.ts';
import { fixed, goText, partsOf, shortNumber, sortedEntries, stringOf } from './go-text.ts';
import type { GoValue } from './go-value.ts';

type Given = GoValue | null;

/** Spaces stand between two operands of which none is a text. @source Go fmt.Sprint */
export const sprint = (args: readonly Given[]): string =>
  args
    .map((one, at) => {
      const before = args[at - 1];
      const isSpaced = at > 0 && one?.kind !== 'string' && before?.kind !== 'string';
      return `${isSpaced ? ' ' : ''}${goText(one)}`;
    })
    .join('');

/** @source Go fmt.Sprintln */
export const sprintln = (args: readonly Given[]): string =>
  `${args.map((one) => goText(one)).join(' ')}\n`;

type Directive = {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | null;
  readonly verb: string;
};

type Size = { readonly value: number | null; readonly isBad: boolean };

/** @source Go fmt print.go tooLarge */
const sizeMax = 1_000_000;

const sized = (value: number): Size => {
  const isBad = Math.abs(value) > sizeMax;
  return { value: isBad ? null : value, isBad };
};

const directive = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d*))?(.?)/gsu;

/** @source Go fmt.Sprintf */
export const sprintf = (format: string, args: readonly Given[]): string => {
  let used = 0;
  const next = (): Given | undefined => {
    used += 1;
    return args[used - 1];
  };
  const sizeOf = (text: string | undefined): Size => {
    if (text === undefined) return { value: null, isBad: false };
    const given = text === '*' ? next() : null;
    if (text !== '*') return sized(Number(text));
    return given?.kind === 'int' ? sized(Number(given.value)) : { value: null, isBad: true };
  };
  const written = format.replaceAll(directive, (_, ...groups: readonly (string | undefined)[]) => {
    const [flags = '', width, precision, verb = ''] = groups;
    const [wide, precise] = [sizeOf(width), sizeOf(precision)];
    const bad = (wide.isBad ? '%!(BADWIDTH)' : '') + (precise.isBad ? '%!(BADPREC)' : '');
    if (verb === '%') return `${bad}%`;
    if (verb === '') return `${bad}%!(NOVERB)`;
    const given = next();
    if (given === undefined) return `${bad}%!${verb}(MISSING)`;
    const isLeft = flags.includes('-') || (wide.value ?? 0) < 0;
    const told = { flags: isLeft ? `${flags}-` : flags, width: Math.abs(wide.value ?? 0), verb };
    return bad + formatted(given, { ...told, precision: precise.value });
  });
  if (used >= args.length) return written;
  const extra = args
    .slice(used)
    .map((one) => `${one?.type ?? ''}${one === null ? '' : '='}${goText(one)}`);
  return `${written}%!(EXTRA ${extra.join(', ')})`;
};

const formatted = (value: Given, given: Directive, depth = 0): string => {
  const text = verbText(value, given, depth);
  if (text !== null) {
    if (value !== null && isOfParts(value) && stringOf(value) === null) return text;
    return padded(text, given, value?.kind === 'int' || value?.kind === 'float');
  }
  if (value === null) return `%!${given.verb}(<nil>)`;
  return `%!${given.verb}(${value.type}=${formatted(value, { ...given, verb: 'v' })})`;
};

/** A width is that of each part. */
const isOfParts = ({ kind }: GoValue): boolean =>
  kind === 'list' || kind === 'map' || kind === 'struct' || kind === 'interface';

const padded = (text: string, { flags, width }: Directive, isNumber: boolean): string => {
  const length = Array.from(text).length;
  if (length >= width) return text;
  if (flags.includes('-')) return text + ' '.repeat(width - length);
  if (!flags.includes('0')) return ' '.repeat(width - length) + text;
  const [, sign = '', digits = text] = isNumber
    ? (/^([-+]?)(.*)$/s.exec(text) ?? [])
    : ['', '', text];
  return sign + '0'.repeat(width - length) + digits;
};

/** `null`: the verb is none for such a value. */
const verbText = (value: Given, given: Directive, depth: number): string | null => {
  const { verb } = given;
  if (verb === 'T') return value?.type ?? '<nil>';
  if (value === null) return verb === 'v' ? '<nil>' : null;
  const said = stringOf(value) ?? (value.kind === 'string' ? value.value : null);
  if (said !== null && 'sqxXv'.includes(verb)) return textVerb(said, given);
  switch (value.kind) {
    case 'bool':
      return verb === 't' || verb === 'v' ? String(value.value) : null;
    case 'int':
    case 'uint':
      return wholeVerb(value.value, given);
    case 'float':
      return floatVerb(value.value, given);
    case 'list':
    case 'map':
    case 'struct':
      return partsText(value, given, depth);
    case 'interface':
      if (value.holds === null) return '<nil>';
      return formatted(value.holds, given, depth + 1);
    case 'pointer':
      return pointerVerb(value, given, depth);
    case 'string':
      return null;
  }
};

const pointerVerb = (
  value: Extract<GoValue, { kind: 'pointer' }>,
  given: Directive,
  depth: number,
): string | null => {
  const { to } = value;
  if (depth === 0 && to !== null && isOfParts(to) && to.kind !== 'interface') {
    return `&${formatted(to, given, depth + 1)}`;
  }
  return given.verb === 'v' ? goText(value, depth + 1) : null;
};

type OfParts = Extract<GoValue, { kind: 'list' | 'map' | 'struct' }>;

const partsText = (value: OfParts, given: Directive, depth: number): string => {
  const part = (one: GoValue): string => formatted(one, given, depth + 1);
  if (value.kind === 'list') return `[${(value.items ?? []).map(part).join(' ')}]`;
  if (value.kind === 'struct') return `{${partsOf(value).map(part).join(' ')}}`;
  const entries = sortedEntries(value.entries ?? []);
  return `map[${entries.map(([key, one]) => `${part(key)}:${part(one)}`).join(' ')}]`;
};

const textVerb = (text: string, { verb, flags, precision }: Directive): string => {
  const cut = precision === null ? text : Array.from(text).slice(0, precision).join('');
  if (verb === 'q' || (verb === 'v' && flags.includes('#'))) return quoted(cut);
  if (verb === 's' || verb === 'v') return cut;
  const digits = Array.from(
    encodeURIComponent(cut).matchAll(/%(..)|(.)/gs),
    ([, hex, letter = '']) =>
      hex === undefined ? letter.charCodeAt(0).toString(16).padStart(2, '0') : hex.toLowerCase(),
  ).join('');
  return verb === 'X' ? digits.toUpperCase() : digits;
};

const bases: Readonly<Record<string, number>> = { d: 10, v: 10, x: 16, X: 16, o: 8, b: 2 };

const wholeVerb = (value: bigint, given: Directive): string | null => {
  const { verb } = given;
  const base = bases[verb];
  if (base !== undefined) return digitsOf(value, base, given);
  if (verb === 'c') return String.fromCodePoint(Number(value));
  if (verb === 'q') return quoted(String.fromCodePoint(Number(value)), "'");
  if (verb === 'U') return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
  return null;
};

/** At least as many digits as the precision says; none at all of a zero that needs none. */
const digitsOf = (value: bigint, base: number, given: Directive): string => {
  const { verb, flags, precision } = given;
  if (precision === 0 && value === 0n) return '';
  const size = (value < 0n ? -value : value).toString(base).padStart(precision ?? 0, '0');
  const prefix = flags.includes('#') && base === 16 ? `0${verb}` : '';
  const sign = value < 0n ? '-' : flags.includes('+') ? '+' : '';
  return sign + prefix + (verb === 'X' ? size.toUpperCase() : size);
};

const floatVerb = (value: number, { verb, flags, precision }: Directive): string | null => {
  const sign = flags.includes('+') && value >= 0 ? '+' : '';
  if (verb === 'f' || verb === 'F') return sign + fixed(value, precision ?? 6);
  if (verb === 'e' || verb === 'E') {
    const [mantissa = '', exponent = ''] = value.toExponential(precision ?? 6).split('e');
    const text = `${mantissa}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`;
    return sign + (verb === 'E' ? text.toUpperCase() : text);
  }
  if (verb !== 'g' && verb !== 'G' && verb !== 'v') return null;
  if (precision === null) return sign + goText({ kind: 'float', type: 'float64', value });
  return sign + shortNumber(value, Math.max(precision, 1));
};
