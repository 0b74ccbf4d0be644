import type { IpamPoolSpec, NetworkPool, SwarmObjectId } from '@netfold/contracts';
import type { DataOf } from '../fold.ts';
import { allocateExactly } from '../network/ipam-allocation.ts';
import type { Swarm } from '../state/swarm.ts';
import type { Work } from '../work.ts';
import { getSwarm } from './change-swarm.ts';
import { chooseSwarmPool, poolsOf } from './swarm-pools.ts';
import { vniOption } from './vni-option.ts';

const vniMax = 2 ** 24 - 1;

/** What the managers gave an overlay: its pools with gateways, and a VNI for each. */
export type OverlayAllocation = Pick<DataOf<'SwarmNetworkAllocated'>, 'pools' | 'vnis'> & {
  readonly poolCursor?: number;
};

/** What an overlay asks for. */
export type OverlayWish = {
  readonly pools: readonly IpamPoolSpec[];
  readonly options: Readonly<Record<string, string>>;
};

/**
 * Gives an overlay its pools and VNIs; `null` when a pool overlaps with another network's, has no
 * room for a gateway, or a VNI asked for is taken: the managers try again when a network goes.
 *
 * @source swarmkit manager/allocator/cnmallocator/networkallocator.go Allocate
 */
export function allocateOverlay(swarm: Swarm, wish: OverlayWish): OverlayAllocation | null {
  const chosen = wish.pools.length > 0 ? null : chooseSwarmPool(swarm);
  const specs = chosen === null ? wish.pools : [poolSpec(chosen.subnet)];
  if (specs.length === 0) return null;
  const pools = allocateWished(swarm, specs);
  const vnis = pools === null ? null : chooseVnis(swarm, wish.options, pools.length);
  if (pools === null || vnis === null) return null;
  if (chosen === null) return { pools, vnis };
  return {
    pools: pools.map((pool) => ({ ...pool, isPredefined: true })),
    vnis,
    poolCursor: chosen.cursor,
  };
}

/** A network that went may have stood in the way of others. */
export function allocateWaiting(work: Work, swarmId: SwarmObjectId): void {
  for (const network of getSwarm(work.lab, swarmId).networks.values()) {
    if (network.driver !== 'overlay' || network.vnis.length > 0) continue;
    const allocation = allocateOverlay(getSwarm(work.lab, swarmId), {
      pools: network.pools.map((pool) => ({ ...pool, gateway: givenGateway(pool) })),
      options: network.options,
    });
    if (allocation === null) continue;
    const data = { swarmId, networkId: network.id, ...allocation };
    work.emit({ type: 'SwarmNetworkAllocated', data });
  }
}

function givenGateway(pool: NetworkPool): string {
  return pool.isGatewayGiven ? pool.gateway : '';
}

function poolSpec(subnet: string): IpamPoolSpec {
  return { subnet, ipRange: '', gateway: '', auxAddresses: {} };
}

function allocateWished(
  swarm: Swarm,
  specs: readonly IpamPoolSpec[],
): readonly NetworkPool[] | null {
  const allocation = allocateExactly(
    { networkName: '', ipamDriver: 'default', isIPv6Enabled: true, pools: specs },
    {
      name: 'GlobalDefault',
      pools: poolsOf(swarm).map((pool) => ({ pool, ipRange: '' })),
      routes: [],
      cursor: swarm.poolCursor,
    },
  );
  return allocation.refusal === null ? allocation.pools : null;
}

/** One VNI per pool: those asked for, then the next ones; `null` when one asked for is taken. */
function chooseVnis(
  swarm: Swarm,
  options: Readonly<Record<string, string>>,
  count: number,
): readonly number[] | null {
  const used = new Set([...swarm.networks.values()].flatMap((network) => network.vnis));
  const text = options[vniOption] ?? '';
  const asked = text === '' ? [] : text.split(',').map(Number);
  const isFree = (vni: number): boolean =>
    Number.isInteger(vni) && vni > 0 && vni <= vniMax && !used.has(vni);
  if (!asked.slice(0, count).every(isFree)) return null;
  const vnis = asked.slice(0, count);
  for (let vni = swarm.nextVni; vnis.length < count && vni <= vniMax; vni += 1) {
    if (!used.has(vni)) vnis.push(vni);
  }
  return vnis.length === count ? vnis : null;
}
