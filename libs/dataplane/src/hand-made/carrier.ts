import { linkKey, portsOf } from '@netfold/domain';
import type { HandMade, HandMadeLink, LabHost } from '@netfold/domain';
import type { LinkPlace } from '@netfold/contracts';
import type { InterfaceRow } from '../rows.ts';

/** Whether a link of the machine or the engine was left up; without an edit it is. */
export const isLeftUp = (made: HandMade, place: LinkPlace): boolean => {
  const edited = made.edited[linkKey(place)];
  return edited?.isUp !== false && edited?.isRemoved !== true;
};

/** A link that is up and whose other end is: frames get through. */
export function isCarrying(host: LabHost, made: HandMade, link: HandMadeLink): boolean {
  if (!link.isUp) return false;
  switch (link.kind) {
    case 'dummy':
      return true;
    case 'veth':
      return link.peer !== null && made.links[linkKey(link.peer)]?.isUp === true;
    case 'bridge':
      return !link.hasHadPort || hasCarryingPort(host, made, link);
    default:
      return link.kind satisfies never;
  }
}

function hasCarryingPort(host: LabHost, made: HandMade, bridge: LinkPlace): boolean {
  return hasHandMadeCarrier(host, made, bridge) || engineMembers(host, made, bridge).length > 0;
}

/** Whether a port that somebody gave the bridge by hand has a carrier. */
export function hasHandMadeCarrier(host: LabHost, made: HandMade, bridge: LinkPlace): boolean {
  if (portsOf(made, bridge).some((port) => isCarrying(host, made, port))) return true;
  return Object.values(made.edited).some(
    ({ link, master }) =>
      master !== undefined &&
      master !== null &&
      linkKey(master) === linkKey(bridge) &&
      isLeftUp(made, link),
  );
}

/** MACs of the ports that the engine gave a bridge of the host, and that are its ports still. */
export function engineMembers(host: LabHost, made: HandMade, bridge: LinkPlace): readonly string[] {
  if (bridge.namespace !== '') return [];
  return [...host.networks.values()]
    .filter((network) => network.bridge?.interfaceIndex === bridge.interfaceIndex)
    .flatMap(({ endpointIds }) => [...endpointIds.keys()])
    .flatMap((id) => host.endpoints.get(id)?.joined ?? [])
    .flatMap(({ veth, sandboxId, interfaceIndex }) => {
      if (veth === null) return [];
      const outside = { namespace: '', interfaceIndex: veth.interfaceIndex };
      const inside = { namespace: sandboxId, interfaceIndex };
      const isPort = made.edited[linkKey(outside)]?.master === undefined;
      return isPort && isLeftUp(made, outside) && isLeftUp(made, inside) ? [veth.mac] : [];
    });
}

/** How `ip link` names a link's state. */
export function stateColumns(
  link: Pick<HandMadeLink, 'kind' | 'isUp' | 'hasHadPort'>,
  hasCarrier: boolean,
  isLowerDown: boolean,
): Pick<InterfaceRow, 'hasCarrier' | 'operationalState'> {
  if (!link.isUp) return { hasCarrier: false, operationalState: 'DOWN' };
  const isUnknown = link.kind === 'dummy' || (link.kind === 'bridge' && !link.hasHadPort);
  if (hasCarrier) return { hasCarrier, operationalState: isUnknown ? 'UNKNOWN' : 'UP' };
  const isLower = link.kind === 'veth' && isLowerDown;
  return { hasCarrier, operationalState: isLower ? 'LOWERLAYERDOWN' : 'DOWN' };
}
