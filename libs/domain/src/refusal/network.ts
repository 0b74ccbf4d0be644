import type { Refusal, RefusalClass } from '@netfold/contracts';
import { goQuoted } from './go-quoted.ts';

/**
 * Docker's refusals about networks, word for word. Each names where the engine 20.10 makes the
 * text, and the transcript that shows it where one does. An error without a class in the engine's
 * source is `internal`, also where a kinder class would be right: the faces answer as the engine.
 */
function refusal(refusalClass: RefusalClass, code: string, message: string): Refusal {
  return { class: refusalClass, code, message };
}

/** @source daemon/network.go PredefinedNetworkError; transcript network-errors */
export function predefinedNetworkName(name: string): Refusal {
  return refusal(
    'forbidden',
    'PredefinedNetworkName',
    `operation is not permitted on predefined ${name} network `,
  );
}

/** @source libnetwork error.go NetworkNameError; transcript network-errors */
export function networkNameExists(name: string): Refusal {
  return refusal('conflict', 'NetworkNameExists', `network with name ${name} already exists`);
}

/** @source libnetwork error.go ErrInvalidName */
export function invalidNetworkName(name: string): Refusal {
  return refusal('internal', 'InvalidNetworkName', `invalid name: ${name}`);
}

/** @source libnetwork error.go ErrNoSuchNetwork; transcript network-errors */
export function networkNotFound(reference: string): Refusal {
  return refusal('notFound', 'NetworkNotFound', `network ${reference} not found`);
}

/** @source api/server/router/network/network_routes.go findUniqueNetwork */
export function ambiguousNetworkName(reference: string, count: number): Refusal {
  return refusal(
    'invalidParameter',
    'AmbiguousNetworkName',
    `network ${reference} is ambiguous (${count} matches found based on name)`,
  );
}

/** @source api/server/router/network/network_routes.go findUniqueNetwork */
export function ambiguousNetworkId(reference: string, count: number): Refusal {
  return refusal(
    'invalidParameter',
    'AmbiguousNetworkId',
    `network ${reference} is ambiguous (${count} matches found based on ID prefix)`,
  );
}

/** @source daemon/network.go getIpamConfig; transcript ipam-errors-overlap-invalid */
export function invalidSubnet(subnet: string): Refusal {
  return refusal(
    'internal',
    'InvalidSubnet',
    `Invalid subnet ${subnet} : invalid CIDR address: ${subnet}`,
  );
}

/** @source libnetwork network.go validateConfiguration */
export function configOnlyWithOperatorFields(): Refusal {
  return refusal(
    'forbidden',
    'ConfigOnlyWithOperatorFields',
    'configuration network can only contain network specific fields. Network operator fields ' +
      'like [ ingress | internal | attachable | scope ] are not supported.',
  );
}

/** @source libnetwork network.go validateConfiguration */
export function configOnlyFromConfig(): Refusal {
  return refusal(
    'forbidden',
    'ConfigOnlyFromConfig',
    'a configuration network cannot depend on another configuration network',
  );
}

/** @source libnetwork network.go validateConfiguration; transcript config-only-networks */
export function configFromWithConfiguration(): Refusal {
  return refusal(
    'forbidden',
    'ConfigFromWithConfiguration',
    'user specified configurations are not supported if the network depends on a ' +
      'configuration network',
  );
}

/** @source libnetwork network.go validateConfiguration */
export function configFromWithOptions(): Refusal {
  return refusal(
    'forbidden',
    'ConfigFromWithOptions',
    'network driver options are not supported if the network depends on a configuration network',
  );
}

/** @source libnetwork controller.go NewNetwork; transcript config-only-networks */
export function configNetworkNotFound(name: string): Refusal {
  return refusal(
    'notFound',
    'ConfigNetworkNotFound',
    `configuration network ${goQuoted(name)} does not exist`,
  );
}

/** @source libnetwork controller.go loadDriver; transcript ipam-errors-overlap-invalid */
export function pluginNotFound(name: string): Refusal {
  return refusal('notFound', 'PluginNotFound', `plugin ${goQuoted(name)} not found`);
}

/** @source libnetwork controller.go NewNetwork */
export function scopeDowngrade(driver: string): Refusal {
  return refusal(
    'forbidden',
    'ScopeDowngrade',
    `cannot downgrade network scope for ${driver} networks`,
  );
}

/** @source libnetwork controller.go NewNetwork */
export function ingressNotGlobal(): Refusal {
  return refusal(
    'forbidden',
    'IngressNotGlobal',
    'Ingress network can only be global scope network',
  );
}

/** @source libnetwork controller.go NewNetwork; transcript overlay-errors-and-states */
export function multiHostFromWorker(): Refusal {
  return refusal(
    'forbidden',
    'MultiHostFromWorker',
    'Cannot create a multi-host network from a worker node. Please create the network ' +
      'from a manager node.',
  );
}

/** @source libnetwork controller.go NewNetwork */
export function swarmScopeWithoutSwarm(): Refusal {
  return refusal(
    'forbidden',
    'SwarmScopeWithoutSwarm',
    'cannot create a swarm scoped network when swarm is not active',
  );
}

/** @source daemon/network.go createNetwork; transcript network-errors */
export function overlayWithoutSwarm(): Refusal {
  return refusal(
    'internal',
    'OverlayWithoutSwarm',
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect ' +
      'this node to swarm and try again.',
  );
}

/** @source libnetwork drivers/host/host.go and drivers/null/null.go; transcript network-errors */
export function onlyOneInstance(driver: string): Refusal {
  return refusal(
    'forbidden',
    'OnlyOneInstance',
    `only one instance of "${driver}" network is allowed`,
  );
}

/** @source daemon/network.go deleteNetwork; transcript network-errors */
export function predefinedNetworkRemoval(name: string): Refusal {
  return refusal(
    'forbidden',
    'PredefinedNetworkRemoval',
    `${name} is a pre-defined network and cannot be removed`,
  );
}

/** @source libnetwork error.go ActiveEndpointsError; transcript network-errors */
export function activeEndpoints(name: string, id: string): Refusal {
  return refusal(
    'forbidden',
    'ActiveEndpoints',
    `error while removing network: network ${name} id ${id} has active endpoints`,
  );
}

/** @source libnetwork network.go delete; transcript config-only-networks */
export function configNetworkInUse(name: string): Refusal {
  return refusal(
    'forbidden',
    'ConfigNetworkInUse',
    `error while removing network: configuration network ${goQuoted(name)} is in use`,
  );
}

/** @source api/types/filters/parse.go invalidFilter; transcript network-ls-inspect-forms */
export function invalidFilter(key: string): Refusal {
  return refusal('invalidParameter', 'InvalidFilter', `Invalid filter '${key}'`);
}

/** @source daemon/prune.go getUntilFromPruneFilters */
export function severalUntilFilters(): Refusal {
  return refusal('internal', 'SeveralUntilFilters', 'more than one until filter specified');
}

/** @source api/types/time/timestamp.go GetTimestamp */
export function invalidUntil(value: string): Refusal {
  return refusal(
    'internal',
    'InvalidUntil',
    `failed to parse value as time or duration: ${goQuoted(value)}`,
  );
}

/** Ours: the engine has this driver, the lab does not simulate it. */
export function driverNotSimulated(driver: string): Refusal {
  return {
    class: 'notImplemented',
    code: 'NF2201',
    message: `the network driver \`${driver}\` is not simulated`,
    fix: 'use bridge, overlay or macvlan',
  };
}
