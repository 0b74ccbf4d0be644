import type { ChainRow, RuleRow, RuleTable } from '@netfold/dataplane';
import { failed, lines, printed } from '../tool.ts';
import type { StackView, Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { parseIptables } from './arguments.ts';
import type { IptablesArguments } from './arguments.ts';
import { isEdit } from './edit-arguments.ts';
import { isHostStack } from '../world/host-edits.ts';
import { editRules } from './edit.ts';
import { chainHeading, columnHeading, listingLine } from './rule-listing.ts';
import { noCounts, ruleSpec } from './rule-text.ts';

/** What the kernel offers although nothing of the engine's stands in it: policies only. */
const emptyTables: Readonly<Record<string, readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  raw: ['PREROUTING', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
};

type Table = { readonly chains: readonly ChainRow[]; readonly rules: readonly RuleRow[] };

const builtin = (table: string, chain: string, family: 4 | 6): ChainRow => ({
  labId: '',
  host: '',
  namespace: '',
  family,
  table: table as RuleTable,
  chain,
  policy: 'ACCEPT',
  rank: '',
});

/** The chains and rules of one table; built-in chains stand there even when no row names them. */
const tableOf = (stack: StackView, table: string, family: 4 | 6): Table => {
  const chains = stack.chains.filter((row) => row.family === family && row.table === table);
  const rules = stack.rules.filter((row) => row.family === family && row.table === table);
  const names = emptyTables[table] ?? [];
  const missing = names.filter((name) => !chains.some((row) => row.chain === name));
  const all = [...missing.map((name) => builtin(table, name, family)), ...chains];
  const own = names.flatMap((name) => all.find((row) => row.chain === name) ?? []);
  // The nf_tables variant lists the built-in chains by hook and the others by name.
  const others = all
    .filter((row) => !names.includes(row.chain))
    .toSorted((a, b) => (a.chain < b.chain ? -1 : 1));
  return { chains: [...own, ...others], rules };
};

const rulesOf = (table: Table, chain: string): RuleRow[] =>
  table.rules.filter((row) => row.chain === chain);

const specifications = (
  table: Table,
  chains: readonly ChainRow[],
  { isVerbose }: IptablesArguments,
): string => {
  const counts = isVerbose ? ` ${noCounts}` : '';
  const declared = chains.map((row) =>
    row.policy === null ? `-N ${row.chain}` : `-P ${row.chain} ${row.policy}${counts}`,
  );
  const rules = chains.flatMap(({ chain }) =>
    rulesOf(table, chain).map((row) => ruleSpec(row, isVerbose)),
  );
  return lines([...declared, ...rules]);
};

const listing = (table: Table, chains: readonly ChainRow[], given: IptablesArguments): string => {
  const style = { ...given, family: given.family };
  const blocks = chains.map((row) => {
    const references = table.rules.filter(
      ({ target }) =>
        (target.kind === 'jump' || target.kind === 'goto') && target.chain === row.chain,
    ).length;
    return lines([
      chainHeading(row, references, given.isVerbose),
      columnHeading(style),
      ...rulesOf(table, row.chain).map((rule, index) => listingLine(rule, index + 1, style)),
    ]);
  });
  return blocks.join('\n');
};

const show = (stack: StackView, given: IptablesArguments, name: string): ToolOutput => {
  const table = tableOf(stack, given.table, given.family);
  const chains =
    given.chain === null ? table.chains : table.chains.filter((row) => row.chain === given.chain);
  if (chains.length === 0) {
    const place = `chain \`${given.chain ?? ''}' in table \`${given.table}'`;
    return failed(1, `${versionOf(name)}: ${place} is incompatible, use 'nft' tool.\n`);
  }
  const all = { ...table, chains };
  if (given.ruleNumber !== null) {
    const rule = rulesOf(table, given.chain ?? '')[given.ruleNumber - 1];
    if (rule === undefined) return printed('');
    const style = { ...given, family: given.family };
    const text =
      given.action === 'specify'
        ? ruleSpec(rule, given.isVerbose)
        : listingLine(rule, given.ruleNumber, style);
    return printed(`${text}\n`);
  }
  if (given.action === 'specify') return printed(specifications(all, chains, given));
  return printed(listing(all, chains, given));
};

const versionOf = (name: string): string => `${name} v1.8.9 (nf_tables)`;

const familyOf = (name: string): 4 | 6 => (name.startsWith('ip6') ? 6 : 4);

/**
 * `iptables` and `ip6tables`: `-S` and `-L` of every table, and edits of filter and nat.
 * @source recorded with iptables 1.8.9 (nf_tables)
 */
export const iptables: Tool = (world, argv) => {
  const name = argv[0] ?? 'iptables';
  if (isEdit(argv)) {
    return world.edits === null || !isHostStack(world.edits)
      ? failed(4, `netfold: \`${name}\` edits a host's own chains only\n`)
      : editRules(name, argv, world.edits);
  }
  const given = parseIptables(argv, familyOf(name));
  const version = versionOf(name);
  if (given.action === 'version') return printed(`${version}\n`);
  const isRule = ['-g', '-j', '-p', '-s', '-d', '-i', '-o', '-m'].includes(
    given.unknownOption ?? '',
  );
  if (given.action === 'none' || isRule) {
    return failed(
      2,
      `${version}: no command specified\n` +
        `Try \`${name} -h' or '${name} --help' for more information.\n`,
    );
  }
  if (given.ruleNumber !== null && !(given.ruleNumber > 0)) {
    return failed(
      2,
      `${version}: Invalid rule number \`${given.ruleText}'\n` +
        `Try \`${name} -h' or '${name} --help' for more information.\n`,
    );
  }
  if (given.action === 'unknown') {
    return failed(
      2,
      `${version}: unknown option "${given.unknownOption ?? ''}"\n` +
        `Try \`${name} -h' or '${name} --help' for more information.\n`,
    );
  }
  if (emptyTables[given.table] === undefined) {
    return failed(
      3,
      `${version}: table '${given.table}' does not exist\n` +
        'Perhaps iptables or your kernel needs to be upgraded.\n',
    );
  }
  return show(world.stack, given, name);
};

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sat Nov 21 05:15:23 2026`, in UTC as the lab's machines run. */
const timeText = (now: number): string => {
  const at = new Date(now);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':');
  const day = String(at.getUTCDate()).padStart(2);
  const weekday = weekdays[at.getUTCDay()] ?? '';
  return `${weekday} ${months[at.getUTCMonth()] ?? ''} ${day} ${clock} ${at.getUTCFullYear()}`;
};

/** @param counts  what stands before each rule: `[0:0] ` with `-c` */
const dump = (world: ToolWorld, table: string, name: string, counts: string): string => {
  const content = tableOf(world.stack, table, familyOf(name));
  const chains = content.chains.map((row) => `:${row.chain} ${row.policy ?? '-'} [0:0]`);
  const rules = content.chains.flatMap((row) =>
    rulesOf(content, row.chain).map((rule) => `${counts}${ruleSpec(rule)}`),
  );
  return lines([
    `# Generated by ${name} v1.8.9 (nf_tables) on ${timeText(world.now)}`,
    `*${table}`,
    ...chains,
    ...rules,
    'COMMIT',
    `# Completed on ${timeText(world.now)}`,
  ]);
};

/** The kernel makes a table when something is put into it. */
const isTouched = ({ chains, rules }: StackView, table: string, family: 4 | 6): boolean =>
  chains.some((row) => row.table === table && row.family === family && row.policy !== 'ACCEPT') ||
  rules.some((row) => row.table === table && row.family === family);

/** `iptables-save` and `ip6tables-save`: every table that holds something, or the one of `-t`. */
export const iptablesSave: Tool = (world, argv) => {
  const name = argv[0] ?? 'iptables-save';
  const at = argv.findIndex((word) => word === '-t' || word === '--table');
  const wanted = at < 0 ? null : (argv[at + 1] ?? '');
  if (wanted !== null && emptyTables[wanted] === undefined) {
    return failed(1, `${name} v1.8.9 (nf_tables): Table \`${wanted}' does not exist\n`);
  }
  const family = familyOf(name);
  const present = ['filter', 'nat'].filter((table) => isTouched(world.stack, table, family));
  const tables = wanted === null ? present : [wanted];
  const counts = argv.some((word) => word === '-c' || word === '--counters') ? '[0:0] ' : '';
  return printed(tables.map((table) => dump(world, table, name, counts)).join(''));
};
