import type { FirewallEvent, HostName } from '@netfold/contracts';
import type { Folds } from '../fold.ts';
import { changeHost } from '../host/change-host.ts';
import type { Firewall } from '../state/firewall.ts';
import type { ActiveLab } from '../state/lab.ts';
import { chainKey, ruleKey, untouched } from './firewall-key.ts';

export const firewallFolds: Folds<FirewallEvent['type']> = {
  FirewallRuleAdded: (lab, { host, ...rule }) => {
    const after = edited(lab, host, (firewall) => ({
      ...firewall,
      rules: [...firewall.rules, rule],
    }));
    return changeHost(after, host, (one) => ({ ...one, nextOrdinal: one.nextOrdinal + 1 }));
  },

  FirewallRuleRemoved: (lab, { host, ...place }) =>
    edited(lab, host, (firewall) => {
      const key = ruleKey(place);
      const rules = firewall.rules.filter((rule) => ruleKey(rule) !== key);
      if (rules.length < firewall.rules.length) return { ...firewall, rules };
      return { ...firewall, removedRules: { ...firewall.removedRules, [key]: true } };
    }),

  FirewallChainCreated: (lab, { host, ...chain }) =>
    edited(lab, host, (firewall) => ({ ...firewall, chains: [...firewall.chains, chain] })),

  FirewallChainRemoved: (lab, { host, ...chain }) =>
    edited(lab, host, (firewall) => {
      const key = chainKey(chain);
      const chains = firewall.chains.filter((one) => chainKey(one) !== key);
      if (chains.length < firewall.chains.length) return { ...firewall, chains };
      return { ...firewall, removedChains: { ...firewall.removedChains, [key]: true } };
    }),

  FirewallPolicySet: (lab, { host, policy, ...chain }) =>
    edited(lab, host, (firewall) => ({
      ...firewall,
      policies: { ...firewall.policies, [chainKey(chain)]: policy },
    })),
};

function edited(lab: ActiveLab, host: HostName, edit: (firewall: Firewall) => Firewall): ActiveLab {
  return changeHost(lab, host, (one) => ({ ...one, firewall: edit(one.firewall ?? untouched) }));
}
