import type { ContainerId, Refusal } from '@netfold/contracts';
import { findContainer } from '../host/find-container.ts';
import {
  ambiguousContainer,
  linkOutsideDefaultNetwork,
  linkTargetDetached,
  linkTargetMissing,
  linkTargetNotRunning,
  linkTargetUnnamed,
  networkCircle,
  specInvalid,
} from '../refusal/container.ts';
import type { Container } from '../state/container.ts';
import type { LabHost } from '../state/lab-host.ts';

const defaultNetworkName = 'bridge';

export type ResolvedLink = { readonly containerId: ContainerId; readonly alias: string };

/**
 * Finds the targets of `--link` on the default bridge, through containers in container mode.
 *
 * @source moby/moby daemon/daemon_unix.go registerLinks
 */
export function resolveLinks(
  host: LabHost,
  links: readonly string[],
): readonly ResolvedLink[] | Refusal {
  const resolved: ResolvedLink[] = [];
  for (const text of links) {
    const link = parseLink(text);
    if ('message' in link) return link;
    const target = ownerOfStack(host, link.name);
    if ('message' in target) return target;
    if (target.spec.networkMode === 'host') {
      return specInvalid('HostNetworkWithLinks', hostNetworkWithLinks);
    }
    // Without an alias the link's name is the container's own, which is taken: no link is made.
    const isTaken = link.alias === '' || resolved.some((known) => known.alias === link.alias);
    if (!isTaken) resolved.push({ containerId: target.id, alias: link.alias });
  }
  return resolved;
}

export const hostNetworkWithLinks =
  "conflicting options: host type networking can't be used with links. " +
  'This would result in undefined behavior';

/**
 * @returns why the sandbox cannot be made: a target is not on the default bridge; or `null`
 * @source moby/moby daemon/container_operations.go buildSandboxOptions
 */
export function linkProblem(host: LabHost, container: Container): Refusal | null {
  if (!container.attachments.has(defaultNetworkName)) return null;
  for (const link of container.links) {
    const target = host.containers.get(link.containerId);
    if (target !== undefined && !target.attachments.has(defaultNetworkName)) {
      return linkOutsideDefaultNetwork(target.name);
    }
  }
  return null;
}

/**
 * @returns why the environment of the links cannot be made: a target does not run; or `null`
 * @source moby/moby daemon/container_operations_unix.go setupLinkedContainers
 */
export function linkedTargetProblem(host: LabHost, container: Container): Refusal | null {
  if (!container.attachments.has(defaultNetworkName)) return null;
  for (const link of container.links) {
    const target = host.containers.get(link.containerId);
    if (target === undefined || !isUp(target)) {
      return linkTargetNotRunning(target?.name ?? link.name, container.name, link.alias);
    }
    if (!target.attachments.has(defaultNetworkName)) return linkTargetDetached(target.id);
  }
  return null;
}

/** Running in the engine's sense: a paused container runs, and so does one about to restart. */
export function isUp(container: Container): boolean {
  const { status, restartsAt } = container;
  return status === 'running' || status === 'paused' || restartsAt !== null;
}

/** The engine follows a circle for ever; we refuse it. */
function ownerOfStack(host: LabHost, reference: string): Container | Refusal {
  if (reference === '') return linkTargetUnnamed();
  const followed = new Set<ContainerId>();
  let target = findContainer(host, reference);
  let name = reference;
  while (target !== null && target !== 'ambiguous') {
    const { networkMode } = target.spec;
    if (!networkMode.startsWith('container:')) return target;
    if (followed.has(target.id)) return networkCircle(target.name);
    followed.add(target.id);
    name = networkMode.slice('container:'.length);
    target = findContainer(host, name);
  }
  return target === null ? linkTargetMissing(name) : ambiguousContainer(name);
}

/** @source moby/moby opts/opts.go ParseLink */
function parseLink(text: string): { readonly name: string; readonly alias: string } | Refusal {
  if (text === '') return specInvalid('LinkEmpty', 'empty string specified for links');
  const [name = '', alias, ...rest] = text.split(':');
  if (rest.length > 0) return specInvalid('LinkInvalid', `bad format for links: ${text}`);
  if (alias === undefined) return { name, alias: name };
  if (!name.startsWith('/')) return { name, alias };
  return { name: name.slice(1), alias: alias.split('/').at(-1) ?? alias };
}
