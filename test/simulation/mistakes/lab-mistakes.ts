import type { FirewallEdit, HostSpec } from '@netfold/contracts';
import { createLab } from '../lab.ts';
import { hostSpec, nicSpec } from '@netfold/testkit/factories';
import { createNetwork } from '../orders.ts';
import type { Mistake } from './mistake.ts';
import { onManager } from './mistake.ts';

const adding = (changes: Partial<HostSpec>): Mistake => {
  return () => ({ type: 'AddHost', host: { ...hostSpec('odd', 80), ...changes } });
};

const acceptingRule: FirewallEdit = {
  kind: 'addRule',
  rule: {
    family: 4,
    table: 'filter',
    chain: 'INPUT',
    rank: 'Z',
    match: {},
    target: { kind: 'ACCEPT' },
  },
};

export const labMistakes: readonly Mistake[] = [
  () => createLab,
  adding({ name: 'Not A Name' }),
  (at) => ({ type: 'AddHost', host: hostSpec(at.name, 80) }),
  () => ({ type: 'AddHost', host: { ...hostSpec('odd', 80), nics: [nicSpec('eth0', 1)] } }),
  adding({ nics: [{ ...nicSpec('eth0', 80), lan: 'nosuch' }] }),
  adding({ nics: [{ ...nicSpec('eth0', 80), mac: 'nonsense' }] }),
  () => createNetwork('nosuch', 'oops'),
  onManager((host) => [{ type: 'RemoveHost', host }]),
  ({ name: host }) => ({ type: 'EditFirewall', host, edits: [acceptingRule, acceptingRule] }),
];
