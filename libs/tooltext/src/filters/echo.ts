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
  text.replaceAll(
    /\\(0[0-7]{0,3}|x[0-9a-fA-F]{1,2}|.)/gs,
    (whole, code: string) => {
      if (/^0[0-7]*$/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 255);
      if (/^x[0-9a-fA-F]+$/.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
      return simple[code] ?? whole;
    },
  );

/**
 * `echo`. The shell of a Debian-like place reads escapes without `-e` and knows no `-e`; BusyBox
 * and bash read them with `-e` only.
 */
export const echo: Tool = (world, argv) => {
  const words = [...argv.slice(1)];
  const isDash = world.userland === 'debian';
  let hasNewline = true;
  let isEscaped = isDash;
  while (/^-[neE]+$/.test(words[0] ?? '') && !(isDash && words[0] !== '-n')) {
    const option = words.shift() ?? '';
    if (option.includes('n')) hasNewline = false;
    if (option.includes('e')) isEscaped = true;
  }
  const text = words.join(' ');
  return printed(`${isEscaped ? unescape(text) : text}${hasNewline ? '\n' : ''}`);
};

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

/** One pass of a printf format over its arguments. */
export const format = (
  text: string,
  take: () => string | undefined,
): { text: string; wrong: readonly string[] } => {
  const wrong: string[] = [];
  const out = text.replaceAll(
    directive,
    (whole: string, flags: string, width: string, precision: string | undefined, letter: string) => {
      if (letter === '%') return '%';
      const value = take();
      const size = Math.min(widthMax, Number(width || '0'));
      let cell: string;
      if (letter === 's') cell = (value ?? '').slice(0, Number(precision ?? (value ?? '').length));
      else if (letter === 'b') cell = unescape(value ?? '');
      else if (letter === 'c') cell = (value ?? '').slice(0, 1);
      else {
        const number = value?.startsWith("'") ? value.charCodeAt(1) : Number(value ?? '0');
        if (Number.isNaN(number)) wrong.push(value ?? whole);
        cell = formatNumber(Number.isNaN(number) ? 0 : number, letter, precision);
        if (flags.includes('+') && !cell.startsWith('-')) cell = `+${cell}`;
      }
      if (flags.includes('-')) return cell.padEnd(size);
      return cell.padStart(size, flags.includes('0') && letter !== 's' ? '0' : ' ');
    },
  );
  return { text: out, wrong };
};

/** `printf FORMAT ARGS...`; the format is used again while arguments are left. */
export const printf: Tool = (world, argv) => {
  const [text, ...values] = argv.slice(1);
  if (text === undefined) return failed(2, 'printf: usage: printf [-v var] format [arguments]\n');
  const form = unescape(text);
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
