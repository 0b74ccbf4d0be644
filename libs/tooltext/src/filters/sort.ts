import { failed, lines } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { linesOf, parseOptions, readInputs } from './input.ts';

type Key = { readonly from: number; readonly to: number; readonly flags: string };

const parseKey = (text: string): Key | null => {
  const found = /^(\d+)(?:\.\d+)?([a-zA-Z]*)(?:,(\d+)(?:\.\d+)?([a-zA-Z]*))?$/.exec(text);
  if (found === null) return null;
  return {
    from: Number(found[1]),
    to: found[3] === undefined ? Number.MAX_SAFE_INTEGER : Number(found[3]),
    flags: `${found[2] ?? ''}${found[4] ?? ''}`,
  };
};

const fieldsOf = (line: string, delimiter: string | undefined): string[] =>
  delimiter === undefined ? (line.match(/[ \t]*[^ \t]+/g) ?? []) : line.split(delimiter);

const numberOf = (text: string): number => Number(/^\s*-?\d+(\.\d+)?/.exec(text)?.[0] ?? '0');

/** Versions compare their runs of digits as numbers: `-V`. */
const compareVersions = (a: string, b: string): number => {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const one = left[at] ?? '';
    const other = right[at] ?? '';
    if (one === other) continue;
    if (/^\d/.test(one) && /^\d/.test(other)) return Number(one) - Number(other);
    return one < other ? -1 : 1;
  }
  return 0;
};

const compareBy = (flags: string, a: string, b: string): number => {
  if (flags.includes('n') || flags.includes('g')) return numberOf(a) - numberOf(b);
  if (flags.includes('V')) return compareVersions(a, b);
  const left = flags.includes('f') ? a.toUpperCase() : a;
  const right = flags.includes('f') ? b.toUpperCase() : b;
  return left < right ? -1 : left > right ? 1 : 0;
};

/** `sort [-nrufV] [-t X] [-k N[,M]]`, bytewise as in the C locale. */
export const sort: Tool = (world, argv, stdin) => {
  const { options, operands, unknown } = parseOptions(argv, 'nrufVgbst:k:dc');
  if (unknown !== null) return failed(2, `sort: invalid option -- '${unknown}'\n`);
  const { inputs, errors } = readInputs(world, 'sort', operands, stdin);
  const general = Array.from('nfVgb')
    .filter((letter) => options.has(letter))
    .join('');
  const keys: Key[] = [];
  for (const text of options.get('k') ?? []) {
    const key = parseKey(text);
    if (key === null) return failed(2, `sort: invalid number at field start: invalid count\n`);
    keys.push(key);
  }
  const delimiter = options.get('t')?.[0];
  const part = (line: string, key: Key): string => {
    const text = fieldsOf(line, delimiter)
      .slice(key.from - 1, key.to)
      .join(delimiter ?? '');
    return `${key.flags}${general}`.includes('b') ? text.trimStart() : text;
  };
  const isReversed = options.has('r');
  const byKeys = (a: string, b: string): number => {
    for (const key of keys) {
      const flags = key.flags === '' ? general : key.flags;
      const order = compareBy(flags, part(a, key), part(b, key));
      if (order !== 0) return isReversed !== key.flags.includes('r') ? -order : order;
    }
    return 0;
  };
  const compare = (a: string, b: string): number => {
    const byKey = byKeys(a, b);
    if (byKey !== 0 || (options.has('s') && keys.length > 0)) return byKey;
    const order = keys.length === 0 ? compareBy(general, a, b) : 0;
    const whole = order !== 0 ? order : compareBy('', a, b);
    return isReversed ? -whole : whole;
  };
  const sorted = inputs.flatMap(({ text }) => linesOf(text)).toSorted(compare);
  const isSame = (a: string, b: string): boolean =>
    keys.length > 0 ? byKeys(a, b) === 0 : compareBy(general, a, b) === 0;
  const kept = options.has('u')
    ? sorted.filter((line, at) => at === 0 || !isSame(line, sorted[at - 1] ?? ''))
    : sorted;
  return {
    stdout: lines(kept),
    stderr: errors,
    exitCode: errors === '' ? 0 : 2,
    durationMs: 0,
  };
};
