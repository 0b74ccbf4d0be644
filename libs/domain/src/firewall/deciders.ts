import type {
  FirewallCommand,
  FirewallEdit,
  HostName,
  LabEvent,
  Outcome,
} from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import { limits } from '../limits.ts';
import { limitReached, ruleThere } from '../refusal/lab.ts';
import { answered, refusedWith } from '../work.ts';
import type { Deciders, Work } from '../work.ts';
import { ruleKey } from './firewall-key.ts';

export const firewallDeciders: Deciders<FirewallCommand['type']> = {
  EditFirewall: (work, { host, edits }) => editFirewall(work, host, edits),
};

/**
 * Makes facts of what `iptables` did. The tool refuses by what it sees of the chains; its places
 * hold for the version that it saw, which the command should name.
 */
function editFirewall(work: Work, host: HostName, edits: readonly FirewallEdit[]): Outcome {
  const { firewallRulesPerHostMax: max } = limits;
  const { rules = [], removedRules = {}, chains = [] } = getHost(work.lab, host).firewall ?? {};
  const inUse = rules.length + chains.length + Object.keys(removedRules).length;
  if (inUse + edits.length > max) {
    return refusedWith(limitReached('firewall rules edited on a host', max, inUse));
  }
  if (takesTakenPlace(new Set(rules.map(ruleKey)), edits)) return refusedWith(ruleThere());
  for (const edit of edits) work.emit(factOf(host, edit));
  return answered();
}

/** Whether a rule would come to where another one made by hand stands by then. */
function takesTakenPlace(taken: Set<string>, edits: readonly FirewallEdit[]): boolean {
  for (const edit of edits) {
    if (edit.kind === 'removeRule') taken.delete(ruleKey(edit.place));
    if (edit.kind !== 'addRule') continue;
    const key = ruleKey(edit.rule);
    if (taken.has(key)) return true;
    taken.add(key);
  }
  return false;
}

function factOf(host: HostName, edit: FirewallEdit): LabEvent {
  switch (edit.kind) {
    case 'addRule':
      return { type: 'FirewallRuleAdded', data: { host, ...edit.rule } };
    case 'removeRule':
      return { type: 'FirewallRuleRemoved', data: { host, ...edit.place } };
    case 'createChain':
      return { type: 'FirewallChainCreated', data: { host, ...edit.chain } };
    case 'removeChain':
      return { type: 'FirewallChainRemoved', data: { host, ...edit.chain } };
    case 'setPolicy':
      return { type: 'FirewallPolicySet', data: { host, ...edit.chain, policy: edit.policy } };
    default:
      return edit satisfies never;
  }
}
