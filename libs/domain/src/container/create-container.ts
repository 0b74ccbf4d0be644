import type {
  ContainerId,
  ContainerSpec,
  EndpointSpec,
  ImageSpec,
  Mount,
  Outcome,
  Refusal,
} from '@netfold/contracts';
import { aliasLimitProblem, emptyEndpoint, isUserDefined } from '../endpoint/endpoint-settings.ts';
import { getHost } from '../host/change-host.ts';
import { familiarReference, imageOf, parseImageReference } from '../image/image-catalogue.ts';
import { imageReferenceOn } from '../image/images-on-host.ts';
import { limits } from '../limits.ts';
import { findLocalNetwork } from '../network/find-network.ts';
import { noCommand, noSuchImage, specInvalid } from '../refusal/container.ts';
import { limitReached } from '../refusal/lab.ts';
import { mountsOf } from '../volume/container-mounts.ts';
import type { LabHost } from '../state/lab-host.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { generateName, reserveName } from './container-name.ts';
import { lateProblem, optionWarnings, sharedNamespaceProblem } from './create-options.ts';
import { resolveLinks } from './links.ts';
import type { ResolvedLink } from './links.ts';
import { mergedWithImage, settledSpec } from './merged-spec.ts';
import { isContainerMode, specProblem } from './spec-rules.ts';

const defaultNetworkName = 'bridge';

/**
 * `docker create`: answers `containerId` and the engine's warnings.
 *
 * @source moby/moby daemon/create.go containerCreate
 */
export function createContainer(work: Work, command: CommandOf<'CreateContainer'>): Outcome {
  const host = getHost(work.lab, command.host);
  const problem =
    specProblem(command.spec) ??
    sharedNamespaceProblem(host, command.spec) ??
    limitProblem(host, command.spec);
  if (problem !== null) return refusedWith(problem);
  const image = imageFor(work, host, command.spec.image);
  if ('message' in image) return refusedWith(image);
  const spec = mergedWithImage(command.spec, image);
  if (spec.entrypoint?.length === 0 && spec.command?.length === 0) return refusedWith(noCommand());
  const containerId = work.draw.hex64();
  const name = nameOf(work, host, { id: containerId, wanted: spec.name });
  if (typeof name !== 'string') return refusedWith(name);
  const late = lateProblem(spec, image);
  if (late !== null) return refusedWith(late);
  const settled = settledSpec(spec, host, containerId);
  const links =
    isUserDefined(settled.networkMode) && !isContainerMode(settled.networkMode)
      ? []
      : resolveLinks(host, settled.links);
  if ('message' in links) return refusedWith(links);
  const mounts = mountsOf(work, command.host, settled);
  if ('message' in mounts) return refusedWith(mounts);
  emitCreated(work, command.host, { containerId, name, spec: settled, links, mounts });
  return answered({ ids: { containerId }, warnings: warningsOf(settled) });
}

function emitCreated(
  work: Work,
  hostName: string,
  made: {
    readonly containerId: ContainerId;
    readonly name: string;
    readonly spec: ContainerSpec;
    readonly links: readonly ResolvedLink[];
    readonly mounts: readonly Mount[];
  },
): void {
  const { containerId, name, spec, links, mounts } = made;
  const image = imageReferenceOn(work.lab, getHost(work.lab, hostName), spec.image);
  const isOther = image !== null && image !== familiarReference(spec.image);
  work.emit({
    type: 'ContainerCreated',
    data: {
      host: hostName,
      containerId,
      name,
      spec,
      createdAt: work.now,
      ...(links.length === 0 ? {} : { links }),
      ...(mounts.length === 0 ? {} : { mounts }),
      ...(isOther ? { image } : {}),
    },
  });
  for (const [networkName, endpoint] of wantedNetworks(getHost(work.lab, hostName), spec)) {
    work.emit({
      type: 'NetworkAttached',
      data: { host: hostName, containerId, networkName, networkId: '', endpoint },
    });
  }
}

/**
 * Which networks the container is to join, by the name they are kept under.
 *
 * @source moby/moby daemon/container_operations.go updateContainerNetworkSettings
 */
function wantedNetworks(
  host: LabHost,
  spec: ContainerSpec,
): readonly (readonly [string, EndpointSpec])[] {
  if (isContainerMode(spec.networkMode)) return [];
  const isDefault = spec.networkMode === 'default';
  const reference = isDefault ? defaultNetworkName : spec.networkMode;
  const found = isUserDefined(reference) ? findLocalNetwork(host, reference) : null;
  const network = found?.kind === 'found' ? found.network : null;
  const ownName = network?.name ?? reference;
  const given = Object.entries(spec.endpoints);
  if (given.length === 0) return [[ownName, emptyEndpoint]];
  return given.map(([key, endpoint]) => {
    const isOwn = (isDefault && key === 'default') || key === network?.id;
    return [isOwn ? ownName : key, endpoint] as const;
  });
}

function imageFor(work: Work, host: LabHost, text: string): ImageSpec | Refusal {
  const reference = imageReferenceOn(work.lab, host, text);
  const image = reference === null ? null : imageOf(work.lab, reference);
  return image ?? imageProblem(text);
}

/** @source docker/distribution reference/reference.go ErrReferenceInvalidFormat */
function imageProblem(reference: string): Refusal {
  if (parseImageReference(reference) !== null) return noSuchImage(familiarReference(reference));
  const isUpperCase = parseImageReference(reference.toLowerCase()) !== null;
  const reason = isUpperCase ? ': repository name must be lowercase' : '';
  return specInvalid('ImageReferenceInvalid', `invalid reference format${reason}`);
}

function nameOf(
  work: Work,
  host: LabHost,
  container: { readonly id: ContainerId; readonly wanted: string },
): string | Refusal {
  const { id, wanted } = container;
  return wanted === '' ? generateName(host, work.draw, id) : reserveName(host, wanted);
}

/** @source moby/moby daemon/daemon_unix.go verifyPlatformContainerSettings */
function warningsOf(spec: ContainerSpec): readonly string[] {
  const isDiscarded = spec.networkMode === 'host' && spec.portBindings.length > 0;
  const discarded = 'Published ports are discarded when using host network mode';
  return [...optionWarnings(spec), ...(isDiscarded ? [discarded] : [])];
}

function limitProblem(host: LabHost, spec: ContainerSpec): Refusal | null {
  const { containersPerHostMax, publishedPortsPerHostMax } = limits;
  if (host.containers.size >= containersPerHostMax) {
    return limitReached('containers on a host', containersPerHostMax, host.containers.size);
  }
  const ports = spec.portBindings.length + spec.exposedPorts.length;
  if (ports > publishedPortsPerHostMax) {
    return limitReached('ports of a container', publishedPortsPerHostMax, ports);
  }
  for (const endpoint of Object.values(spec.endpoints)) {
    const beyond = aliasLimitProblem(endpoint);
    if (beyond !== null) return beyond;
  }
  return null;
}
