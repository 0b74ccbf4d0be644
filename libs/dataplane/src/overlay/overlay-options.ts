import type { Network } from '@netfold/domain';

/** The bridge of an overlay, within its namespace. */
export const overlayBridge = 'br0';
export const overlayVtep = 'vxlan0';

const underlayMtuBytes = 1500;
/** Outer Ethernet, IPv4, UDP and VXLAN headers (RFC 7348 §5). */
const vxlanHeaderBytes = 50;
/** ESP's headers and padding, when the network is encrypted. */
const encryptionBytes = 26;
const encryptionAlignment = 4;

/** @source moby/moby v20.10 libnetwork drivers/overlay/overlay.go (maxMTU) */
export function overlayMtuBytes(network: Network): number {
  const asked = Number(network.options['com.docker.network.driver.mtu'] ?? 0);
  const plain = (asked > 0 ? asked : underlayMtuBytes) - vxlanHeaderBytes;
  if (network.options['encrypted'] === undefined) return plain;
  const expanded = plain - encryptionBytes;
  return expanded - (expanded % encryptionAlignment);
}
