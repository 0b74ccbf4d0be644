import type { ContainerId, EndpointId } from '@netfold/contracts';
import { endpointOn } from '../endpoint/endpoint-on.ts';
import type { Container, ContainerLink } from '../state/container.ts';
import type { LabHost } from '../state/lab-host.ts';
import { withContainer } from './change-container.ts';

/**
 * What `--link` puts on a hosts line: names and address of each target as the linking container's
 * sandbox is made. Later only the address changes, when the target is started again.
 *
 * @source moby/moby daemon/container_operations.go buildSandboxOptions
 */
export function updatedLinks(host: LabHost, container: Container): readonly ContainerLink[] {
  return container.links.map((link) => {
    const target = host.containers.get(link.containerId);
    if (target === undefined) return { ...link, ipv4: '', ipv6: '' };
    const names = [link.alias, target.spec.hostname];
    if (link.alias !== target.name) names.push(target.name);
    return { ...link, hostNames: names.join(' '), ...addressesOn(host, target) };
  });
}

/** The lab host with the new address of a container in the hosts files of those that link to it. */
export function updatedParents(
  host: LabHost,
  containerId: ContainerId,
  endpointId: EndpointId,
): LabHost {
  const target = host.containers.get(containerId);
  if (target === undefined || target.linkedBy.length === 0) return host;
  const endpoint = endpointOn(host, target, defaultNetwork);
  if (endpoint?.id !== endpointId) return host;
  const addresses = addressesOn(host, target);
  return target.linkedBy.reduce(
    (current, parentId) =>
      withContainer(current, parentId, (parent) => ({
        ...parent,
        links: parent.links.map((link) =>
          link.containerId === containerId ? { ...link, ...addresses } : link,
        ),
      })),
    host,
  );
}

const defaultNetwork = 'bridge';

function addressesOn(host: LabHost, target: Container): { ipv4: string; ipv6: string } {
  const endpoint = endpointOn(host, target, defaultNetwork);
  const bare = (text: string): string => text.split('/')[0] ?? '';
  return { ipv4: bare(endpoint?.ipv4 ?? ''), ipv6: bare(endpoint?.ipv6 ?? '') };
}
