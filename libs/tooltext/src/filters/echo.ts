import { failed, printed } from '../tool.ts';
import type { Tool } from '../tool.ts';

const simple: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001b',
  '\\': '\\',
};

/** `\n` and the like; what is no escape stays as it stands. */
export const unescape = (text: string): string =>
  text.replaceAll(/\\(0[0-7]{0,3}|x[0-9a-fA-F]{1,2}|.)/gs, (whole, code: string) => {
    if (/^0[0-7]*$/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 255);
    if (/^x[0-9a-fA-F]+$/.test(code))
      return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return simple[code] ?? whole;
  });

/**
 * `echo`. The shell of a Debian-like place reads escapes without `-e` and knows no `-e`; BusyBox
 * and bash read them with `-e` only.
 */
const echoing =
  (isDash: boolean): Tool =>
  (_world, argv) => {
    const form = isDash ? /^-n$/ : /^-[neE]+$/;
    const words = argv.slice(1);
    const first = words.findIndex((word) => !form.test(word));
    const options = words.slice(0, first < 0 ? words.length : first).join('');
    const hasNewline = !options.includes('n');
    const isEscaped = isDash || options.includes('e');
    const text = first < 0 ? '' : words.slice(first).join(' ');
    return printed(`${isEscaped ? unescape(text) : text}${hasNewline ? '\n' : ''}`);
  };

export const dashEcho = echoing(true);
export const plainEcho = echoing(false);

/** The program of that name. */
export const echo: Tool = (world, ...rest) =>
  (world.userland === 'debian' ? dashEcho : plainEcho)(world, ...rest);

const directive = /%([-+ 0#]*)(\d*)(?:\.(\d+))?([sdiuxXocb%f])/g;

const formatNumber = (value: number, letter: string, precision: string | undefined): string => {
  if (letter === 'x') return Math.trunc(value).toString(16);
  if (letter === 'X') return Math.trunc(value).toString(16).toUpperCase();
  if (letter === 'o') return Math.trunc(value).toString(8);
  if (letter === 'f') return value.toFixed(Math.min(20, Number(precision ?? '6')));
  return String(Math.trunc(value));
};

/** Widths above this are taken as this: a format must not fill the memory. */
const widthMax = 4_096;

type Directive = {
  readonly flags: string;
  readonly width: number;
  readonly precision: string | undefined;
  readonly letter: string;
};

/** One cell; `isWrong` when a number was due and none was given. */
const formatCell = (
  { flags, width, precision, letter }: Directive,
  value: string | undefined,
): { readonly text: string; readonly isWrong: boolean } => {
  const pad = (cell: string): string => {
    if (flags.includes('-')) return cell.padEnd(width);
    return cell.padStart(width, flags.includes('0') && letter !== 's' ? '0' : ' ');
  };
  const text = value ?? '';
  if (letter === 's') {
    const length = precision === undefined ? text.length : Number(precision);
    return { text: pad(text.slice(0, length)), isWrong: false };
  }
  if (letter === 'b') return { text: pad(unescape(text)), isWrong: false };
  if (letter === 'c') return { text: pad(text.slice(0, 1)), isWrong: false };
  const number = text.startsWith("'") ? text.charCodeAt(1) : Number(value ?? '0');
  const isWrong = Number.isNaN(number);
  const cell = formatNumber(isWrong ? 0 : number, letter, precision);
  const sign = flags.includes('+') && !cell.startsWith('-') ? '+' : '';
  return { text: pad(sign + cell), isWrong };
};

/** One pass of a printf format over its arguments. */
export const format = (
  text: string,
  take: () => string | undefined,
): { text: string; wrong: readonly string[] } => {
  const wrong: string[] = [];
  let out = '';
  let at = 0;
  for (const found of text.matchAll(directive)) {
    const [whole, flags = '', width = '', precision, letter = ''] = found;
    out += text.slice(at, found.index);
    at = found.index + whole.length;
    if (letter === '%') {
      out += '%';
      continue;
    }
    const value = take();
    const size = Math.min(widthMax, Number(width || '0'));
    const cell = formatCell({ flags, width: size, precision, letter }, value);
    if (cell.isWrong) wrong.push(value ?? '');
    out += cell.text;
  }
  return { text: out + text.slice(at), wrong };
};

/** `printf FORMAT ARGS...`; the format is used again while arguments are left. */
export const printf: Tool = (world, argv) => {
  const [text, ...values] = argv.slice(1);
  if (text === undefined) return failed(2, 'printf: usage: printf [-v var] format [arguments]\n');
  // `\101` is an octal number in a format, `\0101` elsewhere.
  const octal = /\\(\\|[1-7][0-7]{0,2})/g;
  const form = unescape(
    text.replaceAll(octal, (whole, code: string) => (code === '\\' ? whole : `\\0${code}`)),
  );
  let at = 0;
  let out = '';
  const wrong: string[] = [];
  do {
    const before = at;
    const one = format(form, () => {
      at += 1;
      return values[at - 1];
    });
    out += one.text;
    wrong.push(...one.wrong);
    if (at === before) break;
  } while (at < values.length);
  const stderr = wrong
    .map((value) =>
      world.userland === 'busybox'
        ? `sh: invalid number '${value}'\n`
        : `sh: 1: printf: ${value}: expected numeric value\n`,
    )
    .join('');
  return { stdout: out, stderr, exitCode: wrong.length > 0 ? 1 : 0, durationMs: 0 };
};
