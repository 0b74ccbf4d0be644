import type { LabHost, Sandbox } from '@netfold/domain';
import { memberNamespace } from '../network/member-namespace.ts';

/**
 * How a sandbox numbers the other namespaces its links lead to (`link-netnsid`): from 0, in the
 * order in which its links came.
 */
export function namespaceNumbers(host: LabHost, sandbox: Sandbox): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const endpointId of sandbox.endpointIds) {
    const endpoint = host.endpoints.get(endpointId);
    const network = endpoint && host.networks.get(endpoint.networkId);
    if (endpoint?.joined?.interfaceName === '' || network === undefined) continue;
    const namespace = memberNamespace(network);
    if (!numbers.has(namespace)) numbers.set(namespace, numbers.size);
  }
  return numbers;
}
