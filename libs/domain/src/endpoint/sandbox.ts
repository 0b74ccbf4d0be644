import type { ContainerId, HostName, SandboxId } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Work } from '../work.ts';

/** The embedded DNS listens on ports that the kernel chose: its ephemeral range. */
const dynamicPorts = { first: 32_768, last: 60_999 };

/** Makes a network stack of its own for the container. */
export function createSandbox(
  work: Work,
  hostName: HostName,
  sandbox: { readonly containerId: ContainerId; readonly hasEmbeddedDns: boolean },
): SandboxId {
  const sandboxId = work.draw.hex64();
  work.emit({
    type: 'SandboxCreated',
    data: {
      host: hostName,
      sandboxId,
      containerId: sandbox.containerId,
      namespaceNumber: lowestNamespaceNumber(getHost(work.lab, hostName)),
      dnsPorts: sandbox.hasEmbeddedDns ? drawDnsPorts(work) : null,
    },
  });
  return sandboxId;
}

export function drawDnsPorts(work: Work): { readonly tcp: number; readonly udp: number } {
  const { first, last } = dynamicPorts;
  return { tcp: work.draw.between(first, last), udp: work.draw.between(first, last) };
}

/** The kernel numbers the namespaces it sees a peer in: the lowest free number. */
export function lowestNamespaceNumber(host: LabHost): number {
  const used = new Set<number>();
  for (const sandbox of host.sandboxes.values()) used.add(sandbox.namespaceNumber);
  for (const overlay of host.overlays.values()) used.add(overlay.namespaceNumber);
  let lowest = 0;
  while (used.has(lowest)) lowest += 1;
  return lowest;
}
