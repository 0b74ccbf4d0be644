import { containsAddress, mustParseCidr, parseCidr, parseIp } from '@netfold/addressing';
import type { IpamPoolSpec, NetworkPool, Outcome, Refusal } from '@netfold/contracts';
import type { DataOf } from '../fold.ts';
import type { NetworkRequest } from '../network/create-network.ts';
import { allocatePools, configuredPool } from '../network/ipam-allocation.ts';
import * as refusals from '../refusal/swarm.ts';
import type { Swarm } from '../state/swarm.ts';
import { answered, refusedWith } from '../work.ts';
import type { Work } from '../work.ts';
import { showIngressOnNodes } from './ingress-appearance.ts';
import { chooseSwarmPool, poolsOf } from './swarm-pools.ts';
import { vniOption } from './vni-option.ts';

const vniMax = 2 ** 24 - 1;

/** What the managers could allocate; without VNIs nobody can be attached. */
type Allocation = Pick<DataOf<'SwarmNetworkCreated'>, 'pools' | 'vnis'> & {
  readonly poolCursor?: number;
};

/**
 * A network that the managers keep. They accept it at once and allocate afterwards: a subnet that
 * overlaps with another leaves it without VNI, and no container can be attached.
 *
 * @source swarmkit manager/controlapi/network.go CreateNetwork, manager/allocator
 */
export function createSwarmNetwork(work: Work, swarm: Swarm, request: NetworkRequest): Outcome {
  const refusal = refusalOfSpec(swarm, request);
  if (refusal !== null) return refusedWith(refusal);
  const networkId = work.draw.swarmId();
  const allocation = allocate(swarm, request);
  const isOverlay = request.driver === 'overlay';
  work.emit({
    type: 'SwarmNetworkCreated',
    data: {
      swarmId: swarm.id,
      networkId,
      name: request.spec.name,
      isInternal: request.spec.internal,
      isAttachable: request.spec.attachable,
      isIngress: request.spec.ingress,
      isIPv6Enabled: request.isIPv6Enabled,
      isEncrypted: isOverlay && request.options['encrypted'] !== undefined,
      ipamDriver: request.ipamDriver,
      ipamOptions: hasKeys(request.ipamOptions) ? request.ipamOptions : null,
      options: request.options,
      labels: request.labels,
      createdAt: work.now,
      ...(isOverlay ? {} : { driver: request.driver }),
      ...allocation,
    },
  });
  if (request.spec.ingress) showIngressOnNodes(work, swarm.id, networkId);
  return answered({ ids: { network: networkId }, warnings: request.warnings });
}

function hasKeys(record: Readonly<Record<string, string>> | null): boolean {
  return Object.keys(record ?? {}).length > 0;
}

/** @source swarmkit manager/controlapi/network.go validateNetworkSpec and CreateNetwork */
function refusalOfSpec(swarm: Swarm, request: NetworkRequest): Refusal | null {
  const { spec } = request;
  if (spec.attachable && spec.ingress) {
    return refusals.invalidSwarmNetwork('ingress network cannot be attachable');
  }
  if (!/^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$/.test(spec.name)) {
    return refusals.invalidSwarmNetwork('name must be valid as a DNS name component');
  }
  if (spec.name.length > 63) {
    return refusals.invalidSwarmNetwork('name must be 63 characters or fewer');
  }
  if (request.ipamDriver.toLowerCase() !== 'default') {
    const reason = `error during lookup of plugin ${request.ipamDriver}`;
    return refusals.invalidSwarmNetwork(reason);
  }
  for (const pool of request.pools) {
    const reason = reasonAgainstPool(pool);
    if (reason !== null) return refusals.invalidSwarmNetwork(`ipam configuration: ${reason}`);
  }
  const ingress = [...swarm.networks.values()].find((network) => network.isIngress);
  return spec.ingress && ingress !== undefined ? refusals.ingressExists(ingress.id) : null;
}

function reasonAgainstPool(pool: IpamPoolSpec): string | null {
  const subnet = mustParseCidr(pool.subnet);
  if (pool.ipRange !== '') {
    const range = parseCidr(pool.ipRange);
    if (range === null) return `invalid range ${pool.ipRange}`;
    const first = parseIp(pool.ipRange.split('/')[0] ?? '');
    if (first === null || !containsAddress(subnet, first)) {
      return `subnet ${pool.subnet} does not contain range ${pool.ipRange}`;
    }
  }
  if (pool.gateway === '') return null;
  const gateway = parseIp(pool.gateway);
  if (gateway === null) return `invalid gateway ${pool.gateway}`;
  return containsAddress(subnet, gateway)
    ? null
    : `subnet ${pool.subnet} does not contain gateway ${pool.gateway}`;
}

function allocate(swarm: Swarm, request: NetworkRequest): Allocation {
  // Networks of other drivers are each node's own: the managers allocate nothing.
  if (request.driver !== 'overlay') return { pools: request.pools.map(configuredPool), vnis: [] };
  const specs = request.pools.map((pool) => ({ ...pool, auxAddresses: {} }));
  const pools = specs.length > 0 ? allocateGiven(swarm, request, specs) : null;
  const chosen = specs.length > 0 ? null : chooseSwarmPool(swarm);
  const cursor = chosen === null ? {} : { poolCursor: chosen.cursor };
  const allocated = pools ?? (chosen === null ? null : [poolWithGateway(chosen.subnet)]);
  const vnis = allocated === null ? null : chooseVnis(swarm, request.options, allocated.length);
  if (allocated === null || vnis === null) {
    return { pools: specs.map(configuredPool), vnis: [], ...cursor };
  }
  return { pools: allocated, vnis, ...cursor };
}

/** The pools as asked for, with gateways; `null` when they overlap or have no room. */
function allocateGiven(
  swarm: Swarm,
  request: NetworkRequest,
  specs: readonly IpamPoolSpec[],
): readonly NetworkPool[] | null {
  const allocation = allocatePools(
    {
      networkName: request.spec.name,
      ipamDriver: request.ipamDriver,
      isIPv6Enabled: specs.some((spec) => mustParseCidr(spec.subnet).family === 6),
      pools: specs,
    },
    {
      name: 'GlobalDefault',
      pools: poolsOf(swarm).map((pool) => ({ pool, ipRange: '' })),
      routes: [],
      cursor: swarm.poolCursor,
    },
  );
  return allocation.refusal === null ? allocation.pools : null;
}

/** The first address of a pool of the swarm is its gateway. */
export function poolWithGateway(subnet: string): NetworkPool {
  const allocation = allocatePools(
    {
      networkName: '',
      ipamDriver: 'default',
      isIPv6Enabled: false,
      pools: [{ subnet, ipRange: '', gateway: '', auxAddresses: {} }],
    },
    { name: 'GlobalDefault', pools: [], routes: [], cursor: -1 },
  );
  const [pool] = allocation.pools;
  if (pool === undefined) throw new Error(`the swarm's pool ${subnet} has no room for a gateway`);
  return { ...pool, isPredefined: true };
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
