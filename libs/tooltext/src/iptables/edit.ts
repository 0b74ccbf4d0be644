import type { FirewallEdit, FirewallRule, FirewallRulePlace } from '@netfold/contracts';
import { appendedRank, insertedOnTop } from '@netfold/dataplane';
import type { ChainRow, RuleRow, RuleTarget } from '@netfold/dataplane';
import { failed, lines, printed } from '../tool.ts';
import type { LineEdits, ToolOutput } from '../tool.ts';
import { parseEdit } from './edit-arguments.ts';
import type { EditArguments } from './edit-arguments.ts';
import { rankBetween } from './rank-between.ts';
import { verboseRule } from './rule-listing.ts';
import { ruleSpec } from './rule-text.ts';

/** What runs: by its name, over the edits of its line. */
type Run = { readonly name: string; readonly edits: LineEdits; readonly given: EditArguments };

const version = (name: string): string => `${name} v1.8.9 (nf_tables)`;

/** A command line that is not taken: exit code 2. */
const misused = (name: string, problem: string): ToolOutput =>
  failed(
    2,
    `${version(name)}: ${problem}\nTry \`${name} -h' or '${name} --help' for more information.\n`,
  );

const refused = (name: string, text: string): ToolOutput => failed(1, `${name}: ${text}\n`);
const noSuchChain = 'No chain/target/match by that name.';

/** The kernel does not take it: exit code 4. */
const kernelRefused = (name: string, text: string): ToolOutput =>
  failed(4, `${version(name)}:  ${text}\n`);

const hooks: Readonly<Record<'filter' | 'nat', readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
};

const isEditable = (table: string): table is 'filter' | 'nat' => table in hooks;
const isBuiltin = (table: string, chain: string): boolean =>
  isEditable(table) && hooks[table].includes(chain);

/**
 * The editing forms of `iptables` and `ip6tables` on a host.
 * @source recorded with iptables 1.8.9 (nf_tables)
 */
export const editRules = (name: string, argv: readonly string[], edits: LineEdits): ToolOutput => {
  const family = name.startsWith('ip6') ? 6 : 4;
  const given = parseEdit(argv, family);
  if ('notPlayed' in given) {
    return failed(4, `netfold: \`${name}\` is simulated without ${given.notPlayed}\n`);
  }
  if ('problem' in given) {
    if (given.isBare !== true) return misused(name, given.problem);
    const help = `Try \`${name} -h' or '${name} --help' for more information.\n`;
    return failed(2, `${given.problem}\n${help}`);
  }
  if (!isEditable(given.table)) {
    return ['mangle', 'raw', 'security'].includes(given.table)
      ? failed(4, `netfold: \`${name}\` edits the tables filter and nat only\n`)
      : failed(
          3,
          `${version(name)}: table '${given.table}' does not exist\n` +
            'Perhaps iptables or your kernel needs to be upgraded.\n',
        );
  }
  return actions[given.action]({ name, edits, given });
};

const place = ({ given }: Run, chain = given.chain ?? '') => ({
  family: given.family,
  table: given.table as 'filter' | 'nat',
  chain,
});

const chainsOf = ({ edits, given }: Run): readonly ChainRow[] =>
  edits.stack.chains.filter((row) => row.family === given.family && row.table === given.table);

const hasChain = (run: Run, chain: string | null): boolean =>
  chainsOf(run).some((row) => row.chain === chain);

const rulesOf = ({ edits, given }: Run, chain = given.chain): readonly RuleRow[] =>
  edits.stack.rules.filter(
    (row) => row.family === given.family && row.table === given.table && row.chain === chain,
  );

const make = ({ name, edits }: Run, made: readonly FirewallEdit[], stdout = ''): ToolOutput => {
  const refusal = edits.editFirewall(made);
  return refusal === null
    ? printed(stdout)
    : failed(4, `netfold: \`${name}\`: ${refusal.message}\n`);
};

const removalOf = (row: RuleRow): FirewallEdit => {
  const { family, table, chain, rank, networkId, endpointId } = row;
  const gone: FirewallRulePlace = { family, table, chain, rank, networkId, endpointId };
  return { kind: 'removeRule', place: gone };
};

/** The command's rule as a row would hold it, without its place. */
const asRow = (run: Run, chain: string): RuleRow =>
  ({ ...place(run, chain), match: run.given.match, target: run.given.target }) as RuleRow;

const isSame = (run: Run, row: RuleRow): boolean =>
  ruleSpec(row) === ruleSpec(asRow(run, row.chain));

/** The chain that a target goes on in; `null` for the others. */
const leadsTo = (target: RuleTarget): string | null =>
  target.kind === 'jump' || target.kind === 'goto' ? target.chain : null;

/** What is wrong with the rule itself, before any chain is looked at. */
const ruleProblem = (run: Run): ToolOutput | null => {
  const { name, given } = run;
  const { match, target, chain, table } = given;
  if (target === null) return failed(4, `netfold: \`${name}\` is simulated with a target only\n`);
  const withoutIn = chain === 'OUTPUT' || chain === 'POSTROUTING';
  const withoutOut = chain === 'INPUT' || chain === 'PREROUTING';
  if (withoutIn && match.inInterface) return misused(name, `Can't use -i with ${chain}\n`);
  if (withoutOut && match.outInterface) return misused(name, `Can't use -o with ${chain}\n`);
  if (leadsTo(target) !== null && !hasChain(run, leadsTo(target))) {
    return misused(name, `Chain '${leadsTo(target) ?? ''}' does not exist`);
  }
  if (table === 'nat' && target.kind === 'DROP') {
    const words = 'The "nat" table is not intended for filtering, the use of DROP is therefore';
    return misused(name, `\n${words} inhibited.\n\n`);
  }
  if ((target.kind === 'DNAT' || target.kind === 'SNAT') && target.to === '') {
    const option = target.kind === 'DNAT' ? '--to-destination' : '--to-source';
    return misused(name, `${target.kind}: option "${option}" must be specified\n`);
  }
  const hasPort = (target.kind === 'DNAT' || target.kind === 'SNAT') && /\]?:\d+$/.test(target.to);
  if (hasPort && given.family === 4 && match.protocol === undefined) {
    return misused(name, 'Need TCP, UDP, SCTP or DCCP with port specification');
  }
  return null;
};

/** Where the kernel translates: elsewhere it refuses the target. */
const misplaced = ({ given }: Run): boolean => {
  const { target, table, chain } = given;
  const kind = target?.kind ?? '';
  if (target?.kind === 'REJECT') {
    const isReset = target.rejectWith === 'tcp-reset';
    return table === 'nat' || (isReset && given.match.protocol !== 'tcp');
  }
  if (!['DNAT', 'SNAT', 'MASQUERADE', 'REDIRECT'].includes(kind)) return false;
  if (table !== 'nat') return true;
  if (!isBuiltin(table, chain ?? '')) return false;
  const allowed = { DNAT: ['PREROUTING', 'OUTPUT'], SNAT: ['POSTROUTING', 'INPUT'] };
  if (kind === 'MASQUERADE') return chain !== 'POSTROUTING';
  return !(kind === 'DNAT' || kind === 'REDIRECT' ? allowed.DNAT : allowed.SNAT).includes(
    chain ?? '',
  );
};

/** Whether the jump leads back to its own chain. */
const isLoop = (run: Run): boolean => {
  const { target, chain } = run.given;
  const seen = new Set<string>();
  const leadsBack = (from: string): boolean => {
    if (from === chain) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return rulesOf(run, from).some(
      ({ target: next }) => leadsTo(next) !== null && leadsBack(leadsTo(next) ?? ''),
    );
  };
  const first = target === null ? null : leadsTo(target);
  return first !== null && leadsBack(first);
};

const verbose = (run: Run): string =>
  run.given.isVerbose
    ? `${verboseRule(asRow(run, run.given.chain ?? ''), run.given.family)}\n`
    : '';

/** Adds the rule behind `before` rules of its chain. */
const addAt = (run: Run, before: number, verb: string, gone: RuleRow | null): ToolOutput => {
  const { name, given, edits } = run;
  const { chain, target } = given;
  const failedAs = (why: string): ToolOutput =>
    kernelRefused(name, `RULE_${verb} failed (${why}): rule in chain ${chain ?? ''}`);
  if (misplaced(run)) return failedAs('Invalid argument');
  if (isLoop(run)) return failedAs('Too many links');
  const rules = rulesOf(run);
  const between = { prev: rules[before - 1]?.rank ?? null, next: rules[before]?.rank ?? null };
  const usual =
    between.next === null
      ? appendedRank(edits.nextOrdinal, 'u')
      : insertedOnTop(edits.nextOrdinal, 0);
  if (target === null) return refused(name, noSuchChain);
  const rank = gone?.rank ?? rankBetween(between, usual, edits.nextOrdinal);
  const rule: FirewallRule = { ...place(run), rank, match: given.match, target };
  const replaced = gone === null ? [] : [removalOf(gone)];
  return make(run, [...replaced, { kind: 'addRule', rule }], verbose(run));
};

const withRule =
  (act: (run: Run) => ToolOutput) =>
  (run: Run): ToolOutput => {
    const problem = ruleProblem(run);
    if (problem !== null) return problem;
    return hasChain(run, run.given.chain) ? act(run) : refused(run.name, noSuchChain);
  };

const append = withRule((run) => addAt(run, rulesOf(run).length, 'APPEND', null));

const insert = withRule((run) => {
  const before = (run.given.ruleNumber ?? 1) - 1;
  if (before > rulesOf(run).length) return refused(run.name, 'Index of insertion too big.');
  return addAt(run, before, 'INSERT', null);
});

const replace = withRule((run) => {
  const at = (run.given.ruleNumber ?? 0) - 1;
  const gone = rulesOf(run)[at];
  if (gone === undefined) return refused(run.name, 'Index of replacement too big.');
  return addAt(run, at, 'REPLACE', gone);
});

const badRule = 'Bad rule (does a matching rule exist in that chain?).';

const remove = (run: Run): ToolOutput => {
  const { given, name } = run;
  if (given.ruleNumber !== null) {
    if (!hasChain(run, given.chain)) return refused(name, noSuchChain);
    const row = rulesOf(run)[given.ruleNumber - 1];
    if (row === undefined) return refused(name, 'Index of deletion too big.');
    return make(run, [removalOf(row)]);
  }
  const problem = ruleProblem(run);
  if (problem !== null) return problem;
  const row = rulesOf(run).find((one) => isSame(run, one));
  return row === undefined ? refused(name, badRule) : make(run, [removalOf(row)], verbose(run));
};

const check = (run: Run): ToolOutput => {
  const problem = ruleProblem(run);
  if (problem !== null) return problem;
  return rulesOf(run).some((row) => isSame(run, row)) ? printed('') : refused(run.name, badRule);
};

const chainLengthMax = 28;
const targetNames: ReadonlySet<string> = new Set(
  'ACCEPT DROP RETURN QUEUE REJECT DNAT SNAT MASQUERADE REDIRECT LOG MARK'.split(' '),
);

const createChain = (run: Run): ToolOutput => {
  const { name } = run;
  const chain = run.given.chain ?? '';
  if (chain.length > chainLengthMax) {
    return misused(name, `chain name \`${chain}' too long (must be under 29 chars)`);
  }
  if (targetNames.has(chain)) return misused(name, 'chain name may not clash with target name');
  if (/\s/.test(chain)) return misused(name, `Invalid chain name \`${chain}'`);
  if (hasChain(run, chain)) return refused(name, 'Chain already exists.');
  return make(run, [{ kind: 'createChain', chain: place(run) }]);
};

const isReferred = (run: Run, chain: string): boolean =>
  run.edits.stack.rules.some(
    ({ family, table, target }) =>
      family === run.given.family && table === run.given.table && leadsTo(target) === chain,
  );

const removeChain = (run: Run): ToolOutput => {
  const { name, given } = run;
  const own = chainsOf(run).filter((row) => !isBuiltin(row.table, row.chain));
  const wanted = given.chain === null ? own : own.filter((row) => row.chain === given.chain);
  if (given.chain !== null && wanted.length === 0) return refused(name, noSuchChain);
  const busy = wanted.find(({ chain }) => rulesOf(run, chain).length > 0 || isReferred(run, chain));
  if (busy !== undefined) {
    return kernelRefused(name, `CHAIN_DEL failed (Device or resource busy): chain ${busy.chain}`);
  }
  const said = given.isVerbose ? wanted.map(({ chain }) => `Deleting chain \`${chain}'`) : [];
  return make(
    run,
    wanted.map(({ chain }) => ({ kind: 'removeChain', chain: place(run, chain) })),
    lines(said),
  );
};

/** A chain under another name, with its rules and all that lead to it. */
const renameChain = (run: Run): ToolOutput => {
  const { name, given } = run;
  const [chain, newName] = [given.chain ?? '', given.newName ?? ''];
  if (hasChain(run, newName)) return refused(name, 'File exists.');
  if (!hasChain(run, chain) || isBuiltin(given.table, chain)) return refused(name, noSuchChain);
  const own = rulesOf(run, chain).flatMap((row) => moved(row, { ...row, chain: newName }));
  const leading = run.edits.stack.rules
    .filter((row) => row.family === given.family && row.table === given.table)
    .filter(({ target }) => leadsTo(target) === chain)
    .flatMap((row) =>
      moved(row, { ...row, target: { ...row.target, chain: newName } as RuleTarget }),
    );
  return make(run, [
    { kind: 'createChain', chain: place(run, newName) },
    ...own,
    ...leading,
    { kind: 'removeChain', chain: place(run, chain) },
  ]);
};

const moved = (row: RuleRow, to: RuleRow): readonly FirewallEdit[] => {
  const { family, table, chain, rank, match, target } = to;
  const rule = { family, table, chain, rank, match, target } as FirewallRule;
  return [removalOf(row), { kind: 'addRule', rule }];
};

const chosen = (run: Run): readonly ChainRow[] | null => {
  const { chain } = run.given;
  if (chain === null) return chainsOf(run);
  const found = chainsOf(run).filter((row) => row.chain === chain);
  return found.length === 0 ? null : found;
};

const flush = (run: Run): ToolOutput => {
  const chains = chosen(run);
  if (chains === null) return refused(run.name, noSuchChain);
  const said = run.given.isVerbose ? chains.map(({ chain }) => `Flushing chain \`${chain}'`) : [];
  const gone = chains.flatMap(({ chain }) => rulesOf(run, chain).map(removalOf));
  return gone.length === 0 ? printed(lines(said)) : make(run, gone, lines(said));
};

/** Packets are not counted: there is nothing to set to zero. */
const zero = (run: Run): ToolOutput => {
  const chains = chosen(run);
  if (chains === null) return refused(run.name, noSuchChain);
  const said = run.given.isVerbose ? chains.map(({ chain }) => `Zeroing chain \`${chain}'`) : [];
  return printed(lines(said));
};

const setPolicy = (run: Run): ToolOutput => {
  const { name, given } = run;
  if (!isBuiltin(given.table, given.chain ?? '')) return refused(name, 'Bad built-in chain name.');
  const { policy } = given;
  if (policy !== 'ACCEPT' && policy !== 'DROP') {
    return refused(name, "Bad policy name. Run `dmesg' for more information.");
  }
  const current = chainsOf(run).find((row) => row.chain === given.chain)?.policy;
  if (current === policy) return printed('');
  return make(run, [{ kind: 'setPolicy', chain: place(run), policy }]);
};

const actions: Readonly<Record<EditArguments['action'], (run: Run) => ToolOutput>> = {
  A: append,
  I: insert,
  R: replace,
  D: remove,
  C: check,
  N: createChain,
  X: removeChain,
  F: flush,
  Z: zero,
  P: setPolicy,
  E: renameChain,
};
