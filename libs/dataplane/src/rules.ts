import { chainRank } from './rank.ts';
import type { ChainRow, Negatable, RuleMatch, RuleRow, RuleTable, RuleTarget } from './rows.ts';
import { inNamespace } from './table-row.ts';
import type { HostPlace, TableRow } from './table-row.ts';

/** Whose rule it is: an entity's rules come and go with it. */
export type RuleOwner = {
  readonly networkId: string | null;
  readonly endpointId: string | null;
};

export const nobody: RuleOwner = { networkId: null, endpointId: null };

export type RuleColumns = {
  readonly table: RuleTable;
  readonly chain: string;
  readonly rank: string;
  readonly match: RuleMatch;
  readonly target: RuleTarget;
  readonly owner: RuleOwner;
};

/** IPv4 rules only: engine 20.10 leaves ip6tables alone unless told otherwise. */
export function ruleRow(place: HostPlace, namespace: string, columns: RuleColumns): TableRow {
  const { table, chain, rank, match, target, owner } = columns;
  const where = inNamespace(place, namespace);
  const row: RuleRow = { ...where, family: 4, table, chain, rank, match, target, ...owner };
  return { table: 'rule', row };
}

export function chainRow(
  place: HostPlace,
  namespace: string,
  chain: { readonly table: RuleTable; readonly name: string; readonly policy: ChainRow['policy'] },
): TableRow {
  const row: ChainRow = {
    ...inNamespace(place, namespace),
    family: 4,
    table: chain.table,
    chain: chain.name,
    policy: chain.policy,
    rank: chainRank(chain.name),
  };
  return { table: 'chain', row };
}

export const is = (value: string): Negatable => ({ value, negated: false });
export const isNot = (value: string): Negatable => ({ value, negated: true });

export const jumpTo = (chain: string): RuleTarget => ({ kind: 'jump', chain });
export const accept: RuleTarget = { kind: 'ACCEPT' };
export const drop: RuleTarget = { kind: 'DROP' };
export const returns: RuleTarget = { kind: 'RETURN' };
export const masquerade: RuleTarget = { kind: 'MASQUERADE' };
