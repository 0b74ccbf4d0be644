import { containsAddress, mustParseCidr, parseCidr, parseIp } from '@netfold/addressing';
import type { GivenMap, IpamPoolSpec, Outcome, Refusal } from '@netfold/contracts';
import type { NetworkRequest } from '../network/network-request.ts';
import { configuredPool } from '../network/ipam-allocation.ts';
import * as refusals from '../refusal/swarm.ts';
import type { Swarm } from '../state/swarm.ts';
import { answered, refusedWith } from '../work.ts';
import type { Work } from '../work.ts';
import { showIngressOnNodes } from './ingress-appearance.ts';
import { allocateOverlay } from './overlay-allocation.ts';
import type { OverlayAllocation } from './overlay-allocation.ts';

const serialOption = 'com.docker.network.ipam.serial';

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
  const allocation = allocated(swarm, request);
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
      ipamOptions: ipamOptionsOf(request.ipamOptions),
      options: request.options,
      labels: request.labels,
      createdAt: work.now,
      ...(isOverlay ? {} : { driver: request.driver }),
      ...allocation,
    },
  });
  if (request.spec.ingress) showIngressOnNodes(work, swarm.id, networkId);
  return answered({ ids: { networkId }, warnings: request.warnings });
}

/**
 * The managers note among the options given, if there are any, that addresses go on from the last.
 *
 * @source swarmkit manager/allocator/cnmallocator setIPAMSerialAlloc
 */
function ipamOptionsOf(given: GivenMap): GivenMap {
  if (given === null || Object.keys(given).length === 0) return null;
  return { ...given, [serialOption]: given[serialOption] ?? 'true' };
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

/**
 * What the managers could allocate; without VNIs nobody can be attached. Networks of other drivers
 * are each node's own: the managers allocate nothing for them.
 */
function allocated(swarm: Swarm, request: NetworkRequest): OverlayAllocation {
  const pools = request.pools.map((pool) => ({ ...pool, auxAddresses: {} }));
  const allocation =
    request.driver === 'overlay'
      ? allocateOverlay(swarm, { pools, options: request.options })
      : null;
  return allocation ?? { pools: pools.map(configuredPool), vnis: [] };
}
