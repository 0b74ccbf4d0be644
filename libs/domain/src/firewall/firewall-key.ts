import type { FirewallChain } from '@netfold/contracts';
import type { Firewall } from '../state/firewall.ts';

export const chainKey = ({ family, table, chain }: FirewallChain): string =>
  `${family} ${table} ${chain}`;

export const ruleKey = (place: FirewallChain & { readonly rank: string }): string =>
  `${chainKey(place)} ${place.rank}`;

/** A host whose chains nobody edited. */
export const untouched: Firewall = {
  rules: [],
  removedRules: {},
  chains: [],
  removedChains: {},
  policies: {},
};
