import type { Network, Sandbox } from '@netfold/domain';

/**
 * How a sandbox numbers the namespace where the other half of a member's pair is (`link-netnsid`):
 * from 0, in the order in which its links came.
 *
 * @returns -1 for a network that none of its links has led to
 */
export function namespaceNumber(sandbox: Sandbox, network: Network): number {
  return sandbox.peerNamespaces.indexOf(network.driver === 'overlay' ? network.id : '');
}
