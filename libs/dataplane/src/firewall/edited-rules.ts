import { firewallChainKey, firewallRuleKey } from '@netfold/domain';
import type { Firewall } from '@netfold/domain';
import { chainRank } from '../rank.ts';
import { hostNamespace, inNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';

/** The chains and rules that were made by hand on a host, and policies where no row has one. */
export function firewallContribution(place: HostPlace): TableRow[] {
  const { firewall } = place.host;
  if (firewall === undefined) return [];
  const where = inNamespace(place, hostNamespace);
  const policies = Object.entries(firewall.policies).flatMap(([key, policy]) => {
    const [family, table, chain = ''] = key.split(' ');
    if (family !== '6') return [];
    const named = { family: 6 as const, table: table as 'filter' | 'nat', chain };
    return [{ ...where, ...named, policy, rank: chainRank(chain) }];
  });
  return [
    ...policies.map((row): TableRow => ({ table: 'chain', row })),
    ...firewall.chains.map(({ family, table, chain }): TableRow => {
      const row = { ...where, family, table, chain, policy: null, rank: chainRank(chain) };
      return { table: 'chain', row };
    }),
    ...firewall.rules.map(({ family, table, chain, rank, match, target }): TableRow => {
      const owner = { networkId: null, endpointId: null };
      const row = { ...where, family, table, chain, rank, match, target, ...owner };
      return { table: 'rule', row };
    }),
  ];
}

/** What the engine made on a host, less what was taken away and with the policies set by hand. */
export function withEdits(firewall: Firewall | undefined, rows: TableRow[]): TableRow[] {
  if (firewall === undefined) return rows;
  return rows.flatMap((one) => {
    if (one.table === 'rule' && one.row.namespace === hostNamespace) {
      return firewallRuleKey(one.row) in firewall.removedRules ? [] : [one];
    }
    if (one.table !== 'chain' || one.row.namespace !== hostNamespace) return [one];
    const key = firewallChainKey(one.row);
    if (key in firewall.removedChains) return [];
    const policy = firewall.policies[key];
    return policy === undefined ? [one] : [{ table: 'chain', row: { ...one.row, policy } }];
  });
}
