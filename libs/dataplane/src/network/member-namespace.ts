import type { Network } from '@netfold/domain';
import { hostNamespace, overlayNamespace } from '../table-row.ts';

/** Where the other half of a member's pair is: beside the bridge that it is a port of. */
export function memberNamespace(network: Network): string {
  return network.driver === 'overlay' ? overlayNamespace(network.id) : hostNamespace;
}
