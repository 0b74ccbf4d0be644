import type { LinkPlace, RoutePlace } from '@netfold/contracts';
import type { HandMade } from '../state/hand-made.ts';

export const linkKey = ({ namespace, interfaceIndex }: LinkPlace): string =>
  `${namespace} ${interfaceIndex}`;

/** @param address  of a link (with its length) or of a neighbour (without) */
export const addressKey = (place: LinkPlace, address: string): string =>
  `${linkKey(place)} ${address}`;

export const routeKey = (place: RoutePlace): string =>
  `${linkKey(place)} ${place.family} ${place.destination} ${place.metric} ${place.gateway ?? ''}`;

export const parameterKey = (namespace: string, name: string): string => `${namespace} ${name}`;

/** The stack of a namespace that `ip netns add` made. */
export const namedNamespace = (name: string): string => `netns/${name}`;

/** A host whose stacks nobody edited. */
export const untouchedStacks: HandMade = {
  namespaces: [],
  lastIndexes: {},
  links: {},
  edited: {},
  addresses: {},
  removedAddresses: {},
  routes: {},
  removedRoutes: {},
  neighbours: {},
  removedNeighbours: {},
  parameters: {},
};
