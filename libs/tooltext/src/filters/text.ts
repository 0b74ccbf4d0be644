import { failed, lines, printed } from '../tool.ts';
import type { Tool, ToolOutput } from '../tool.ts';
import { invalidOption, linesOf, parseOptions, readInputs } from './input.ts';

const finish = (stdout: string, errors: string): ToolOutput => ({
  stdout,
  stderr: errors,
  exitCode: errors === '' ? 0 : 1,
  durationMs: 0,
});

/** `head -n N`, `head -N`, `head -c N`; a negative N leaves out the last ones. */
export const head: Tool = (world, argv, stdin) => {
  const words = argv.map((word) => (/^-\d+$/.test(word) ? `-n${word.slice(1)}` : word));
  const { options, operands, unknown } = parseOptions(words, 'n:c:qv');
  if (unknown !== null) return invalidOption('head', unknown);
  const { inputs, errors } = readInputs(world, 'head', operands, stdin);
  const count = Number(options.get('n')?.[0] ?? options.get('c')?.[0] ?? '10');
  if (Number.isNaN(count)) return badNumber(world.userland, 'head', options);
  const cut = (text: string): string => {
    if (options.has('c')) return count < 0 ? text.slice(0, count) : text.slice(0, count);
    const all = linesOf(text);
    return lines(count < 0 ? all.slice(0, count) : all.slice(0, count));
  };
  const [first] = inputs;
  if (operands.length === 0 && first !== undefined && count >= 0) {
    const part = cut(first.text);
    const has = options.has('c') ? part.length : linesOf(part).length;
    if (has >= count) stdin.enough?.(part.length);
  }
  return finish(withHeadings(inputs.map(({ name, text }) => [name, cut(text)])), errors);
};

const badNumber = (
  userland: string,
  tool: string,
  options: ReadonlyMap<string, readonly string[]>,
): ToolOutput => {
  const value = options.get('n')?.[0] ?? options.get('c')?.[0] ?? '';
  if (userland === 'busybox') return failed(1, `${tool}: invalid number '${value}'\n`);
  return failed(1, `${tool}: invalid number of lines: ‘${value}’\n`);
};

const withHeadings = (parts: readonly (readonly [name: string, text: string])[]): string =>
  parts.length < 2
    ? (parts[0]?.[1] ?? '')
    : parts.map(([name, text]) => `==> ${name} <==\n${text}`).join('\n');

/** `tail -n N`, `tail -N`, `tail -n +N`, `tail -c N`. */
export const tail: Tool = (world, argv, stdin) => {
  const words = argv.map((word, at) => {
    if (/^-\d+$/.test(word)) return `-n${word.slice(1)}`;
    return at === 1 && /^\+\d+$/.test(word) ? `-n${word}` : word;
  });
  const { options, operands, unknown } = parseOptions(words, 'n:c:qvf');
  if (unknown !== null) return invalidOption('tail', unknown);
  const value = options.get('n')?.[0] ?? options.get('c')?.[0] ?? '10';
  const count = Math.abs(Number(value));
  if (Number.isNaN(count)) return badNumber(world.userland, 'tail', options);
  const { inputs, errors } = readInputs(world, 'tail', operands, stdin);
  const cut = <T extends string | string[]>(all: T): T =>
    (value.startsWith('+')
      ? all.slice(Math.max(0, count - 1))
      : all.slice(Math.max(0, all.length - count))) as T;
  const texts = inputs.map(({ name, text }) => {
    const part = options.has('c') ? cut(text) : lines(cut(linesOf(text)));
    return [name, part] as const;
  });
  const output = finish(withHeadings(texts), errors);
  // `-f` waits for more, and in a lab nothing more is ever written.
  return options.has('f') ? { ...output, durationMs: null } : output;
};

/** `wc [-lwc]`. GNU aligns its columns to the widest number, BusyBox to nine blanks. */
export const wc: Tool = (world, argv, stdin) => {
  const { options, operands, unknown } = parseOptions(argv, 'lwcmL');
  if (unknown !== null) return invalidOption('wc', unknown);
  const { inputs, errors } = readInputs(world, 'wc', operands, stdin);
  const isAll = !Array.from('lwcm').some((letter) => options.has(letter));
  const rows = inputs.map(({ name, text }) => {
    const numbers: number[] = [];
    if (isAll || options.has('l')) numbers.push(text.split('\n').length - 1);
    if (isAll || options.has('w')) numbers.push(text.split(/\s+/).filter((w) => w !== '').length);
    if (isAll || options.has('c')) numbers.push(byteLength(text));
    if (options.has('m')) numbers.push(Array.from(text).length);
    return { name: name === '-' && operands.length === 0 ? '' : name, numbers };
  });
  if (rows.length > 1) {
    const width = rows[0]?.numbers.length ?? 0;
    const numbers = Array.from({ length: width }, (_, column) =>
      rows.reduce((sum, row) => sum + (row.numbers[column] ?? 0), 0),
    );
    rows.push({ name: 'total', numbers });
  }
  const isSingle = rows.every((row) => row.numbers.length === 1) && rows.length === 1;
  const isFromStdin = operands.length === 0;
  const widest = Math.max(...rows.flatMap((row) => row.numbers.map((n) => String(n).length)));
  const width = isSingle ? 0 : world.userland === 'busybox' ? 9 : isFromStdin ? 7 : widest;
  const text = rows.map((row) => {
    const cells = row.numbers.map((number) => String(number).padStart(width));
    return row.name === '' ? cells.join(' ') : `${cells.join(' ')} ${row.name}`;
  });
  return finish(lines(text), errors);
};

/** In UTF-8. */
export const byteLength = (text: string): number => {
  let bytes = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

type Range = { readonly from: number; readonly to: number };

const parseList = (text: string): Range[] | null => {
  const ranges = text.split(',').map((part) => {
    const found = /^(\d*)(-?)(\d*)$/.exec(part);
    if (found === null || part === '' || part === '-') return null;
    const from = Number(found[1] || '1');
    const to = found[2] === '' ? from : Number(found[3] || Number.MAX_SAFE_INTEGER);
    return from === 0 ? null : { from, to };
  });
  return ranges.every((range) => range !== null) ? ranges : null;
};

/** `cut -d X -f LIST`, `cut -c LIST`, `cut -b LIST`. */
export const cut: Tool = (world, argv, stdin) => {
  const { options, operands, unknown } = parseOptions(argv, 'd:f:c:b:sn');
  if (unknown !== null) return invalidOption('cut', unknown);
  const list = options.get('f')?.[0] ?? options.get('c')?.[0] ?? options.get('b')?.[0];
  if (list === undefined) {
    return world.userland === 'busybox'
      ? failed(1, 'cut: expected a list of bytes, characters, or fields\n')
      : failed(
          1,
          'cut: you must specify a list of bytes, characters, or fields\n' +
            "Try 'cut --help' for more information.\n",
        );
  }
  const ranges = parseList(list);
  if (ranges === null) return failed(1, `cut: invalid field value ‘${list}’\n`);
  const isIn = (index: number): boolean =>
    ranges.some((range) => index >= range.from && index <= range.to);
  const delimiter = options.get('d')?.[0] ?? '\t';
  const { inputs, errors } = readInputs(world, 'cut', operands, stdin);
  const out = inputs.flatMap(({ text }) =>
    linesOf(text).flatMap((line) => {
      if (!options.has('f'))
        return [
          Array.from(line)
            .filter((_, at) => isIn(at + 1))
            .join(''),
        ];
      if (!line.includes(delimiter)) return options.has('s') ? [] : [line];
      return [
        line
          .split(delimiter)
          .filter((_, at) => isIn(at + 1))
          .join(delimiter),
      ];
    }),
  );
  return finish(lines(out), errors);
};

/** `uniq [-c] [-d] [-u]`: neighbouring equal lines. */
export const uniq: Tool = (world, argv, stdin) => {
  const { options, operands, unknown } = parseOptions(argv, 'cdui');
  if (unknown !== null) return invalidOption('uniq', unknown);
  const { inputs, errors } = readInputs(world, 'uniq', operands.slice(0, 1), stdin);
  const runs: { line: string; count: number }[] = [];
  const key = (line: string): string => (options.has('i') ? line.toLowerCase() : line);
  for (const line of inputs.flatMap(({ text }) => linesOf(text))) {
    const last = runs.at(-1);
    if (last !== undefined && key(last.line) === key(line)) last.count += 1;
    else runs.push({ line, count: 1 });
  }
  const kept = runs.filter(
    ({ count }) => !(options.has('d') && count < 2) && !(options.has('u') && count > 1),
  );
  const text = kept.map(({ line, count }) =>
    options.has('c') ? `${String(count).padStart(7)} ${line}` : line,
  );
  return finish(lines(text), errors);
};

const letterRanges = (set: string): string => {
  const plain = set
    .replaceAll('[:lower:]', 'a-z')
    .replaceAll('[:upper:]', 'A-Z')
    .replaceAll('[:digit:]', '0-9')
    .replaceAll('[:alpha:]', 'a-zA-Z')
    .replaceAll('[:alnum:]', 'a-zA-Z0-9')
    .replaceAll('[:space:]', ' \\t\\n\\r')
    .replaceAll('[:blank:]', ' \\t')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
    .replaceAll('\\r', '\r')
    .replaceAll('\\\\', '\\');
  return plain.replaceAll(/(.)-(.)/gs, (_, low: string, high: string) => {
    const from = low.charCodeAt(0);
    const to = high.charCodeAt(0);
    if (to < from) return '';
    return Array.from({ length: to - from + 1 }, (_one, at) => String.fromCharCode(from + at)).join(
      '',
    );
  });
};

/** `tr [-d] [-s] [-c] SET1 [SET2]`. */
export const tr: Tool = (_world, argv, stdin) => {
  const { options, operands, unknown } = parseOptions(argv, 'dscC');
  if (unknown !== null) return invalidOption('tr', unknown);
  const [first, second] = operands;
  if (first === undefined) return failed(1, 'tr: missing operand\n');
  if (second === undefined && !options.has('d') && !options.has('s')) {
    return failed(
      1,
      `tr: missing operand after ‘${first}’\nTwo strings must be given when translating.\n`,
    );
  }
  const from = letterRanges(first);
  const to = letterRanges(second ?? '');
  const isComplement = options.has('c') || options.has('C');
  const isIn = (letter: string): boolean => from.includes(letter) !== isComplement;
  const squeezed = second === undefined ? isIn : (letter: string) => to.includes(letter);
  let out = '';
  for (const letter of stdin.text) {
    if (options.has('d') && isIn(letter)) continue;
    let next = letter;
    if (!options.has('d') && second !== undefined && isIn(letter)) {
      const at = isComplement ? to.length - 1 : from.indexOf(letter);
      next = to[Math.min(at, to.length - 1)] ?? letter;
    }
    if (options.has('s') && out.endsWith(next) && squeezed(next)) continue;
    out += next;
  }
  return printed(out);
};

/** `rev`, `tac`, `nl` and `tee` (whose files cannot be written) over the lines of the input. */
export const rev: Tool = (world, argv, stdin) => {
  const { inputs, errors } = readInputs(world, 'rev', argv.slice(1), stdin);
  const all = inputs.flatMap(({ text }) => linesOf(text));
  return finish(lines(all.map((line) => Array.from(line).toReversed().join(''))), errors);
};

export const tac: Tool = (world, argv, stdin) => {
  const { inputs, errors } = readInputs(world, 'tac', argv.slice(1), stdin);
  return finish(lines(inputs.flatMap(({ text }) => linesOf(text)).toReversed()), errors);
};

export const nl: Tool = (world, argv, stdin) => {
  const { inputs, errors } = readInputs(world, 'nl', argv.slice(1), stdin);
  let number = 0;
  const text = inputs.flatMap(({ text: all }) =>
    linesOf(all).map((line) => {
      if (line === '') return '       ';
      number += 1;
      return `${String(number).padStart(6)}\t${line}`;
    }),
  );
  return finish(lines(text), errors);
};
