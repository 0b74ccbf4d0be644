import type { LearningLink } from '@netfold/contracts';
import type { LabHost } from '../state/lab-host.ts';
import type { LearntNeighbour } from '../state/learnt.ts';

/** The neighbour table of a link; `null` when there is no such link that could learn. */
export function neighboursOn(
  host: LabHost,
  { kind, id }: LearningLink,
): readonly LearntNeighbour[] | null {
  switch (kind) {
    case 'endpoint': {
      const { joined } = host.endpoints.get(id) ?? {};
      return joined?.interfaceName ? (joined.neighbours ?? []) : null;
    }
    case 'bridge': {
      const network = host.networks.get(id);
      return network?.bridge ? (network.neighbours ?? []) : null;
    }
    case 'nic':
      return host.spec.nics.some(({ name }) => name === id) ? nicNeighbours(host, id) : null;
    case 'handMade': {
      const link = host.handMade?.links[id];
      return link?.isUp === true ? (link.learnt ?? []) : null;
    }
    default:
      return kind satisfies never;
  }
}

const nicNeighbours = (host: LabHost, nic: string): readonly LearntNeighbour[] =>
  host.nicNeighbours?.[nic] ?? [];
