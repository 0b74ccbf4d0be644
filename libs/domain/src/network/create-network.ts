import type { HostName, IpamPoolSpec, NetworkSpec, Outcome, Refusal } from '@netfold/contracts';
import { formatCidr, ipv4OfMapped, isMappedIpv4, parseCidr } from '@netfold/addressing';
import { getHost } from '../host/change-host.ts';
import { limits } from '../limits.ts';
import { invalidText, limitReached } from '../refusal/lab.ts';
import * as refusals from '../refusal/network.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';
import { createSwarmNetwork } from '../swarm/create-swarm-network.ts';
import { managedSwarm } from '../swarm/managed-swarm.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { emitLocalNetwork, refusalOfPoolCount } from './create-local-network.ts';
import { configuredPool } from './ipam-allocation.ts';
import type { NetworkRequest } from './network-request.ts';
import { isPredefinedNetwork } from './predefined-name.ts';

const simulatedDrivers: readonly string[] = ['bridge', 'overlay', 'macvlan', 'host', 'null'];

/** Drivers of the engine that the lab does not play. */
const otherBuiltInDrivers: readonly string[] = ['ipvlan'];

/**
 * `docker network create`, with the engine's checks in the engine's order.
 *
 * @source api/server/router/network/network_routes.go postNetworkCreate, daemon/network.go
 *   createNetwork, docker/libnetwork controller.go NewNetwork
 */
export function createNetwork(work: Work, command: CommandOf<'CreateNetwork'>): Outcome {
  const { spec, host, warnings, refusal } = checkedName(work, command);
  if (refusal !== null) return refusedWith(refusal);
  const request = requestOf(command.host, spec, warnings);
  const wrong = refusalOfConfiguration(spec);
  if (wrong !== null) return refusedWith(wrong);
  if (spec.configOnly) {
    const tooMany = refusalOfPoolCount(spec.ipam.length);
    return tooMany === null ? emitConfigOnly(work, request) : refusedWith(tooMany);
  }
  const unknown = refusalOfDriver(request.driver);
  if (unknown !== null) return refusedWith(unknown);
  const swarm = managedSwarm(work.lab, host);
  const misplaced = refusalOfScope(request, host, swarm !== null);
  if (misplaced !== null) return refusedWith(misplaced);
  const isClusterWide = request.driver === 'overlay' || spec.scope === 'swarm';
  if (isClusterWide && swarm !== null) {
    const tooMany = refusalOfPoolCount(spec.ipam.length);
    return tooMany === null ? createSwarmNetwork(work, swarm, request) : refusedWith(tooMany);
  }
  const applied = withConfiguration(request, host);
  if (applied === null) return refusedWith(refusals.configNetworkNotFound(spec.configFrom));
  return emitLocalNetwork(work, applied);
}

type CheckedName = {
  readonly spec: NetworkSpec;
  readonly host: LabHost;
  readonly warnings: readonly string[];
  readonly refusal: Refusal | null;
};

function checkedName(work: Work, command: CommandOf<'CreateNetwork'>): CheckedName {
  const spec = command.network;
  const host = getHost(work.lab, command.host);
  const namesake = namesakeOf(host, spec.name);
  const warnings =
    namesake === null
      ? []
      : [`Network with name ${namesake.name} (id : ${namesake.id}) already exists`];
  const refusal = refusalOfSize(host, spec) ?? refusalOfName(work, host, spec, namesake);
  return { spec, host, warnings, refusal };
}

/** An empty name stands for the default network. */
function namesakeOf(host: LabHost, name: string): Network | null {
  const id = host.networkNames.get(name === '' ? 'bridge' : name);
  return id === undefined ? null : (host.networks.get(id) ?? null);
}

function refusalOfName(
  work: Work,
  host: LabHost,
  spec: NetworkSpec,
  namesake: Network | null,
): Refusal | null {
  const swarm = managedSwarm(work.lab, host);
  const isKnownToSwarm =
    swarm !== null && [...swarm.networks.values()].some((network) => network.name === spec.name);
  if (isKnownToSwarm) return refusals.networkNameExists(spec.name);
  if (isPredefinedNetwork(spec.name)) return refusals.predefinedNetworkName(spec.name);
  if (namesake !== null && spec.checkDuplicate) return refusals.networkNameExists(spec.name);
  const badSubnet = spec.ipam.find((pool) => parseCidr(pool.subnet) === null);
  if (badSubnet !== undefined) return refusals.invalidSubnet(badSubnet.subnet);
  return spec.name.trim() === '' ? refusals.invalidNetworkName(spec.name) : null;
}

/** The engine has no such limits; a lab must. */
function refusalOfSize(host: LabHost, spec: NetworkSpec): Refusal | null {
  if (host.networks.size >= limits.networksPerHostMax) {
    return limitReached('networks on a host', limits.networksPerHostMax, host.networks.size);
  }
  const abandoned = host.abandonedPools.length;
  if (abandoned >= limits.abandonedPoolsPerHostMax) {
    return limitReached('pools of failed networks', limits.abandonedPoolsPerHostMax, abandoned);
  }
  if (spec.ipam.length > limits.poolsPerRequestMax) {
    return limitReached('pools of a request', limits.poolsPerRequestMax, spec.ipam.length);
  }
  const auxCount = Math.max(0, ...spec.ipam.map((pool) => Object.keys(pool.auxAddresses).length));
  if (auxCount > limits.auxAddressesPerPoolMax) {
    return limitReached('auxiliary addresses', limits.auxAddressesPerPoolMax, auxCount);
  }
  const texts = [...Object.entries(spec.labels), ...Object.entries(spec.options)];
  if (texts.length > limits.labelsPerNetworkMax) {
    return limitReached('labels and options', limits.labelsPerNetworkMax, texts.length);
  }
  const tooLong = [spec.name, ...texts.flat()].find((text) => text.length > limits.textLengthMax);
  if (tooLong === undefined) return null;
  return invalidText(
    'name, label or option',
    tooLong,
    `at most ${limits.textLengthMax} characters`,
  );
}

function requestOf(host: HostName, spec: NetworkSpec, warnings: readonly string[]): NetworkRequest {
  return {
    host,
    spec,
    driver: spec.driver === '' ? 'bridge' : spec.driver,
    isIPv6Enabled: spec.enableIPv6,
    ipamDriver: spec.ipamDriver === '' ? 'default' : spec.ipamDriver,
    ipamOptions: spec.ipamOptions,
    pools: spec.ipam.map(withoutMapping),
    hasMappedPool: spec.ipam.some(isMapped),
    options: spec.options,
    labels: spec.labels,
    warnings,
  };
}

function isMapped({ subnet }: IpamPoolSpec): boolean {
  const cidr = parseCidr(subnet);
  return cidr !== null && isMappedIpv4(cidr);
}

function withoutMapping(pool: IpamPoolSpec): IpamPoolSpec {
  const cidr = parseCidr(pool.subnet);
  const mapped = cidr !== null && isMappedIpv4(cidr) ? ipv4OfMapped(cidr) : null;
  return mapped === null ? pool : { ...pool, subnet: formatCidr(mapped) };
}

/** @source docker/libnetwork network.go validateConfiguration */
function refusalOfConfiguration(spec: NetworkSpec): Refusal | null {
  if (spec.configOnly) {
    const hasOperatorField = spec.ingress || spec.internal || spec.attachable || spec.scope !== '';
    if (hasOperatorField) return refusals.configOnlyWithOperatorFields();
  }
  if (spec.configFrom === '') return null;
  if (spec.configOnly) return refusals.configOnlyFromConfig();
  const isConfigured =
    (spec.ipamDriver !== '' && spec.ipamDriver !== 'default') ||
    spec.enableIPv6 ||
    Object.keys(spec.labels).length > 0 ||
    Object.keys(spec.ipamOptions ?? {}).length > 0 ||
    spec.ipam.length > 0;
  if (isConfigured) return refusals.configFromWithConfiguration();
  return Object.keys(spec.options).length > 0 ? refusals.configFromWithOptions() : null;
}

function refusalOfDriver(driver: string): Refusal | null {
  if (simulatedDrivers.includes(driver)) return null;
  return otherBuiltInDrivers.includes(driver)
    ? refusals.driverNotSimulated(driver)
    : refusals.pluginNotFound(driver);
}

function refusalOfScope(
  request: NetworkRequest,
  host: LabHost,
  isManager: boolean,
): Refusal | null {
  const { spec, driver } = request;
  const isGlobal = driver === 'overlay';
  if (spec.scope === 'local' && isGlobal) return refusals.scopeDowngrade(driver);
  if (spec.ingress && !isGlobal) return refusals.ingressNotGlobal();
  const isInSwarm = host.membership.state === 'active';
  if ((isGlobal || spec.scope === 'swarm') && isInSwarm && !isManager) {
    return refusals.multiHostFromWorker();
  }
  return spec.scope === 'swarm' && !isInSwarm ? refusals.swarmScopeWithoutSwarm() : null;
}

/** `null` when the config-only network that it asks for is not there. */
function withConfiguration(request: NetworkRequest, host: LabHost): NetworkRequest | null {
  const { configFrom } = request.spec;
  if (configFrom === '') return request;
  const config = [...host.networks.values()].find(
    (network) => network.isConfigOnly && network.name === configFrom,
  );
  if (config === undefined) return null;
  return {
    ...request,
    isIPv6Enabled: config.isIPv6Enabled,
    ipamDriver: config.ipamDriver,
    ipamOptions:
      Object.keys(config.ipamOptions ?? {}).length > 0 ? config.ipamOptions : request.ipamOptions,
    pools: config.pools,
    options: config.options,
    labels: config.labels,
  };
}

/** A configuration for other networks: allocates nothing, and shows as one of driver `null`. */
function emitConfigOnly(work: Work, request: NetworkRequest): Outcome {
  const networkId = work.draw.hex64();
  work.emit({
    type: 'NetworkCreated',
    data: {
      host: request.host,
      networkId,
      name: request.spec.name,
      driver: 'null',
      scope: 'local',
      isInternal: false,
      isAttachable: false,
      isIngress: false,
      isIPv6Enabled: request.isIPv6Enabled,
      isConfigOnly: true,
      configFrom: '',
      ipamDriver: request.ipamDriver,
      ipamOptions: request.ipamOptions,
      pools: request.pools.map(configuredPool),
      options: request.options,
      labels: request.labels,
      createdAt: work.now,
      bridge: null,
      predefinedPoolCursor: null,
    },
  });
  return answered({ ids: { networkId }, warnings: request.warnings });
}
