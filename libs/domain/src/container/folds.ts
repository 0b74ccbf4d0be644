import type { ContainerEvent, ContainerId } from '@netfold/contracts';
import type { DataOf, Folds } from '../fold.ts';
import { changeHost } from '../host/change-host.ts';
import { withoutEngineFiles } from '../file/container-files.ts';
import { imageFiles } from '../file/image-files.ts';
import { familiarReference } from '../image/image-catalogue.ts';
import { emptyMap } from '../persistent/empty-map.ts';
import type { Attachment, Container, ContainerLink } from '../state/container.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import { changeContainer, getContainer, withContainer, withDue } from './change-container.ts';
import { probedHealth, startingHealth, uncheckedHealth } from './health.ts';
import { appendedOutput, printedOutput, resumedOutput } from './output.ts';
import { isContainerMode } from './spec-rules.ts';

export const containerFolds: Folds<ContainerEvent['type']> = {
  ContainerCreated: (lab, data) => changeHost(lab, data.host, (host) => created(lab, host, data)),

  ContainerLimitsSet: (lab, data) =>
    changeContainer(lab, data, (container) => ({ ...container, spec: limited(container, data) })),

  ContainerRenamed: (lab, data) => changeHost(lab, data.host, (host) => renamed(host, data)),

  ContainerUnlinked: (lab, data) => changeHost(lab, data.host, (host) => unlinked(host, data)),

  NetworkAttached: (lab, data) => changeHost(lab, data.host, (host) => attached(host, data)),

  NetworkDetached: (lab, data) =>
    changeContainer(lab, data, (container) => ({
      ...container,
      attachments: container.attachments.without(data.networkName),
    })),

  ContainerStarted: (lab, data) => changeHost(lab, data.host, (host) => started(host, data)),

  ContainerStartFailed: (lab, data) =>
    changeHost(lab, data.host, (host) => {
      const changed = withContainer(host, data.containerId, (container) => ({
        ...container,
        error: data.error,
        exitCode: data.exitCode,
        restartsAt: null,
      }));
      return withDue(changed, data.containerId, null);
    }),

  ContainerPrinted: (lab, data) =>
    changeContainer(lab, data, (container) => ({
      ...container,
      output: appendedOutput(container.output, data.chunks),
    })),

  ContainerEndForeseen: (lab, data) =>
    changeHost(lab, data.host, (host) => {
      const { containerId, ends } = data;
      const { status } = getContainer(host, containerId);
      const changed = withContainer(host, containerId, (container) => ({ ...container, ends }));
      return withDue(changed, containerId, status === 'running' ? ends.at : null);
    }),

  ContainerHealthProbed: (lab, data) =>
    changeContainer(lab, data, (container) => ({
      ...container,
      health: probedHealth(container, data),
    })),

  ContainerExited: (lab, data) => changeHost(lab, data.host, (host) => exited(host, data)),

  ContainerPaused: (lab, data) =>
    changeHost(lab, data.host, (host) => {
      const changed = withContainer(host, data.containerId, (container) => ({
        ...container,
        status: 'paused',
        pausedAt: data.at ?? null,
        health: uncheckedHealth(container, data.at ?? null),
      }));
      return withDue(changed, data.containerId, null);
    }),

  ContainerUnpaused: (lab, data) =>
    changeHost(lab, data.host, (host) => {
      const { ends } = getContainer(host, data.containerId);
      const endsAt =
        ends === null || ends.at === null ? null : Math.max(ends.at, data.at ?? ends.at);
      const changed = withContainer(host, data.containerId, (container) => ({
        ...container,
        status: 'running',
        pausedAt: null,
        ends: ends && { ...ends, at: endsAt },
        health: container.health && { ...container.health, since: data.at ?? null },
        output: resumedOutput(container, data.at),
      }));
      return withDue(changed, data.containerId, endsAt);
    }),

  ContainerRestarted: (lab, data) => changeHost(lab, data.host, (host) => restarted(host, data)),

  ContainerRemoved: (lab, data) =>
    changeHost(lab, data.host, (host) => removed(host, data.containerId)),
};

function limited(
  { spec }: Container,
  { resources, restartPolicy }: DataOf<'ContainerLimitsSet'>,
): Container['spec'] {
  const { config, hostConfig } = spec.passThrough;
  return {
    ...spec,
    restartPolicy: restartPolicy ?? spec.restartPolicy,
    passThrough: { config, hostConfig: { ...hostConfig, ...resources } },
  };
}

function created(lab: ActiveLab, host: LabHost, data: DataOf<'ContainerCreated'>): LabHost {
  const links = (data.links ?? []).map((link): ContainerLink => {
    const name = host.containers.get(link.containerId)?.name ?? '';
    return { ...link, name, hostNames: '', ipv4: '', ipv6: '' };
  });
  const container: Container = {
    id: data.containerId,
    name: data.name,
    spec: data.spec,
    createdAt: data.createdAt,
    ordinal: host.nextOrdinal,
    status: 'created',
    processId: 0,
    startedAt: null,
    pausedAt: null,
    finishedAt: null,
    exitCode: 0,
    error: '',
    restartCount: 0,
    isStoppedByUser: false,
    ends: null,
    sandboxId: null,
    attachments: emptyMap(),
    execIds: [],
    output: [],
    hasGeneratedName: data.spec.name === '',
    links,
    linkedBy: [],
    lastSandboxId: '',
    leftSandboxIds: [],
    restartsAt: null,
    restartDelayMs: 0,
    image: data.image ?? familiarReference(data.spec.image),
    mounts: data.mounts ?? [],
    files: imageFiles(lab, data.image ?? data.spec.image),
    removed: [],
    health: null,
  };
  const withIt: LabHost = {
    ...host,
    containers: host.containers.with(data.containerId, container),
    containerNames: host.containerNames.with(data.name, data.containerId),
    nextOrdinal: host.nextOrdinal + 1,
  };
  return links.reduce((current, link) => linkedFrom(current, link, data.containerId), withIt);
}

function linkedFrom(host: LabHost, link: ContainerLink, parentId: ContainerId): LabHost {
  return withContainer(host, link.containerId, (child) => ({
    ...child,
    linkedBy: child.linkedBy.includes(parentId) ? child.linkedBy : [...child.linkedBy, parentId],
  }));
}

function unlinked(host: LabHost, data: DataOf<'ContainerUnlinked'>): LabHost {
  const { containerId, targetId, alias } = data;
  const links = getContainer(host, containerId).links.filter((link) => link.alias !== alias);
  const without = withContainer(host, containerId, (container) => ({ ...container, links }));
  const isLinkedStill = links.some((link) => link.containerId === targetId);
  if (isLinkedStill || !host.containers.has(targetId)) return without;
  return withContainer(without, targetId, (target) => ({
    ...target,
    linkedBy: target.linkedBy.filter((id) => id !== containerId),
  }));
}

function renamed(host: LabHost, data: DataOf<'ContainerRenamed'>): LabHost {
  const { name: oldName, linkedBy } = getContainer(host, data.containerId);
  const changed = withContainer(host, data.containerId, (container) => ({
    ...container,
    name: data.name,
    hasGeneratedName: false,
  }));
  const named: LabHost = {
    ...changed,
    containerNames: host.containerNames.without(oldName).with(data.name, data.containerId),
  };
  return linkedBy.reduce(
    (current, parentId) =>
      withContainer(current, parentId, (parent) => ({
        ...parent,
        links: parent.links.map((link) =>
          link.containerId === data.containerId ? { ...link, name: data.name } : link,
        ),
      })),
    named,
  );
}

function attached(host: LabHost, data: DataOf<'NetworkAttached'>): LabHost {
  const known = getContainer(host, data.containerId).attachments.get(data.networkName);
  const attachment: Attachment = {
    networkName: data.networkName,
    networkId: data.networkId,
    endpoint: data.endpoint,
    ordinal: known?.ordinal ?? host.nextOrdinal,
  };
  const changed = withContainer(host, data.containerId, (container) => ({
    ...container,
    attachments: container.attachments.with(data.networkName, attachment),
  }));
  return { ...changed, nextOrdinal: host.nextOrdinal + (known === undefined ? 1 : 0) };
}

/** A restart policy goes on counting; a start by hand begins anew. */
function started(host: LabHost, data: DataOf<'ContainerStarted'>): LabHost {
  const changed = withContainer(host, data.containerId, (container) => {
    const isByPolicy = container.restartsAt !== null;
    return {
      ...container,
      spec: namedAfterStack(host, container),
      status: 'running',
      processId: data.processId,
      startedAt: data.startedAt,
      exitCode: 0,
      error: '',
      restartCount: isByPolicy ? container.restartCount : 0,
      isStoppedByUser: false,
      ends: data.ends,
      files: withoutEngineFiles(container.files),
      sandboxId: data.sandboxId,
      health: startingHealth(container, data.startedAt),
      restartsAt: null,
      restartDelayMs: isByPolicy ? container.restartDelayMs : 0,
    };
  });
  const nextProcessId = Math.max(host.nextProcessId, data.processId + 1);
  const lasting = withLastingMembers({ ...changed, nextProcessId }, data.sandboxId);
  return withDue(lasting, data.containerId, data.ends?.at ?? null);
}

/**
 * In container mode it takes the hostname of whom it joins, for good.
 *
 * @source moby/moby daemon/container_operations.go initializeNetworking
 */
function namedAfterStack(host: LabHost, { spec }: Container): Container['spec'] {
  if (!isContainerMode(spec.networkMode)) return spec;
  const target = host.containers.get(spec.networkMode.slice('container:'.length));
  if (target === undefined) return spec;
  const { hostname, domainname } = target.spec;
  return { ...spec, hostname, domainname };
}

/** The bridges of the networks that the container joined have been up from now on. */
function withLastingMembers(host: LabHost, sandboxId: string): LabHost {
  const endpointIds = host.sandboxes.get(sandboxId)?.endpointIds ?? [];
  return endpointIds.reduce((current, id) => {
    const network = current.networks.get(current.endpoints.get(id)?.networkId ?? '');
    if (!network?.bridge || network.bridge.hasHadMember) return current;
    const bridge = { ...network.bridge, hasHadMember: true };
    return { ...current, networks: current.networks.with(network.id, { ...network, bridge }) };
  }, host);
}

function exited(host: LabHost, data: DataOf<'ContainerExited'>): LabHost {
  const restartsAt = data.restartsAt ?? null;
  const changed = withContainer(host, data.containerId, (container) => ({
    ...container,
    status: 'exited',
    processId: 0,
    pausedAt: null,
    output: printedOutput(container, data.finishedAt),
    finishedAt: data.finishedAt,
    exitCode: data.exitCode,
    ends: null,
    sandboxId: null,
    health: uncheckedHealth(container, data.finishedAt),
    isStoppedByUser: data.cause !== 'ownEnd',
    restartCount: container.restartCount + (restartsAt === null ? 0 : 1),
    restartsAt,
    restartDelayMs: data.restartDelayMs ?? 0,
  }));
  return withDue(changed, data.containerId, restartsAt);
}

/** Only a bounded catch-up changes anything here: other restarts are told by their own facts. */
function restarted(host: LabHost, data: DataOf<'ContainerRestarted'>): LabHost {
  const { count, finishedAt, restartsAt, restartDelayMs } = data;
  if (count === undefined) return host;
  const changed = withContainer(host, data.containerId, (container) => ({
    ...container,
    restartCount: container.restartCount + count,
    finishedAt: finishedAt ?? container.finishedAt,
    restartsAt: restartsAt ?? container.restartsAt,
    restartDelayMs: restartDelayMs ?? container.restartDelayMs,
  }));
  return withDue(changed, data.containerId, restartsAt ?? null);
}

function removed(host: LabHost, id: ContainerId): LabHost {
  const { name, execIds, links } = getContainer(host, id);
  const without: LabHost = {
    ...host,
    containers: host.containers.without(id),
    containerNames: host.containerNames.without(name),
    execs: execIds.reduce((execs, execId) => execs.without(execId), host.execs),
  };
  const unlinked = links.reduce((current, link) => {
    if (!current.containers.has(link.containerId)) return current;
    return withContainer(current, link.containerId, (child) => ({
      ...child,
      linkedBy: child.linkedBy.filter((parentId) => parentId !== id),
    }));
  }, without);
  return withDue(unlinked, id, null);
}
