import type { FirewallRule } from '@netfold/contracts';
import type { DataOf } from '../fold.ts';
import type { LabHost } from '../state/lab-host.ts';
import { ruleKey } from './firewall-key.ts';

/** The jumps that stand above all else in FORWARD, by their ranks. */
const jumps = ['a0', 'a1'];
const forward = { family: 4, table: 'filter', chain: 'FORWARD' } as const;

/** Ordinals count down where rules go to the top: see the ranks of `libs/dataplane`. */
const ordinalMax = 9_999_999_999;

/**
 * The host after a new network: its rules come to the top of FORWARD, and above them anew the two
 * jumps, also where somebody took them away. What he had put above them is below the newcomer.
 *
 * @source moby/moby v20.10 libnetwork firewall_linux.go arrangeUserFilterRule; recorded
 *   docker-user-jump-and-rm-link
 */
export function withJumpsOnTop(host: LabHost, data: DataOf<'NetworkCreated'>): LabHost {
  const { firewall } = host;
  if (firewall === undefined || data.bridge === null) return host;
  const digits = String(ordinalMax - host.nextOrdinal).padStart(10, '0');
  const rules = firewall.rules.map((rule) =>
    isAbove(rule) ? { ...rule, rank: `c${digits}.z${rule.rank}` } : rule,
  );
  const taken = jumps.map((rank) => ruleKey({ ...forward, rank }));
  const removedRules = Object.fromEntries(
    Object.entries(firewall.removedRules).filter(([key]) => !taken.includes(key)),
  );
  return { ...host, firewall: { ...firewall, rules, removedRules } };
}

const isAbove = ({ family, table, chain, rank }: FirewallRule): boolean =>
  family === forward.family &&
  table === forward.table &&
  chain === forward.chain &&
  rank < (jumps.at(-1) ?? '');
