import type { Refusal } from '@netfold/contracts';

/** What the engine says about joining networks, byte for byte (moby v20.10.24). */

const invalid = (code: string, message: string): Refusal => ({
  class: 'invalidParameter',
  code,
  message,
});

/** @source runconfig/errors.go ErrConflictSharedNetwork; transcript container-mode-rules */
export const sharedNetworkConflict = (): Refusal =>
  invalid(
    'SharedNetworkConflict',
    'container sharing network namespace with another container or host ' +
      'cannot be connected to any other network',
  );

/** @source runconfig/errors.go ErrConflictHostNetwork; transcript network-errors */
export const hostNetworkConflict = (): Refusal =>
  invalid(
    'HostNetworkConflict',
    'container cannot be disconnected from host network or connected to host network',
  );

/** @source runconfig/errors.go ErrConflictNoNetwork; transcript seed4d-none-network */
export const noneNetworkConflict = (): Refusal =>
  invalid(
    'NoneNetworkConflict',
    'container cannot be connected to multiple networks ' +
      'with one of the networks in private (none) mode',
  );

/** @source runconfig/errors.go ErrUnsupportedNetworkAndIP; transcript static-ip */
export const addressOnPredefinedNetwork = (): Refusal =>
  invalid(
    'AddressOnPredefinedNetwork',
    'user specified IP address is supported on user defined networks only',
  );

/** @source runconfig/errors.go ErrUnsupportedNetworkNoSubnetAndIP; transcript static-ip */
export const addressWithoutSubnet = (): Refusal =>
  invalid(
    'AddressWithoutSubnet',
    'user specified IP address is supported only when connecting to networks ' +
      'with user configured subnets',
  );

/** @source runconfig/errors.go ErrUnsupportedNetworkAndAlias */
export const aliasOnPredefinedNetwork = (): Refusal =>
  invalid(
    'AliasOnPredefinedNetwork',
    'network-scoped alias is supported only for containers in user defined networks',
  );

/** @source daemon/container_operations.go findAndAttachNetwork */
export const alreadyAttached = (container: string, network: string): Refusal => ({
  class: 'conflict',
  code: 'OverlayAlreadyAttached',
  message: `${container} is already attached to network ${network}`,
});

/** @source docker/libnetwork network.go CreateEndpoint; transcript network-errors */
export const endpointExists = (name: string, network: string): Refusal => ({
  class: 'forbidden',
  code: 'EndpointExists',
  message: `endpoint with name ${name} already exists in network ${network}`,
});

/** @source docker/libnetwork network.go CreateEndpoint; transcript config-only-networks */
export const endpointOnConfigOnly = (): Refusal => ({
  class: 'forbidden',
  code: 'EndpointOnConfigOnlyNetwork',
  message: 'cannot create endpoint on configuration-only network',
});

/**
 * The kernel gives the pair of interfaces no such MTU.
 *
 * @source docker/libnetwork drivers/bridge/bridge.go CreateEndpoint; seen on a real engine
 */
export const vethMtuRefused = (name: string, network: string, vethName: string): Refusal => ({
  class: 'internal',
  code: 'VethMtuRefused',
  message:
    `failed to create endpoint ${name} on network ${network}: ` +
    `failed to set MTU on host interface ${vethName}: invalid argument`,
});

/**
 * The driver took the network for a stale one when another named its bridge.
 *
 * @source docker/libnetwork drivers/bridge/bridge.go checkConflict, driverapi/errors.go
 *   ErrNoNetwork; seen on a real engine
 */
export const networkForgotten = (name: string, network: string, id: string): Refusal => ({
  class: 'internal',
  code: 'NetworkForgotten',
  message: `failed to create endpoint ${name} on network ${network}: network ${id} does not exist`,
});

/** @source docker/libnetwork sandbox.go updateGateway, osl/route_linux.go; seen on a real engine */
export const gatewayUnreachable = (gateway: string): Refusal => ({
  class: 'internal',
  code: 'GatewayUnreachable',
  message:
    `failed to set gateway while updating gateway: route for the gateway ${gateway} ` +
    'could not be found: network is unreachable',
});

/** @source docker/libnetwork ipamapi/contract.go ErrIPAlreadyAllocated; transcript static-ip */
export const addressInUse = (): Refusal => ({
  class: 'forbidden',
  code: 'AddressInUse',
  message: 'Address already in use',
});

/** @source docker/libnetwork ipamapi/contract.go ErrNoAvailableIPs */
export const poolFull = (): Refusal => ({
  class: 'internal',
  code: 'PoolFull',
  message: 'No available addresses on this pool',
});

/** @source docker/libnetwork endpoint.go assignAddressVersion; transcript static-ip */
export const addressOutsideSubnets = (address: string): Refusal => ({
  class: 'internal',
  code: 'AddressOutsideSubnets',
  message: `Invalid address ${address}: It does not belong to any of this network's subnets`,
});

/** @source docker/libnetwork endpoint.go assignAddressVersion; transcript ipam-exhaustion */
export const addressesExhausted = (family: 4 | 6, name: string, id: string): Refusal => ({
  class: 'internal',
  code: 'AddressesExhausted',
  message: `no available IPv${family} addresses on this network's address pools: ${name} (${id})`,
});

/** @source daemon/network.go buildCreateEndpointOptions (the bracket is the engine's) */
export const endpointAddressInvalid = (family: 4 | 6, address: string): Refusal => ({
  class: 'internal',
  code: 'EndpointAddressInvalid',
  message: `Invalid IPv${family} address: ${address})`,
});

/** @source daemon/network.go buildCreateEndpointOptions: Go prints the list */
export const linkLocalInvalid = (addresses: readonly string[]): Refusal => ({
  class: 'internal',
  code: 'LinkLocalAddressInvalid',
  message: `Invalid link-local IP address: [${addresses.join(' ')}]`,
});

/** @source Go net/mac.go ParseMAC, as an AddrError */
export const macInvalid = (mac: string): Refusal => ({
  class: 'internal',
  code: 'MacInvalid',
  message: `address ${mac}: invalid MAC address`,
});

/** @source daemon/container_operations.go disconnectFromNetwork; transcript network-errors */
export const notConnected = (containerId: string, network: string): Refusal => ({
  class: 'internal',
  code: 'ContainerNotConnected',
  message: `container ${containerId} is not connected to network ${network}`,
});

/** @source daemon/container_operations.go DisconnectFromNetwork; transcript created-not-started */
export const stoppedNotConnected = (containerId: string, network: string): Refusal => ({
  class: 'internal',
  code: 'StoppedContainerNotConnected',
  message: `container ${containerId} is not connected to the network ${network}`,
});

/** @source daemon/container_operations.go disconnectFromNetwork; transcript overlay-refusals */
export const leaveFailed = (containerId: string, network: string, cause: Refusal): Refusal => ({
  ...cause,
  class: 'internal',
  code: 'LeaveFailed',
  message: `container ${containerId} failed to leave network ${network}: ${cause.message}`,
});

/** @source docker/libnetwork error.go ErrNoSuchEndpoint */
export const endpointNotFound = (name: string): Refusal => ({
  class: 'notFound',
  code: 'EndpointNotFound',
  message: `endpoint ${name} not found`,
});

/**
 * A container in host mode that is attached to a bridge network too.
 *
 * @source docker/libnetwork sandbox.go populateNetworkResources, osl/interface_linux.go
 *   checkRouteConflict; recorded on engine 20.10.24
 */
export const hostStackConflict = (wanted: {
  readonly vethName: string;
  readonly address: string;
  readonly interfaceIndex: number;
  readonly subnet: string;
  readonly gateway: string;
}): Refusal => ({
  class: 'internal',
  code: 'HostStackConflict',
  message:
    `failed to add interface ${wanted.vethName} to sandbox: error setting interface ` +
    `"${wanted.vethName}" IP to ${wanted.address}: cannot program address ${wanted.address} ` +
    'in sandbox interface because it conflicts with existing route ' +
    `{Ifindex: ${wanted.interfaceIndex} Dst: ${wanted.subnet} Src: ${wanted.gateway} ` +
    'Gw: <nil> Flags: [] Table: 254 Realm: 0}',
});

/** Netfold's own: what the real engine does here was not recorded. */
export const hostStackNotSimulated = (driver: string): Refusal => ({
  class: 'notImplemented',
  code: 'NF2301',
  message: `a container in host mode on a network of driver \`${driver}\` is not simulated`,
  fix: 'disconnect it from that network before it starts',
  data: { driver },
});

/** @source docker/libnetwork endpoint.go rename, networkdb CreateEntry; seen on a real engine */
export const renamedOnOverlay = (name: string, networkId: string, endpointId: string): Refusal => ({
  class: 'internal',
  code: 'RenamedOnOverlay',
  message:
    `Could not add service state for endpoint ${name} to cluster on rename: cannot create entry ` +
    `in table endpoint_table with network id ${networkId} and key ${endpointId}, already exists`,
});
