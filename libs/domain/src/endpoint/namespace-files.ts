import type { LabTime, NetworkId } from '@netfold/contracts';
import type { LabHost } from '../state/lab-host.ts';
import type { NamespaceFiles } from '../state/namespace-files.ts';
import { ingressSandboxId } from '../swarm/ingress.ts';

const sweepMs = 60_000;
const sandboxCharacters = 12;
const overlayCharacters = 10;
const balancerCharacters = 9;

export const sandboxFile = (sandboxId: string): string => sandboxId.slice(0, sandboxCharacters);

/** An overlay's own namespace. */
export const overlayFile = (networkId: NetworkId): string =>
  `1-${networkId.slice(0, overlayCharacters)}`;

/** The namespace of an overlay's load balancer; that of ingress is the ingress sandbox. */
export const balancerFile = (networkId: NetworkId, isIngress: boolean): string =>
  isIngress ? ingressSandboxId : `lb_${networkId.slice(0, balancerCharacters)}`;

const filesOf = (host: LabHost, now: LabTime): NamespaceFiles =>
  host.namespaceFiles ?? { since: now, hasHost: false, left: [] };

const isSwept = ({ since }: NamespaceFiles, at: LabTime, now: LabTime): boolean =>
  Math.floor((now - since) / sweepMs) > Math.floor((at - since) / sweepMs);

/** The engine made a namespace. */
export const withNamespaceMade = (host: LabHost, now: LabTime): LabHost =>
  host.namespaceFiles === undefined ? { ...host, namespaceFiles: filesOf(host, now) } : host;

/** A container is on the host's own stack. */
export function withHostNamespace(host: LabHost, now: LabTime): LabHost {
  const files = filesOf(host, now);
  return files.hasHost ? host : { ...host, namespaceFiles: { ...files, hasHost: true } };
}

/** Nothing is behind these files any more. */
export function withNamespacesGone(host: LabHost, names: readonly string[], now: LabTime): LabHost {
  const files = filesOf(host, now);
  const kept = files.left.filter(
    ({ name, at }) => !names.includes(name) && !isSwept(files, at, now),
  );
  const left = [...kept, ...names.map((name) => ({ name, at: now }))];
  return { ...host, namespaceFiles: { ...files, left } };
}

/** Files that the engine has not swept yet though nothing is behind them. */
export function namespaceFilesLeft(host: LabHost, now: LabTime): readonly string[] {
  const files = filesOf(host, now);
  return files.left.filter(({ at }) => !isSwept(files, at, now)).map(({ name }) => name);
}
