import type { ContainerId, HostName, SandboxId } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Work } from '../work.ts';

/** The embedded DNS listens on ports that the kernel chose: its ephemeral range. */
const dynamicPorts = { first: 32_768, last: 60_999 };

/** The kernel's number of a namespace that no link of the host leads to. */
export const unnumbered = -1;

export type SandboxWish = {
  readonly containerId: ContainerId;
  readonly hasEmbeddedDns: boolean;
  /** Whether it will be empty: the host numbers it when something leads there. */
  readonly isEmpty: boolean;
  /** A number that the kernel has not freed yet; `null` for none. */
  readonly heldNumber: number | null;
};

/** Makes a network stack of its own for the container. */
export function createSandbox(work: Work, hostName: HostName, sandbox: SandboxWish): SandboxId {
  const sandboxId = work.draw.hex64();
  const host = getHost(work.lab, hostName);
  work.emit({
    type: 'SandboxCreated',
    data: {
      host: hostName,
      sandboxId,
      containerId: sandbox.containerId,
      namespaceNumber: sandbox.isEmpty
        ? unnumbered
        : lowestNamespaceNumber(host, sandbox.heldNumber),
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
export function lowestNamespaceNumber(host: LabHost, held: number | null = null): number {
  const used = new Set<number | null>([held]);
  for (const { number } of host.handMade?.namespaces ?? []) used.add(number);
  for (const sandbox of host.sandboxes.values()) used.add(sandbox.namespaceNumber);
  for (const overlay of host.overlays.values()) {
    used.add(overlay.namespaceNumber).add(overlay.loadBalancerNamespaceNumber ?? null);
  }
  let lowest = 0;
  while (used.has(lowest)) lowest += 1;
  return lowest;
}
