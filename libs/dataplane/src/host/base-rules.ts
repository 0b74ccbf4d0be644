import { keptAtEnd, keptOnTop } from '../rank.ts';
import { chainRow, isNot, jumpTo, nobody, returns, ruleRow } from '../rules.ts';
import type { RuleColumns } from '../rules.ts';
import type { ChainRow, RuleTable } from '../rows.ts';
import { hostNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';

const chains: readonly (readonly [RuleTable, string, ChainRow['policy']])[] = [
  ['filter', 'INPUT', 'ACCEPT'],
  // Forwarding was off when the engine started, so it turned it on and closed this chain.
  ['filter', 'FORWARD', 'DROP'],
  ['filter', 'OUTPUT', 'ACCEPT'],
  ['filter', 'DOCKER', null],
  ['filter', 'DOCKER-ISOLATION-STAGE-1', null],
  ['filter', 'DOCKER-ISOLATION-STAGE-2', null],
  ['filter', 'DOCKER-USER', null],
  ['nat', 'PREROUTING', 'ACCEPT'],
  ['nat', 'INPUT', 'ACCEPT'],
  ['nat', 'OUTPUT', 'ACCEPT'],
  ['nat', 'POSTROUTING', 'ACCEPT'],
  ['nat', 'DOCKER', null],
];

/** What is sent to a loopback address is not translated: docker-proxy serves it. */
const loopbackNetwork = '127.0.0.0/8';

const rules: readonly Omit<RuleColumns, 'owner'>[] = [
  {
    table: 'filter',
    chain: 'FORWARD',
    rank: keptOnTop(0),
    match: {},
    target: jumpTo('DOCKER-USER'),
  },
  {
    table: 'filter',
    chain: 'FORWARD',
    rank: keptOnTop(1),
    match: {},
    target: jumpTo('DOCKER-ISOLATION-STAGE-1'),
  },
  ...['DOCKER-ISOLATION-STAGE-1', 'DOCKER-ISOLATION-STAGE-2', 'DOCKER-USER'].map((chain) => ({
    table: 'filter' as const,
    chain,
    rank: keptAtEnd,
    match: {},
    target: returns,
  })),
  {
    table: 'nat',
    chain: 'PREROUTING',
    rank: keptOnTop(0),
    match: { destinationType: 'LOCAL' },
    target: jumpTo('DOCKER'),
  },
  {
    table: 'nat',
    chain: 'OUTPUT',
    rank: keptOnTop(0),
    match: { destination: isNot(loopbackNetwork), destinationType: 'LOCAL' },
    target: jumpTo('DOCKER'),
  },
];

/**
 * The chains of a fresh engine and the rules between them, before any network.
 *
 * @source moby/moby v20.10 libnetwork drivers/bridge/setup_ip_tables.go (setupIPChains),
 *   iptables/iptables.go (ProgramChain), firewall_linux.go (arrangeUserFilterRule)
 */
export function baseRules(place: HostPlace): TableRow[] {
  return [
    ...chains.map(([table, name, policy]) =>
      chainRow(place, hostNamespace, { table, name, policy }),
    ),
    ...rules.map((rule) => ruleRow(place, hostNamespace, { ...rule, owner: nobody })),
  ];
}
