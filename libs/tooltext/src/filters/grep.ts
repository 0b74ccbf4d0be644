import { compilePattern, findMatch, literalPattern } from '../pattern/pattern.ts';
import type { Match, Pattern } from '../pattern/pattern.ts';
import { BadPattern } from '../pattern/syntax.ts';
import { failed } from '../tool.ts';
import type { Input, Tool } from '../tool.ts';
import { invalidOption, linesOf, parseOptions, readInputs } from './input.ts';

type Options = ReadonlyMap<string, readonly string[]>;

type Search = {
  readonly patterns: readonly Pattern[];
  readonly options: Options;
  readonly hasNames: boolean;
  readonly enough: Input['enough'];
};

const longForms: Readonly<Record<string, string>> = {
  '--ignore-case': '-i',
  '--invert-match': '-v',
  '--count': '-c',
  '--line-number': '-n',
  '--only-matching': '-o',
  '--quiet': '-q',
  '--silent': '-q',
  '--extended-regexp': '-E',
  '--fixed-strings': '-F',
  '--word-regexp': '-w',
  '--line-regexp': '-x',
};

const isWordEdge = (text: string, match: Match): boolean => {
  const isWord = (letter: string | undefined): boolean => /\w/.test(letter ?? ' ');
  return !isWord(text[match.start - 1]) && !isWord(text[match.end]);
};

const findIn = (search: Search, text: string, from: number): Match | null => {
  let best: Match | null = null;
  for (const pattern of search.patterns) {
    let match = findMatch(pattern, text, from);
    while (match !== null && search.options.has('w') && !isWordEdge(text, match)) {
      match = match.start < text.length ? findMatch(pattern, text, match.start + 1) : null;
    }
    if (match === null) continue;
    if (search.options.has('x') && (match.start !== 0 || match.end !== text.length)) continue;
    const isEarlier = best === null || match.start < best.start;
    const isLonger = best !== null && match.start === best.start && match.end > best.end;
    if (isEarlier || isLonger) best = match;
  }
  return best;
};

const allIn = (search: Search, text: string): string[] => {
  const found: string[] = [];
  for (let at = 0; at <= text.length;) {
    const match = findIn(search, text, at);
    if (match === null) break;
    if (match.end > match.start) found.push(text.slice(match.start, match.end));
    at = Math.max(match.end, match.start + 1);
  }
  return found;
};

const contextOf = (options: Options, letter: string): number =>
  Number(options.get(letter)?.[0] ?? options.get('C')?.[0] ?? '0') || 0;

const printLines = (search: Search, name: string, text: string): { out: string; count: number } => {
  const { options } = search;
  const all = linesOf(text);
  const limit = Number(options.get('m')?.[0] ?? all.length + 1);
  const hits: number[] = [];
  all.forEach((line, index) => {
    const isHit = (findIn(search, line, 0) !== null) !== options.has('v');
    if (isHit && hits.length < limit) hits.push(index);
  });
  const prefix = search.hasNames ? `${name}:` : '';
  const count = hits.length;
  const wanted = options.has('q') || options.has('l') ? 1 : limit;
  const last = count >= wanted ? hits[wanted - 1] : undefined;
  if (last !== undefined) search.enough?.(all.slice(0, last + 1).join('\n').length + 1);
  if (options.has('q')) return { out: '', count };
  if (options.has('l')) return { out: count > 0 ? `${name}\n` : '', count };
  if (options.has('L')) return { out: count > 0 ? '' : `${name}\n`, count };
  if (options.has('c')) return { out: `${prefix}${count}\n`, count };
  if (options.has('o')) {
    const out = hits.flatMap((index) =>
      allIn(search, all[index] ?? '').map((part) => {
        const number = options.has('n') ? `${index + 1}:` : '';
        return `${prefix}${number}${part}\n`;
      }),
    );
    return { out: out.join(''), count };
  }
  return { out: withContext(search, all, hits, search.hasNames ? name : ''), count };
};

/** The lines with those around them; groups that do not touch are parted by `--`. */
const withContext = (
  search: Search,
  all: readonly string[],
  hits: readonly number[],
  name: string,
): string => {
  const before = contextOf(search.options, 'B');
  const after = contextOf(search.options, 'A');
  const isHit = new Set(hits);
  const shown = new Set<number>();
  for (const hit of hits) {
    for (let index = hit - before; index <= hit + after; index += 1) {
      if (index >= 0 && index < all.length) shown.add(index);
    }
  }
  let last = -1;
  let out = '';
  for (const index of [...shown].toSorted((a, b) => a - b)) {
    if (before + after > 0 && last >= 0 && index > last + 1) out += '--\n';
    last = index;
    const mark = isHit.has(index) ? ':' : '-';
    const number = search.options.has('n') ? `${index + 1}${mark}` : '';
    out += `${name === '' ? '' : name + mark}${number}${all[index] ?? ''}\n`;
  }
  return out;
};

const compileAll = (texts: readonly string[], name: string, options: Options): Pattern[] => {
  const isFixed = options.has('F') || name === 'fgrep';
  const isExtended = options.has('E') || options.has('P') || name === 'egrep';
  const ignoresCase = options.has('i') || options.has('y');
  return texts
    .flatMap((text) => text.split('\n'))
    .map((text) =>
      isFixed
        ? literalPattern(text, ignoresCase)
        : compilePattern(text, { isExtended, ignoresCase }),
    );
};

/** `grep`, `egrep`, `fgrep`. Patterns are matched in linear time; back references are refused. */
export const grep: Tool = (world, argv, stdin) => {
  const name = argv[0] ?? 'grep';
  const words = argv.filter((word) => !word.startsWith('--color'));
  const short = words.map((word) => longForms[word] ?? word);
  const { options, operands, unknown } = parseOptions(short, 'e:ivcnoqEFPwxhHlLsm:A:B:C:yrRa');
  if (unknown !== null) return invalidOption(name, unknown, 2);
  const given = options.get('e');
  const texts = given ?? operands.slice(0, 1);
  if (texts.length === 0) {
    return failed(
      2,
      "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n",
    );
  }
  const paths = given === undefined ? operands.slice(1) : operands;
  let patterns: readonly Pattern[];
  try {
    patterns = compileAll(texts, name, options);
  } catch (error) {
    if (!(error instanceof BadPattern)) throw error;
    return failed(2, `grep: ${error.message}\n`);
  }
  const { inputs, errors } = readInputs(world, 'grep', paths, stdin);
  const hasNames = (paths.length > 1 || options.has('H')) && !options.has('h');
  const search = { patterns, options, hasNames, enough: stdin.enough };
  let stdout = '';
  let count = 0;
  for (const input of inputs) {
    const label = input.name === '-' ? '(standard input)' : input.name;
    const one = printLines(search, label, input.text);
    stdout += one.out;
    count += one.count;
  }
  const stderr = options.has('s') ? '' : errors;
  const exitCode = errors !== '' && !(options.has('q') && count > 0) ? 2 : count > 0 ? 0 : 1;
  return { stdout, stderr, exitCode, durationMs: 0 };
};
