import type { FoundLink, LinkPlace } from '@netfold/contracts';
import type { HandMade, HandMadeLink } from '../state/hand-made.ts';
import { linkKey } from './stack-key.ts';

/** After a link is gone, with what hung on it; of a pair both halves go. */
export function withoutLink(made: HandMade, link: FoundLink): HandMade {
  const key = linkKey(link);
  const own = made.links[key];
  if (own === undefined) {
    const cleared = withoutTraces(made, [link]);
    return { ...cleared, edited: { ...cleared.edited, [key]: { link, isRemoved: true } } };
  }
  return withoutTraces(made, own.peer === null ? [own] : [own, own.peer]);
}

/** After a network stack is gone: its links, and the other halves of pairs that led into it. */
export function withoutNamespace(made: HandMade, namespace: string): HandMade {
  const gone = Object.values(made.links).filter(
    (link) => link.namespace === namespace || link.peer?.namespace === namespace,
  );
  const edited = Object.values(made.edited).flatMap(({ link }) =>
    link.namespace === namespace ? [link] : [],
  );
  const cleared = withoutTraces(made, [...gone, ...edited]);
  const { [namespace]: _, ...lastIndexes } = cleared.lastIndexes;
  const parameters = kept(cleared.parameters, (key) => !key.startsWith(`${namespace} `));
  return { ...cleared, lastIndexes, parameters };
}

/** After the engine took one of its links away: nobody can have edited it. */
export function withoutEngineLink(made: HandMade, link: LinkPlace): HandMade {
  return linkKey(link) in made.edited ? withoutTraces(made, [link]) : made;
}

/** A link in another stack: down, of no bridge, and without addresses and routes. */
export function movedLink(made: HandMade, link: FoundLink, to: LinkPlace): HandMade {
  const own = made.links[linkKey(link)];
  if (own === undefined) return made;
  const peer = own.peer === null ? undefined : made.links[linkKey(own.peer)];
  const cleared = withoutTraces(made, [link]);
  const moved: HandMadeLink = {
    ...own,
    ...to,
    isUp: false,
    linkLocalMac: null,
    master: null,
    learnt: [],
    stations: [],
  };
  const links = { ...cleared.links, [linkKey(to)]: moved };
  if (peer !== undefined) links[linkKey(peer)] = { ...peer, peer: to };
  return { ...cleared, links };
}

function withoutTraces(made: HandMade, places: readonly LinkPlace[]): HandMade {
  const gone = new Set(places.map(linkKey));
  const isOn = (place: LinkPlace): boolean => gone.has(linkKey(place));
  const stays = (key: string): boolean => !gone.has(key.split(' ', 2).join(' '));
  const links = Object.entries(made.links)
    .filter(([key]) => !gone.has(key))
    .map(([key, link]) => [key, link.master !== null && isOn(link.master) ? free(link) : link]);
  return {
    ...made,
    links: Object.fromEntries(links) as HandMade['links'],
    edited: kept(made.edited, (key) => !gone.has(key)),
    addresses: kept(made.addresses, stays),
    removedAddresses: kept(made.removedAddresses, stays),
    routes: kept(made.routes, stays),
    removedRoutes: kept(made.removedRoutes, stays),
    neighbours: kept(made.neighbours, stays),
    removedNeighbours: kept(made.removedNeighbours, stays),
  };
}

const free = (link: HandMadeLink): HandMadeLink => ({ ...link, master: null, stations: [] });

const kept = <T>(
  all: Readonly<Record<string, T>>,
  stays: (key: string) => boolean,
): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => stays(key)));
