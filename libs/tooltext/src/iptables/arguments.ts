export type IptablesArguments = {
  readonly action: 'list' | 'specify' | 'edit' | 'version' | 'none' | 'unknown';
  readonly family: 4 | 6;
  readonly table: string;
  readonly chain: string | null;
  readonly ruleNumber: number | null;
  /** As it was written. */
  readonly ruleText: string;
  readonly isNumeric: boolean;
  readonly isVerbose: boolean;
  readonly hasNumbers: boolean;
  /** Counters in full, in wider columns. */
  readonly isExact: boolean;
  readonly unknownOption: string | null;
};

type Draft = { -readonly [Key in keyof IptablesArguments]: IptablesArguments[Key] };

const longForms: Readonly<Record<string, string>> = {
  '--list': '-L',
  '--list-rules': '-S',
  '--table': '-t',
  '--numeric': '-n',
  '--verbose': '-v',
  '--exact': '-x',
  '--version': '-V',
  '--wait': '-w',
  '--append': '-A',
  '--insert': '-I',
  '--delete': '-D',
  '--replace': '-R',
  '--check': '-C',
  '--flush': '-F',
  '--zero': '-Z',
  '--policy': '-P',
  '--new-chain': '-N',
  '--delete-chain': '-X',
  '--rename-chain': '-E',
};

const editLetters = 'AIDRCFZPNXE';

/** `-nvL` is `-n -v -L`; `-tnat` is `-t nat`. */
const split = (argv: readonly string[]): string[] =>
  argv.slice(1).flatMap((word) => {
    if (word.startsWith('--table=')) return ['-t', word.slice('--table='.length)];
    if (word === '--line-numbers' || ('--line-numbers'.startsWith(word) && word.length > 4)) {
      return ['--line-numbers'];
    }
    if (word.startsWith('--')) return [longForms[word] ?? word];
    if (!/^-[A-Za-z]{2,}/.test(word)) return [word];
    if (word.startsWith('-t')) return ['-t', word.slice(2)];
    return Array.from(word.slice(1), (letter) => `-${letter}`);
  });

const operands = (words: readonly string[], at: number): string[] => {
  const found: string[] = [];
  for (let next = at + 1; next < words.length && found.length < 2; next += 1) {
    const word = words[next] ?? '';
    if (word.startsWith('-')) break;
    found.push(word);
  }
  return found;
};

const readWord = (draft: Draft, words: readonly string[], at: number): number => {
  const word = words[at] ?? '';
  if (word === '-t') {
    draft.table = words[at + 1] ?? '';
    return at + 2;
  }
  if (word === '-L' || word === '-S') {
    const [chain, number] = operands(words, at);
    draft.action = word === '-L' ? 'list' : 'specify';
    draft.chain = chain ?? draft.chain;
    draft.ruleText = number ?? draft.ruleText;
    draft.ruleNumber = number === undefined ? draft.ruleNumber : Number(number);
    return at + 1 + (chain === undefined ? 0 : 1) + (number === undefined ? 0 : 1);
  }
  if (word === '-n') draft.isNumeric = true;
  else if (word === '-v') draft.isVerbose = true;
  else if (word === '--line-numbers') draft.hasNumbers = true;
  else if (word === '-V') draft.action = 'version';
  else if (/^-[A-Z]$/.test(word) && editLetters.includes(word.slice(1))) draft.action = 'edit';
  else if (word === '-x') draft.isExact = true;
  else if (word === '-w') return at + 1;
  else if (!word.startsWith('-')) draft.chain = draft.chain ?? word;
  else if (draft.action !== 'edit' && draft.unknownOption === null) draft.unknownOption = word;
  return at + 1;
};

/** Reads a command line of `iptables` as far as listing needs it. */
export const parseIptables = (argv: readonly string[], family: 4 | 6): IptablesArguments => {
  const draft: Draft = {
    action: 'none',
    family,
    table: 'filter',
    chain: null,
    ruleNumber: null,
    ruleText: '',
    isNumeric: false,
    isVerbose: false,
    hasNumbers: false,
    isExact: false,
    unknownOption: null,
  };
  const words = split(argv);
  for (let at = 0; at < words.length;) at = readWord(draft, words, at);
  if (draft.unknownOption !== null && draft.action !== 'edit') draft.action = 'unknown';
  return draft;
};
