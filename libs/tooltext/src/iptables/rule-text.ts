import type { Negatable, RuleMatch, RuleRow } from '@netfold/dataplane';
import { conntrackOptions, extensionSpec, targetSpec } from './extension-text.ts';

const negated = (one: Negatable): string => (one.negated ? '! ' : '');

/** `172.17.0.2` is stored and printed with its prefix length. */
const withPrefix = (address: string): string => {
  if (address.includes('/')) return address;
  return `${address}/${address.includes(':') ? 128 : 32}`;
};

const portWords = (match: RuleMatch): string[] => {
  if (match.protocol === undefined) return [];
  const words = [`-p ${match.protocol}`];
  if (match.destinationPort === undefined && match.sourcePort === undefined) return words;
  words.push(`-m ${match.protocol}`);
  if (match.sourcePort !== undefined) words.push(`--sport ${match.sourcePort}`);
  if (match.destinationPort !== undefined) words.push(`--dport ${match.destinationPort}`);
  return words;
};

/** One `-m conntrack` with all that it says. */
const conntrackSpec = ({ connectionStates, extensions = [] }: RuleMatch): string[] => {
  const others = extensions.flatMap((one) =>
    one.kind === 'conntrack' ? [conntrackOptions(one)] : [],
  );
  const states = connectionStates === undefined ? [] : [`--ctstate ${connectionStates.join(',')}`];
  const options = [...states, ...others];
  return options.length === 0 ? [] : [`-m conntrack ${options.join(' ')}`];
};

/** Nothing counts packets here. */
export const noCounts = '-c 0 0';

/**
 * A rule as `iptables -S` and `iptables-save` print it; with `-v` its counters precede the target.
 * @source iptables nft-ipv4.c and the extensions' `save` functions; recorded with 1.8.9 (nf_tables)
 */
export const ruleSpec = (row: RuleRow, isVerbose = false): string => {
  const { match } = row;
  const words = [`-A ${row.chain}`];
  const { source, destination, inInterface, outInterface } = match;
  if (source) words.push(`${negated(source)}-s ${withPrefix(source.value)}`);
  if (destination) words.push(`${negated(destination)}-d ${withPrefix(destination.value)}`);
  if (inInterface) words.push(`${negated(inInterface)}-i ${inInterface.value}`);
  if (outInterface) words.push(`${negated(outInterface)}-o ${outInterface.value}`);
  words.push(...portWords(match));
  if (match.physicalDeviceIsBridged) words.push('-m physdev --physdev-is-bridged');
  words.push(...conntrackSpec(match));
  if (match.destinationType !== undefined) {
    words.push(`-m addrtype --dst-type ${match.destinationType}`);
  }
  const { extensions = [], protocol = '' } = match;
  const others = extensions.filter(({ kind }) => kind !== 'conntrack');
  words.push(...others.map((one) => extensionSpec(one, protocol)));
  if (isVerbose) words.push(noCounts);
  words.push(targetSpec(row.target));
  return words.join(' ');
};
