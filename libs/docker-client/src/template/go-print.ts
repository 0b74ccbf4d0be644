import { quoted } from './go-quote.ts';
import { fixed, goText, stringOf } from './go-text.ts';
import type { GoValue } from './go-value.ts';
import { indirect } from './go-value.ts';

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

const directive = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d*))?(.?)/gsu;

/** @source Go fmt.Sprintf */
export const sprintf = (format: string, args: readonly Given[]): string => {
  let used = 0;
  const next = (): Given | undefined => {
    used += 1;
    return args[used - 1];
  };
  const sizeOf = (text: string | undefined): number | null => {
    if (text === undefined) return null;
    if (text !== '*') return Number(text);
    const given = next();
    return given?.kind === 'int' ? Number(given.value) : null;
  };
  const written = format.replaceAll(directive, (_, ...groups: readonly (string | undefined)[]) => {
    const [flags = '', width, precision, verb = ''] = groups;
    const [wide, precise] = [sizeOf(width) ?? 0, sizeOf(precision)];
    if (verb === '%') return '%';
    if (verb === '') return '%!(NOVERB)';
    const given = next();
    if (given === undefined) return `%!${verb}(MISSING)`;
    return formatted(given, { flags, width: wide, precision: precise, verb });
  });
  if (used >= args.length) return written;
  const extra = args
    .slice(used)
    .map((one) => `${one?.type ?? ''}${one === null ? '' : '='}${goText(one)}`);
  return `${written}%!(EXTRA ${extra.join(', ')})`;
};

const formatted = (value: Given, given: Directive): string => {
  const text = verbText(value, given);
  if (text === null) {
    const shown = value === null ? '<nil>' : `${value.type}=${goText(value)}`;
    return `%!${given.verb}(${shown})`;
  }
  return padded(text, given, value?.kind === 'int' || value?.kind === 'float');
};

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
const verbText = (value: Given, given: Directive): string | null => {
  const { verb, flags, precision } = given;
  if (verb === 'v') return flags.includes('#') ? goSyntax(value) : goText(value);
  if (verb === 'T') return value?.type ?? '<nil>';
  if (value === null) return null;
  const said = stringOf(value) ?? (value.kind === 'string' ? value.value : null);
  if (said !== null && 'sqxX'.includes(verb)) return textVerb(said, verb, precision);
  switch (value.kind) {
    case 'bool':
      return verb === 't' ? String(value.value) : null;
    case 'int':
    case 'uint':
      return wholeVerb(value.value, given);
    case 'float':
      return floatVerb(value.value, given);
    case 'list':
      return within(value.items ?? [], given, ['[', ']']);
    case 'map':
      return verb === 's' ? goText(value) : null;
    case 'struct':
      return within([...value.fields.values()], given, ['{', '}']);
    case 'interface':
      return verbText(value.holds, given);
    case 'pointer':
      return verbText(indirect(value).value, given);
    case 'string':
      return null;
  }
};

const within = (
  items: readonly GoValue[],
  given: Directive,
  [open, close]: [string, string],
): string => `${open}${items.map((one) => formatted(one, given)).join(' ')}${close}`;

const textVerb = (text: string, verb: string, precision: number | null): string => {
  const cut = precision === null ? text : Array.from(text).slice(0, precision).join('');
  if (verb === 's') return cut;
  if (verb === 'q') return quoted(cut);
  const digits = Array.from(
    encodeURIComponent(cut).matchAll(/%(..)|(.)/gs),
    ([, hex, letter = '']) =>
      hex === undefined ? letter.charCodeAt(0).toString(16).padStart(2, '0') : hex.toLowerCase(),
  ).join('');
  return verb === 'X' ? digits.toUpperCase() : digits;
};

const bases: Readonly<Record<string, number>> = { d: 10, x: 16, X: 16, o: 8, b: 2 };

const wholeVerb = (value: bigint, { verb, flags }: Directive): string | null => {
  const base = bases[verb];
  const sign = flags.includes('+') && value >= 0n ? '+' : '';
  if (base !== undefined) {
    const digits = value.toString(base);
    const prefix = flags.includes('#') && base === 16 ? `0${verb}` : '';
    return sign + prefix + (verb === 'X' ? digits.toUpperCase() : digits);
  }
  if (verb === 'c') return String.fromCodePoint(Number(value));
  if (verb === 'q') return quoted(String.fromCodePoint(Number(value)), "'");
  if (verb === 'U') return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
  return null;
};

const floatVerb = (value: number, { verb, flags, precision }: Directive): string | null => {
  const sign = flags.includes('+') && value >= 0 ? '+' : '';
  if (verb === 'f' || verb === 'F') return sign + fixed(value, precision ?? 6);
  if (verb === 'e' || verb === 'E') {
    const [mantissa = '', exponent = ''] = value.toExponential(precision ?? 6).split('e');
    const text = `${mantissa}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`;
    return sign + (verb === 'E' ? text.toUpperCase() : text);
  }
  if (verb !== 'g' && verb !== 'G') return null;
  if (precision === null) return sign + goText({ kind: 'float', type: 'float64', value });
  return sign + String(Number(value.toPrecision(Math.max(precision, 1))));
};

/** `%#v` of what has no parts; others are shown as `%v` shows them. */
const goSyntax = (value: Given): string => {
  if (value?.kind === 'string') return quoted(value.value);
  return goText(value);
};
