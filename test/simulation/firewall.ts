import type { FirewallChain, FirewallEdit } from '@netfold/contracts';
import { hostNamespace, namespaceView } from '@netfold/dataplane';
import type { RuleRow } from '@netfold/dataplane';
import { pick } from './situation.ts';
import type { Situation } from './situation.ts';

/** What somebody does to the chains of a host, such that published ports stay open. */
export function firewallEdit(at: Situation): FirewallEdit {
  const view = namespaceView(at.lab, 'lab', at.host, hostNamespace);
  const family = at.c % 8 === 0 ? 6 : 4;
  const input: FirewallChain = { family, table: 'filter', chain: 'INPUT' };
  const chain: FirewallChain = { family, table: 'filter', chain: `OWN-${at.c % 2}` };
  const isMade = view.chains.some((row) => row.family === family && row.chain === chain.chain);
  const gone = pick(view.rules.filter(isDispensable), at.b);
  const policy = at.b % 2 === 0 ? 'DROP' : 'ACCEPT';
  const kinds: readonly FirewallEdit[] = [
    { kind: 'addRule', rule: ruleOf(at, input) },
    { kind: isMade ? 'removeChain' : 'createChain', chain },
    { kind: 'setPolicy', chain: input, policy },
    ...(gone === undefined ? [] : [{ kind: 'removeRule', place: placeOf(gone) } as const]),
  ];
  return pick(kinds, at.a) ?? { kind: 'setPolicy', chain: input, policy };
}

/** Made by hand, the end of DOCKER-USER, or the masquerading of a network. */
const isDispensable = ({ rank, chain, target, networkId, endpointId }: RuleRow): boolean =>
  rank.startsWith(byHand) ||
  chain === 'DOCKER-USER' ||
  (target.kind === 'MASQUERADE' && networkId !== null && endpointId === null);

const byHand = 'Z';

const ruleOf = ({ host, b }: Situation, chain: FirewallChain) => ({
  ...chain,
  rank: `${byHand}${host.nextOrdinal}`,
  match: b < 128 ? { protocol: 'tcp', destinationPort: b + 1 } : {},
  target: { kind: 'ACCEPT' } as const,
});

const placeOf = ({ family, table, chain, rank, networkId, endpointId }: RuleRow) => ({
  family,
  table,
  chain,
  rank,
  networkId,
  endpointId,
});
