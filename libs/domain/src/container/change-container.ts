import type { ContainerId, HostName, LabTime } from '@netfold/contracts';
import { changeHost } from '../host/change-host.ts';
import type { Container } from '../state/container.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import { ingressContainerId } from '../swarm/ingress.ts';

/** The container of that id; facts and resolved references only name those that exist. */
export function getContainer(host: LabHost, id: ContainerId): Container {
  const container = host.containers.get(id);
  if (container === undefined) throw new Error(`no container ${id}`);
  return container;
}

/** The lab host with one container changed; the swarm's ingress sandbox belongs to none. */
export function withContainer(
  host: LabHost,
  id: ContainerId,
  change: (container: Container) => Container,
): LabHost {
  if (id === ingressContainerId) return host;
  return { ...host, containers: host.containers.with(id, change(getContainer(host, id))) };
}

/** The lab with one container changed. */
export function changeContainer(
  lab: ActiveLab,
  at: { readonly host: HostName; readonly containerId: ContainerId },
  change: (container: Container) => Container,
): ActiveLab {
  return changeHost(lab, at.host, (host) => withContainer(host, at.containerId, change));
}

/** The lab host with the next instant at which something happens to the container by itself. */
export function withDue(host: LabHost, id: ContainerId, at: LabTime | null): LabHost {
  if (at === null) return host.due.has(id) ? { ...host, due: host.due.without(id) } : host;
  return { ...host, due: host.due.with(id, at) };
}
