import type { LabTime, NeighbourSeen, StationSeen, TrafficEvent } from '@netfold/contracts';
import { withEndpoint, withNetwork } from '../endpoint/change-endpoint.ts';
import type { Folds } from '../fold.ts';
import { changeHost } from '../host/change-host.ts';
import { limits } from '../limits.ts';
import { withHandMadeLink } from '../stack/engine-links.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { LearntNeighbour, LearntStation } from '../state/learnt.ts';
import type { ActiveLab } from '../state/lab.ts';

export const trafficFolds: Folds<TrafficEvent['type']> = {
  TrafficSeen: (lab, { at, neighbours, stations }) => {
    const met = neighbours.reduce(
      (known: ActiveLab, seen) =>
        changeHost(known, seen.link.host, (host) => withNeighbour(host, seen, at)),
      lab,
    );
    return stations.reduce(
      (known: ActiveLab, seen) =>
        changeHost(known, seen.port.host, (host) => withStation(host, seen, at)),
      met,
    );
  },
};

function withNeighbour(host: LabHost, seen: NeighbourSeen, at: LabTime): LabHost {
  const { link, address, mac, how } = seen;
  const learnt = { address, mac, how, at };
  const table = (known: readonly LearntNeighbour[] = []) =>
    latest(
      known.filter((one) => one.address !== address),
      learnt,
      limits.neighboursPerLinkMax,
    );
  switch (link.kind) {
    case 'endpoint':
      return withEndpoint(host, link.id, (endpoint) => {
        if (endpoint.joined === null) throw new Error(`endpoint ${link.id} has not joined`);
        const neighbours = table(endpoint.joined.neighbours);
        return { ...endpoint, joined: { ...endpoint.joined, neighbours } };
      });
    case 'bridge':
      return withNetwork(host, link.id, (network) => ({
        ...network,
        neighbours: table(network.neighbours),
      }));
    case 'nic': {
      const known = host.nicNeighbours ?? {};
      return { ...host, nicNeighbours: { ...known, [link.id]: table(known[link.id]) } };
    }
    case 'handMade':
      return withHandMadeLink(host, link.id, (one) => ({ ...one, learnt: table(one.learnt) }));
    default:
      return link satisfies never;
  }
}

function withStation(host: LabHost, { port, mac }: StationSeen, at: LabTime): LabHost {
  const table = (known: readonly LearntStation[] = []) =>
    latest(
      known.filter((one) => one.mac !== mac),
      { mac, at },
      limits.stationsPerPortMax,
    );
  if (port.kind === 'vtep') {
    const presence = host.overlays.get(port.id);
    if (presence === undefined) throw new Error(`no overlay ${port.id}`);
    const stations = table(presence.stations);
    return { ...host, overlays: host.overlays.with(port.id, { ...presence, stations }) };
  }
  if (port.kind === 'handMade') {
    return withHandMadeLink(host, port.id, (one) => ({ ...one, stations: table(one.stations) }));
  }
  return withEndpoint(host, port.id, (endpoint) => {
    const { joined } = endpoint;
    if (joined === null) throw new Error(`endpoint ${port.id} has not joined`);
    return { ...endpoint, joined: { ...joined, stations: table(joined.stations) } };
  });
}

const latest = <T>(others: readonly T[], learnt: T, max: number): readonly T[] =>
  [...others, learnt].slice(-max);
