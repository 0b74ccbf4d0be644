import type { Network } from '@netfold/domain';
import { networkOf } from '../addresses.ts';
import { appended, insertedOnTop } from '../rank.ts';
import { accept, drop, is, isNot, jumpTo, masquerade, returns, ruleRow } from '../rules.ts';
import type { RuleColumns } from '../rules.ts';
import type { RuleMatch, RuleTarget } from '../rows.ts';
import { hostNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import { bridgeOptions } from './bridge-options.ts';

/** `-I CHAIN` or `-A CHAIN`, with the place among the network's own rules of that chain. */
type BridgeRule = {
  readonly chain: 'FORWARD' | 'DOCKER-ISOLATION-STAGE-1' | 'DOCKER-ISOLATION-STAGE-2';
  readonly place: number;
  readonly match: RuleMatch;
  readonly target: RuleTarget;
};

const established = ['RELATED', 'ESTABLISHED'];

/**
 * The rules of one bridge network.
 *
 * @source moby/moby v20.10 libnetwork drivers/bridge/setup_ip_tables.go (setupIPTablesInternal,
 *   setupInternalNetworkRules, setIcc, setINC) and iptables/iptables.go (ProgramChain); recorded in
 *   the transcripts isolation-between-bridges, internal-network, icc-disabled
 */
export function bridgeRules(place: HostPlace, network: Network): TableRow[] {
  const { bridge } = network;
  const subnet = network.pools.find(({ family }) => family === 4)?.subnet;
  if (bridge === null || subnet === undefined) return [];
  const { icc } = bridgeOptions(network);
  const filter = network.isInternal
    ? internalRules(bridge.name, networkOf(subnet))
    : forwardingRules(bridge.name);
  const nat = network.isInternal ? [] : natRules(network, bridge.name, networkOf(subnet));
  const owner = { networkId: network.id, endpointId: null };
  return [
    ...filter.map(({ chain, place: at, match, target }): RuleColumns => {
      const rank = insertedOnTop(network.ordinal, at);
      return { table: 'filter', chain, rank, match, target, owner };
    }),
    { ...iccRule(network, bridge.name, icc), owner },
    ...nat.map((rule): RuleColumns => ({ ...rule, owner })),
  ].map((rule) => ruleRow(place, hostNamespace, rule));
}

function forwardingRules(bridge: string): BridgeRule[] {
  return [
    {
      chain: 'FORWARD',
      place: 0,
      match: { outInterface: is(bridge), connectionStates: established },
      target: accept,
    },
    { chain: 'FORWARD', place: 1, match: { outInterface: is(bridge) }, target: jumpTo('DOCKER') },
    {
      chain: 'FORWARD',
      place: 2,
      match: { inInterface: is(bridge), outInterface: isNot(bridge) },
      target: accept,
    },
    {
      chain: 'DOCKER-ISOLATION-STAGE-1',
      place: 0,
      match: { inInterface: is(bridge), outInterface: isNot(bridge) },
      target: jumpTo('DOCKER-ISOLATION-STAGE-2'),
    },
    {
      chain: 'DOCKER-ISOLATION-STAGE-2',
      place: 0,
      match: { outInterface: is(bridge) },
      target: drop,
    },
  ];
}

/** Nothing may enter an internal network or leave it; no masquerade, no published ports. */
function internalRules(bridge: string, subnet: string): BridgeRule[] {
  return [
    {
      chain: 'DOCKER-ISOLATION-STAGE-1',
      place: 0,
      match: { source: isNot(subnet), outInterface: is(bridge) },
      target: drop,
    },
    {
      chain: 'DOCKER-ISOLATION-STAGE-1',
      place: 1,
      match: { destination: isNot(subnet), inInterface: is(bridge) },
      target: drop,
    },
  ];
}

/** Between members: accepted near the top, or dropped at the very end of FORWARD. */
function iccRule(network: Network, bridge: string, icc: boolean): Omit<RuleColumns, 'owner'> {
  return {
    table: 'filter',
    chain: 'FORWARD',
    rank: icc ? insertedOnTop(network.ordinal, 3) : appended(network.ordinal, '0'),
    match: { inInterface: is(bridge), outInterface: is(bridge) },
    target: icc ? accept : drop,
  };
}

function natRules(network: Network, bridge: string, subnet: string): Omit<RuleColumns, 'owner'>[] {
  const { masquerade: isMasqueraded, hostAddress } = bridgeOptions(network);
  if (!isMasqueraded) return [];
  const rank = insertedOnTop(network.ordinal, 0);
  return [
    {
      table: 'nat',
      chain: 'POSTROUTING',
      rank,
      match: { source: is(subnet), outInterface: isNot(bridge) },
      target: hostAddress === '' ? masquerade : { kind: 'SNAT', to: hostAddress },
    },
    { table: 'nat', chain: 'DOCKER', rank, match: { inInterface: is(bridge) }, target: returns },
  ];
}
