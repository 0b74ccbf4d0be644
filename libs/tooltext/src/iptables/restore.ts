import type { FirewallEdit } from '@netfold/contracts';
import { failed, printed } from '../tool.ts';
import type { LineEdits, Tool, ToolOutput } from '../tool.ts';
import { isHostStack } from '../world/host-edits.ts';
import { editRules } from './edit.ts';

const editedTables = ['filter', 'nat'];
const linesMax = 4_096;

/** The words of a line, with what stands in double quotes as one. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, quoted, plain]) => plain ?? (quoted ?? '').replaceAll(/\\(.)/g, '$1'),
  );

type Place = { readonly name: string; readonly family: 4 | 6; readonly edits: LineEdits };

/** Takes away what a table holds, but its chains that a restored one begins anew. */
const emptied = ({ edits, family }: Place, table: string): void => {
  const rules = edits.stack.rules.filter((row) => row.family === family && row.table === table);
  const chains = edits.stack.chains.filter(
    (row) => row.family === family && row.table === table && row.policy === null,
  );
  edits.editFirewall([
    ...rules.map((row): FirewallEdit => {
      const { chain, rank, networkId, endpointId } = row;
      const place = { family, table: row.table, chain, rank, networkId, endpointId };
      return { kind: 'removeRule', place };
    }),
    ...chains.map(({ chain, table: of }): FirewallEdit => {
      return { kind: 'removeChain', chain: { family, table: of, chain } };
    }),
  ]);
};

/** `:CHAIN POLICY [0:0]`: a chain is made or emptied, a policy set. */
const declared = (place: Place, table: string, line: string): ToolOutput => {
  const [chain = '', policy = '-'] = line.slice(1).split(/\s+/);
  const run = (...words: string[]): ToolOutput =>
    editRules(place.name.replace('-restore', ''), ['iptables', '-t', table, ...words], place.edits);
  if (policy !== '-') return run('-P', chain, policy);
  const isKnown = place.edits.stack.chains.some(
    (row) => row.family === place.family && row.table === table && row.chain === chain,
  );
  return isKnown ? run('-F', chain) : run('-N', chain);
};

const version = (name: string): string => `${name} v1.8.9 (nf_tables)`;

/** What a tool for one rule said, as the restoring one says it. */
const failedAt = ({ name }: Place, output: ToolOutput, number: number): ToolOutput => {
  const plain = name.replace('-restore', '');
  const said = output.stderr.split('\n').find((line) => line !== '') ?? '';
  const problem = said.replace(`${version(plain)}: `, '').replace(`${plain}: `, '');
  const help = `Try \`${name} -h' or '${name} --help' for more information.\n`;
  if (output.exitCode === 2) {
    return failed(2, `${version(name)}: ${problem}\nError occurred at line: ${number}\n${help}`);
  }
  return failed(output.exitCode, `${name}: line ${number} failed: ${problem}\n`);
};

const restore = (place: Place, text: string, isFlushing: boolean): ToolOutput => {
  const all = text.split('\n').slice(0, linesMax);
  let table: string | null = null;
  for (const [index, raw] of all.entries()) {
    const line = raw.trim();
    const number = index + 1;
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('*')) {
      table = line.slice(1).trim();
      if (!editedTables.includes(table)) {
        return failed(4, `netfold: \`${place.name}\` restores the tables filter and nat only\n`);
      }
      if (isFlushing) emptied(place, table);
    } else if (table === null) return failed(1, `${place.name}: line ${number} failed\n`);
    else if (line === 'COMMIT') table = null;
    else {
      const words = wordsOf(line.replace(/^\[\d+:\d+\]\s*/, ''));
      const output = line.startsWith(':')
        ? declared(place, table, line)
        : editRules(place.name.replace('-restore', ''), ['', '-t', table, ...words], place.edits);
      // The targets of jumps are looked up when all is read.
      const isLate = output.stderr.includes('does not exist');
      if (output.exitCode !== 0) return failedAt(place, output, number + (isLate ? 1 : 0));
    }
  }
  return printed('');
};

/**
 * `iptables-restore [-n]`: all lines of standard input, or none.
 * @source recorded host-firewall-matches
 */
export const iptablesRestore: Tool = (world, argv, stdin) => {
  const [name = 'iptables-restore', ...words] = argv;
  const { edits } = world;
  if (edits === null || !isHostStack(edits)) {
    return failed(4, `netfold: \`${name}\` edits a host's own chains only\n`);
  }
  const isFlushing = !words.some((word) => word === '-n' || word === '--noflush');
  const takeBack = edits.mark();
  const place = { name, family: name.startsWith('ip6') ? 6 : 4, edits } as const;
  const output = restore(place, stdin.text, isFlushing);
  if (output.exitCode !== 0) takeBack();
  return output;
};
