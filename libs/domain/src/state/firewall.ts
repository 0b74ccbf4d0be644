import type { FirewallChain, FirewallRule } from '@netfold/contracts';

/**
 * What was done to a host's chains by hand, beside what the engine made of them. Chains by
 * `family table chain`, the engine's removed rules by that and their rank.
 */
export type Firewall = {
  /** In the order in which they were made. */
  readonly rules: readonly FirewallRule[];
  readonly removedRules: Readonly<Record<string, true>>;
  readonly chains: readonly FirewallChain[];
  readonly removedChains: Readonly<Record<string, true>>;
  readonly policies: Readonly<Record<string, 'ACCEPT' | 'DROP'>>;
};
