import { formatIp, parseIp, parseMac } from '@netfold/addressing';
import type {
  LearningPort,
  NeighbourSeen,
  StationSeen,
  Traffic,
  TrafficCommand,
} from '@netfold/contracts';
import type { LabHost } from '../state/lab-host.ts';
import { limits } from '../limits.ts';
import { answered } from '../work.ts';
import type { Deciders, Work } from '../work.ts';
import { isNeighbourFresh } from './ageing.ts';
import { neighboursOn } from './learnt-on.ts';

export const trafficDeciders: Deciders<TrafficCommand['type']> = {
  ReportTraffic: (work, { traffic }) => {
    learn(work, traffic);
    return answered();
  },
};

/**
 * Makes facts of what packets taught. Links that have gone since learn nothing, and an entry that
 * is still good is used without being learnt anew; where nothing is left there is no fact.
 */
export function learn(work: Work, traffic: Traffic | undefined): void {
  if (traffic === undefined) return;
  const neighbours = traffic.neighbours
    .slice(0, limits.lessonsPerReportMax)
    .flatMap((seen) => learntNeighbour(work, seen) ?? []);
  const stations = traffic.stations
    .slice(0, limits.lessonsPerReportMax)
    .filter((seen) => isHeard(work, seen));
  if (neighbours.length === 0 && stations.length === 0) return;
  work.emit({ type: 'TrafficSeen', data: { at: work.now, neighbours, stations } });
}

/** A neighbour that does not answer any more leaves its MAC in the entry while it ages. */
function learntNeighbour(work: Work, seen: NeighbourSeen): NeighbourSeen | null {
  const host = work.lab.hosts.get(seen.link.host);
  const table = host === undefined ? null : neighboursOn(host, seen.link);
  if (table === null || !isAddress(seen.address)) return null;
  if (seen.how !== 'unanswered' && !isMac(seen.mac)) return null;
  const known = table.find(({ address }) => address === seen.address);
  if (known === undefined) return seen.how === 'unanswered' ? { ...seen, mac: null } : seen;
  const isGood = isNeighbourFresh(known, work.now);
  if (seen.how === 'unanswered') {
    const isForgotten = known.how === 'unanswered';
    return { ...seen, mac: isForgotten ? null : known.mac };
  }
  if (isGood && known.mac === seen.mac) return null;
  // What was known for long is used first and asked about later.
  const isUsedFirst = known.how !== 'unanswered' && known.mac === seen.mac;
  return isUsedFirst ? { ...seen, how: 'heard' } : seen;
}

function isHeard(work: Work, { port, mac }: StationSeen): boolean {
  const host = work.lab.hosts.get(port.host);
  return host !== undefined && isThere(host, port) && isMac(mac);
}

function isThere(host: LabHost, { kind, id }: LearningPort): boolean {
  switch (kind) {
    case 'vtep':
      return host.overlays.has(id);
    case 'endpoint':
      return Boolean(host.endpoints.get(id)?.joined?.veth);
    case 'handMade':
      return (host.handMade?.links[id]?.master ?? null) !== null;
    default:
      return kind satisfies never;
  }
}

/** As the tables print it: an event holds no other form. */
const isMac = (text: string | null): boolean => text !== null && parseMac(text) === text;

function isAddress(text: string): boolean {
  const address = parseIp(text);
  return address !== null && formatIp(address) === text;
}
