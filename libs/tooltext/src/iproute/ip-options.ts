/** The options that stand before the object: `ip -4 -br addr`. */
export type IpOptions = {
  readonly family: 4 | 6 | null;
  readonly isBrief: boolean;
  readonly isOneLine: boolean;
  readonly isJson: boolean;
  readonly isPretty: boolean;
  readonly isDetailed: boolean;
  readonly hasStatistics: boolean;
};

export type ParsedIp =
  | { readonly kind: 'object'; readonly options: IpOptions; readonly words: readonly string[] }
  | { readonly kind: 'unknownOption'; readonly option: string }
  | { readonly kind: 'version' };

const none: IpOptions = {
  family: null,
  isBrief: false,
  isOneLine: false,
  isJson: false,
  isPretty: false,
  isDetailed: false,
  hasStatistics: false,
};

/** Each long option with its shortest accepted form; iproute2 takes every prefix between. */
const flags: readonly (readonly [long: string, shortest: number, set: Partial<IpOptions>])[] = [
  ['4', 1, { family: 4 }],
  ['6', 1, { family: 6 }],
  ['brief', 2, { isBrief: true }],
  ['oneline', 1, { isOneLine: true }],
  ['json', 1, { isJson: true }],
  ['pretty', 1, { isPretty: true }],
  ['details', 1, { isDetailed: true }],
  ['statistics', 1, { hasStatistics: true }],
  ['stats', 1, { hasStatistics: true }],
  ['human', 1, {}],
  ['human-readable', 1, {}],
  ['resolve', 1, {}],
  ['Numeric', 1, {}],
  ['color', 1, {}],
  ['timestamp', 1, {}],
];

const familyOf = (word: string | undefined): 4 | 6 | null =>
  word === 'inet' ? 4 : word === 'inet6' ? 6 : null;

/** Reads the options of `ip` or `bridge` up to the object. */
export const parseIpOptions = (argv: readonly string[]): ParsedIp => {
  let options = none;
  let at = 1;
  while (at < argv.length) {
    const word = argv[at] ?? '';
    if (!word.startsWith('-') || word === '-') break;
    const name = word.replace(/^--?/, '').replace(/=.*$/, '');
    if ('family'.startsWith(name) && name !== '') {
      options = { ...options, family: familyOf(argv[at + 1]) };
      at += 2;
      continue;
    }
    if (name === 'V' || name === 'Version') return { kind: 'version' };
    const flag = flags.find(([long, shortest]) => name.length >= shortest && long.startsWith(name));
    if (flag === undefined) return { kind: 'unknownOption', option: word.replace(/^-/, '') };
    options = { ...options, ...flag[2] };
    at += 1;
  }
  return { kind: 'object', options, words: argv.slice(at) };
};

/** Whether `word` abbreviates one of `names`, as iproute2's `matches` does. */
export const matches = (word: string, ...names: readonly string[]): boolean =>
  word !== '' && names.some((name) => name.startsWith(word));
