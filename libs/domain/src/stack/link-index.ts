import type { LinkPlace } from '@netfold/contracts';
import type { LabHost } from '../state/lab-host.ts';
import { linkKey, untouchedStacks } from './stack-key.ts';

/** The host counts on for itself; a stack of its own begins after its loopback. */
export function nextIndex(host: LabHost, namespace: string, made: readonly LinkPlace[]): number {
  const { links, lastIndexes } = host.handMade ?? untouchedStacks;
  const last =
    namespace === '' ? host.nextInterfaceIndex - 1 : (lastIndexes[namespace] ?? loopbackIndex);
  const sandbox = host.sandboxes.get(namespace);
  const joined = (sandbox?.endpointIds ?? []).map(
    (id) => host.endpoints.get(id)?.joined?.interfaceIndex,
  );
  let index = last + 1;
  const isTaken = (): boolean =>
    linkKey({ namespace, interfaceIndex: index }) in links ||
    joined.includes(index) ||
    made.some((one) => one.namespace === namespace && one.interfaceIndex === index);
  while (isTaken()) index += 1;
  return index;
}

const loopbackIndex = 1;
/** NICs follow the loopback. */
const firstNicIndex = 2;

/** Indexes in a stack that no hand gave out: of `lo`, NICs, bridges and ends of pairs. */
export function enginesIndexes(host: LabHost, namespace: string): ReadonlySet<number> {
  const taken = new Set([loopbackIndex]);
  const take = (index: number | undefined): void => {
    if (index !== undefined) taken.add(index);
  };
  if (namespace !== '') {
    const { endpointIds = [] } = host.sandboxes.get(namespace) ?? {};
    for (const id of endpointIds) take(host.endpoints.get(id)?.joined?.interfaceIndex);
    return taken;
  }
  for (const at of host.spec.nics.keys()) take(firstNicIndex + at);
  for (const { bridge, parentLink } of host.networks.values()) {
    take(bridge?.interfaceIndex);
    take(parentLink?.interfaceIndex);
  }
  for (const { joined } of host.endpoints.values()) take(joined?.veth?.interfaceIndex);
  return taken;
}

/**
 * The index of a link of the engine in the stack that it is moved into: its own, unless one made
 * by hand has it there.
 *
 * @source Linux net/core/dev.c dev_change_net_namespace
 */
export function keptIndex(host: LabHost, namespace: string, index: number): number {
  const { links } = host.handMade ?? untouchedStacks;
  const isTaken = linkKey({ namespace, interfaceIndex: index }) in links;
  return isTaken ? nextIndex(host, namespace, []) : index;
}
