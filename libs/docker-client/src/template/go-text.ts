import { byBytes } from './go-quote.ts';
import { durationText, timeText } from './go-time.ts';
import type { GoEntry, GoStruct, GoValue } from './go-value.ts';
import { TemplateError } from './template-error.ts';

/** What Go's `String` method of a value says; `null`: it has none. */
export const stringOf = (value: GoValue): string | null => {
  if (value.kind === 'pointer') return value.to === null ? null : stringOf(value.to);
  if (value.type === 'registry.NetIPNet' && value.kind === 'string') return value.value;
  if (value.type === 'time.Duration' && value.kind === 'int') return durationText(value.value);
  if (value.kind !== 'struct') return null;
  if (value.time !== undefined) return timeText(value.time);
  if (value.type !== 'units.Ulimit') return null;
  const text = (name: string): string => goText(value.fields.get(name) ?? null);
  return `${text('Name')}=${text('Soft')}:${text('Hard')}`;
};

/** A value as `print` shows it. @source Go fmt print.go printValue, verb v */
export const goText = (value: GoValue | null, depth = 0): string => {
  if (value === null) return '<nil>';
  const said = stringOf(value);
  if (said !== null) return said;
  switch (value.kind) {
    case 'bool':
    case 'int':
    case 'uint':
      return String(value.value);
    case 'string':
      return value.value;
    case 'float':
      return floatText(value.value);
    case 'list':
      return `[${(value.items ?? []).map((one) => goText(one, depth + 1)).join(' ')}]`;
    case 'map':
      return `map[${sortedEntries(value.entries ?? [])
        .map(([key, one]) => `${goText(key, depth + 1)}:${goText(one, depth + 1)}`)
        .join(' ')}]`;
    case 'struct':
      return `{${partsOf(value)
        .map((one) => goText(one, depth + 1))
        .join(' ')}}`;
    case 'interface':
      return goText(value.holds, depth + 1);
    case 'pointer':
      return pointerText(value.to, depth);
  }
};

/** @throws TemplateError for a row of a list whose inside is not known */
export const partsOf = (value: GoStruct): readonly GoValue[] => {
  if (value.inside !== undefined) return value.inside();
  if (value.methods === undefined || value.fields.size > 0) return [...value.fields.values()];
  throw new TemplateError('netfold: a row is printed by its columns, not as a whole');
};

/** Where a process keeps what it points to is known to nobody else. */
const address = '0xc000010000';

const pointerText = (to: GoValue | null, depth: number): string => {
  if (to === null) return '<nil>';
  const isShown = to.kind === 'list' || to.kind === 'map' || to.kind === 'struct';
  return depth === 0 && isShown ? `&${goText(to, depth + 1)}` : address;
};

/** @source Go strconv.FormatFloat 'g', -1, with fmt's exponent bound of 21 */
const floatText = (value: number): string => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e21)) {
    const [mantissa = '', exponent = ''] = value.toExponential().split('e');
    return `${mantissa}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`;
  }
  return String(value);
};

/** Digits enough to tell a tie from what is close to one. */
const tieDigits = 60;

/** `%.2f`: what lies in the middle goes to the even digit. @source Go strconv.FormatFloat 'f' */
export const fixed = (value: number, digits: number): string => {
  const exact = value.toFixed(Math.min(digits + tieDigits, 100));
  const cut = exact.length - Math.min(tieDigits, 100 - digits);
  const isTie = /^50*$/.test(exact.slice(cut));
  const before = exact.slice(0, cut).replace(/\.$/, '');
  const isEven = /[02468]$/.test(before);
  return isTie && isEven ? before : value.toFixed(digits);
};

/** `%.4g`: so many digits, no zeros behind; huge and tiny ones with an exponent. */
export const shortNumber = (value: number, digits: number): string => {
  if (value === 0) return '0';
  const [mantissa = '', power = '0'] = value.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  const isShort = exponent >= -4 && exponent < digits;
  const trimmed = (text: string): string =>
    text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  if (isShort) return trimmed(value.toFixed(digits - 1 - exponent));
  const sign = exponent < 0 ? '-' : '+';
  return `${trimmed(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
};

/** Maps are shown and gone through in the order of their keys. @source Go internal/fmtsort */
export const sortedEntries = (entries: readonly GoEntry[]): readonly GoEntry[] =>
  entries.toSorted(([a], [b]) => compared(a, b));

const compared = (a: GoValue, b: GoValue): number => {
  if (a.kind === 'string' && b.kind === 'string') return byBytes(a.value, b.value);
  if ((a.kind === 'int' || a.kind === 'uint') && a.kind === b.kind)
    return Number(a.value - b.value);
  return 0;
};
