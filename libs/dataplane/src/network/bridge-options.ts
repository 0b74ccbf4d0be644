import type { Network } from '@netfold/domain';

/** What the bridge driver reads from a network's options. */
export type BridgeOptions = {
  readonly icc: boolean;
  readonly masquerade: boolean;
  /** Of the links of its members. */
  readonly mtuBytes: number;
  /** The bridge takes no IPv4 address. */
  readonly inhibitIPv4: boolean;
  /** The source address that replaces masquerading, or empty. */
  readonly hostAddress: string;
};

const defaultMtuBytes = 1500;
/** The words that Go's strconv.ParseBool takes for true; anything else was refused at creation. */
const truths: ReadonlySet<string> = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);

/** @source moby/moby v20.10 libnetwork drivers/bridge/labels.go, bridge.go (fromLabels) */
export function bridgeOptions(network: Network): BridgeOptions {
  const option = (name: string): string | undefined =>
    network.options[`com.docker.network.${name}`];
  const flag = (name: string, otherwise: boolean): boolean => {
    const text = option(name);
    return text === undefined ? otherwise : truths.has(text);
  };
  // Netlink takes 32 bits of it.
  const mtu = Number(option('driver.mtu') ?? 0) % 2 ** 32;
  return {
    icc: flag('bridge.enable_icc', true),
    masquerade: flag('bridge.enable_ip_masquerade', true),
    mtuBytes: mtu > 0 ? mtu : defaultMtuBytes,
    inhibitIPv4: flag('bridge.inhibit_ipv4', false),
    hostAddress: option('host_ipv4') ?? '',
  };
}
