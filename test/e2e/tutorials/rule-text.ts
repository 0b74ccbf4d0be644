import type { Negatable, ShownRule } from './shown-state.ts';

/** A rule as `iptables-save` writes it, after the name of its chain. */
export function ruleText({ match, target }: ShownRule): string {
  const protocol = match.protocol;
  const ports = match.destinationPort !== null || match.sourcePort !== null;
  return [
    ...matched('-s', withLength(match.source)),
    ...matched('-d', withLength(match.destination)),
    ...matched('-i', match.inInterface),
    ...matched('-o', match.outInterface),
    ...(protocol === null ? [] : ['-p', protocol]),
    ...(ports && protocol !== null ? ['-m', protocol] : []),
    ...(match.sourcePort === null ? [] : ['--sport', String(match.sourcePort)]),
    ...(match.destinationPort === null ? [] : ['--dport', String(match.destinationPort)]),
    ...(match.connectionStates === null
      ? []
      : ['-m', 'conntrack', '--ctstate', match.connectionStates.join(',')]),
    ...(match.destinationType === null
      ? []
      : ['-m', 'addrtype', '--dst-type', match.destinationType]),
    '-j',
    ...targetWords(target),
  ].join(' ');
}

function matched(option: string, wanted: Negatable | null): readonly string[] {
  if (wanted === null) return [];
  return wanted.negated ? ['!', option, wanted.value] : [option, wanted.value];
}

/** A single address is saved with its length. */
function withLength(wanted: Negatable | null): Negatable | null {
  return wanted === null || wanted.value.includes('/')
    ? wanted
    : { ...wanted, value: `${wanted.value}/32` };
}

function targetWords({ kind, chain, to, rejectWith }: ShownRule['target']): readonly string[] {
  switch (kind) {
    case 'JUMP':
      return [chain ?? ''];
    case 'DNAT':
      return [kind, '--to-destination', to ?? ''];
    case 'SNAT':
      return [kind, '--to-source', to ?? ''];
    case 'REJECT':
      return [kind, '--reject-with', rejectWith ?? ''];
    default:
      return [kind];
  }
}
