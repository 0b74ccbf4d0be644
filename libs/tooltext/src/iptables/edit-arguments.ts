import type { FirewallMatch, FirewallTarget } from '@netfold/contracts';
import type { NotPlayed, UsageProblem } from './edit-problems.ts';
import { readMatch } from './rule-arguments.ts';
import type { RuleDraft } from './rule-draft.ts';

export type EditAction = 'A' | 'I' | 'D' | 'R' | 'C' | 'N' | 'X' | 'F' | 'Z' | 'P' | 'E';

/** What an editing command line asks for. */
export type EditArguments = {
  readonly action: EditAction;
  readonly family: 4 | 6;
  readonly table: string;
  /** `null`: all chains, where the action allows it. */
  readonly chain: string | null;
  readonly ruleNumber: number | null;
  readonly policy: string | null;
  readonly newName: string | null;
  readonly isVerbose: boolean;
  readonly match: FirewallMatch;
  readonly target: FirewallTarget | null;
};

export type ParsedEdit = EditArguments | UsageProblem | NotPlayed;

const longActions: Readonly<Record<string, EditAction>> = {
  '--append': 'A',
  '--insert': 'I',
  '--delete': 'D',
  '--replace': 'R',
  '--check': 'C',
  '--new-chain': 'N',
  '--new': 'N',
  '--delete-chain': 'X',
  '--flush': 'F',
  '--zero': 'Z',
  '--policy': 'P',
  '--rename-chain': 'E',
};

const actionOf = (word: string): EditAction | null => {
  const letter = /^-([AIDRCNXFZPE])$/.exec(word)?.[1];
  return (letter as EditAction | undefined) ?? longActions[word] ?? null;
};

/** `-vF INPUT` is `-v -F INPUT`; `-tnat` is `-t nat`. */
const split = (argv: readonly string[]): string[] =>
  argv.slice(1).flatMap((word) => {
    if (/^--(table|wait)=/.test(word)) return word.split('=', 2);
    if (!/^-[A-Za-z0-9]{2,}/.test(word)) return [word];
    if (/^-[tpsdioj]/.test(word)) return [word.slice(0, 2), word.slice(2)];
    return Array.from(word.slice(1), (letter) => `-${letter}`);
  });

const isOption = (word: string | undefined): boolean => word === undefined || /^-./.test(word);

type Draft = {
  action: EditAction | null;
  chain: string | null;
  ruleNumber: number | null;
  policy: string | null;
  newName: string | null;
  table: string;
  isVerbose: boolean;
};

/** Whether a command line edits; else it lists, or says its version. */
export const isEdit = (argv: readonly string[]): boolean =>
  split(argv).some((word) => actionOf(word) !== null);

/** Reads an editing command line. @source iptables 1.8.9 iptables/xshared.c do_parse */
export const parseEdit = (argv: readonly string[], family: 4 | 6): ParsedEdit => {
  const words = split(argv);
  const draft: Draft = {
    action: null,
    chain: null,
    ruleNumber: null,
    policy: null,
    newName: null,
    table: 'filter',
    isVerbose: false,
  };
  const rule: RuleDraft = { family, match: {}, target: null, loaded: new Set() };
  for (let at = 0; at < words.length;) {
    const read = readGeneral(draft, words, at) ?? readMatch(rule, words, at);
    if (typeof read !== 'number') return read;
    at = read;
  }
  const { action } = draft;
  if (action === null) return { problem: 'no command specified' };
  return { ...draft, action, family, match: rule.match, target: rule.target };
};

/** The action with its operands, the table, and flags. @returns `null` for a word of a rule */
const readGeneral = (
  draft: Draft,
  words: readonly string[],
  at: number,
): number | UsageProblem | NotPlayed | null => {
  const word = words[at] ?? '';
  const action = actionOf(word);
  if (action !== null) return readAction(draft, action, words, at);
  switch (word) {
    case '-t':
    case '--table':
      draft.table = words[at + 1] ?? '';
      return at + 2;
    case '-v':
    case '--verbose':
      draft.isVerbose = true;
      return at + 1;
    case '-w':
    case '--wait':
      return at + (/^\d+$/.test(words[at + 1] ?? '') ? 2 : 1);
    case '-n':
    case '-4':
    case '-6':
    case '--numeric':
      return at + 1;
    case '-L':
    case '-S':
    case '--list':
      return { problem: `Cannot use -${draft.action ?? 'A'} with ${word.slice(0, 2)}` };
    default:
      return null;
  }
};

const readAction = (
  draft: Draft,
  action: EditAction,
  words: readonly string[],
  at: number,
): number | UsageProblem => {
  if (draft.action !== null) return { problem: `Cannot use -${action} with -${draft.action}` };
  draft.action = action;
  const operands: string[] = [];
  for (let next = at + 1; operands.length < 2 && !isOption(words[next]); next += 1) {
    if (words[next] === '!') break;
    operands.push(words[next] ?? '');
  }
  const [chain, second] = operands;
  const needsChain = !'XFZ'.includes(action);
  if (chain === undefined) {
    const isName = action === 'N' && words[at + 1] !== undefined;
    if (isName) return { problem: "chain name not allowed to start with `-'" };
    return needsChain ? { problem: `option "-${action}" requires an argument` } : at + 1;
  }
  draft.chain = chain;
  if (action === 'P') {
    if (second === undefined) return { problem: '-P requires a chain and a policy' };
    draft.policy = second;
    return at + 3;
  }
  if (action === 'E') {
    if (second === undefined) {
      return { problem: '-E requires old-chain-name and new-chain-name' };
    }
    draft.newName = second;
    return at + 3;
  }
  if (second === undefined || !'IDRZ'.includes(action)) {
    return action === 'R' ? { problem: '-R requires a rule number' } : at + 2;
  }
  if (!/^[1-9]\d*$/.test(second)) return { problem: `Invalid rule number \`${second}'` };
  draft.ruleNumber = Number(second);
  return at + 3;
};
