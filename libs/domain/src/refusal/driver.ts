import type { Refusal, RefusalClass } from '@netfold/contracts';

/** What the network drivers of the engine refuse; see `network.ts` for the conventions. */
function refusal(refusalClass: RefusalClass, code: string, message: string): Refusal {
  return { class: refusalClass, code, message };
}

/** @source libnetwork drivers/bridge/bridge.go CreateNetwork, drivers/macvlan/macvlan_network.go */
export function emptyPool(): Refusal {
  return refusal('internal', 'EmptyPool', 'ipv4 pool is empty');
}

/**
 * @source libnetwork drivers/bridge/bridge.go processIPAM;
 * transcript ipam-errors-overlap-invalid
 */
export function severalSubnets(): Refusal {
  return refusal('forbidden', 'SeveralSubnets', "bridge driver doesn't support multiple subnets");
}

/** @source libnetwork drivers/bridge/bridge.go parseErr */
export function invalidBridgeOption(label: string, value: string, reason: string): Refusal {
  return refusal(
    'internal',
    'InvalidBridgeOption',
    `failed to parse ${label} value: ${value} (${reason})`,
  );
}

/** @source libnetwork drivers/bridge/errors.go ErrInvalidMtu */
export function invalidMtu(mtuBytes: number): Refusal {
  return refusal('internal', 'InvalidMtu', `invalid MTU number: ${mtuBytes}`);
}

/** @source libnetwork drivers/bridge/bridge.go checkConflict; transcript bridge-driver-options */
export function bridgeConflict(
  created: { readonly id: string; readonly bridge: string },
  other: { readonly id: string; readonly bridge: string },
  reason: 'networks have same bridge name' | 'networks have overlapping IPv4',
): Refusal {
  return refusal(
    'forbidden',
    'BridgeConflict',
    `cannot create network ${created.id} (${created.bridge}): conflicts with network ` +
      `${other.id} (${other.bridge}): ${reason}`,
  );
}

/** @source libnetwork drivers/bridge/setup_verify.go bridgeInterfaceExists */
export function notABridge(name: string): Refusal {
  return refusal('internal', 'NotABridge', `existing interface ${name} is not a bridge`);
}

/**
 * @source the kernel (rtnetlink, IFNAMSIZ) through bridgeInterfaceExists;
 * transcript network-bridge-options
 */
export function bridgeNameTooLong(): Refusal {
  return refusal(
    'internal',
    'BridgeNameTooLong',
    'failed to check bridge interface existence: numerical result out of range',
  );
}

/** @source the kernel (net/core/dev.c dev_valid_name) through setupDevice; seen on a real engine */
export function invalidBridgeName(): Refusal {
  return refusal('internal', 'InvalidBridgeName', 'invalid argument');
}

/** @source libnetwork drivers/bridge/errors.go IPv6AddrAddError; seen on a real engine */
export function bridgeAddressRefused(
  address: string,
  reason: 'cannot assign requested address' | 'file exists',
): Refusal {
  return refusal(
    'internal',
    'BridgeAddressRefused',
    `failed to add IPv6 address ${address} to bridge: ${reason}`,
  );
}

/**
 * The engine writes an IPv6 rule for it, and has no IPv6 chains.
 *
 * @source libnetwork drivers/bridge/setup_ip_tables.go setupIPTablesInternal; seen on a real engine
 */
export function mappedSubnet(bridgeName: string): Refusal {
  return refusal(
    'internal',
    'MappedSubnet',
    'Failed to Setup IP tables: Unable to enable SKIP DNAT rule:  (iptables failed: ip6tables ' +
      `--wait -t nat -I DOCKER -i ${bridgeName} -j RETURN: ip6tables: No chain/target/match by ` +
      'that name.\n (exit status 1))',
  );
}

/** @source libnetwork drivers/macvlan/macvlan_network.go CreateNetwork */
export function invalidMacvlanMode(mode: string): Refusal {
  return refusal(
    'internal',
    'InvalidMacvlanMode',
    `requested macvlan mode '${mode}' is not valid, 'bridge' mode is the macvlan driver default`,
  );
}

/** @source libnetwork drivers/macvlan/macvlan_network.go CreateNetwork */
export function loopbackParent(): Refusal {
  return refusal(
    'internal',
    'LoopbackParent',
    'loopback interface is not a valid macvlan parent link',
  );
}

/** @source libnetwork drivers/macvlan/macvlan_network.go createNetwork; transcript macvlan-basic */
export function parentInUse(networkId: string, parent: string): Refusal {
  return refusal(
    'internal',
    'ParentInUse',
    `network dm-${networkId.slice(0, 12)} is already using parent interface ${parent}`,
  );
}

/** @source libnetwork drivers/macvlan/macvlan_setup.go createVlanLink; transcript macvlan-basic */
export function invalidVlanName(parent: string): Refusal {
  return refusal(
    'internal',
    'InvalidVlanName',
    `invalid subinterface vlan name ${parent}, example formatting is eth0.10`,
  );
}

/** @source libnetwork drivers/macvlan/macvlan_setup.go parseVlan */
export function invalidVlanForm(parent: string): Refusal {
  return refusal(
    'internal',
    'InvalidVlanForm',
    'required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, ' +
      `instead received ${parent}`,
  );
}

/** @source libnetwork drivers/macvlan/macvlan_setup.go parseVlan */
export function unreadableVlanId(vlan: string): Refusal {
  return refusal(
    'internal',
    'UnreadableVlanId',
    `unable to parse a valid vlan id from: ${vlan} (ex. eth0.10 for vlan 10)`,
  );
}

/** @source libnetwork drivers/macvlan/macvlan_setup.go parseVlan */
export function parentMissing(parent: string): Refusal {
  return refusal(
    'internal',
    'ParentMissing',
    `-o parent interface does was not found on the host: ${parent}`,
  );
}

/** @source libnetwork drivers/macvlan/macvlan_setup.go createVlanLink */
export function vlanIdOutOfRange(vlan: number): Refusal {
  return refusal(
    'internal',
    'VlanIdOutOfRange',
    `vlan id must be between 1-4094, received: ${vlan}`,
  );
}
