import type { FoundLink, IndexedLink, LinkPlace, StackEvent } from '@netfold/contracts';
import type { Folds } from '../fold.ts';
import { changeHost } from '../host/change-host.ts';
import type { HandMade, HandMadeLink } from '../state/hand-made.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import { withSetting } from './link-setting.ts';
import { movedLink, withoutLink, withoutNamespace } from './removed-links.ts';
import {
  addressKey,
  linkKey,
  namedNamespace,
  parameterKey,
  routeKey,
  untouchedStacks,
} from './stack-key.ts';

export const stackFolds: Folds<StackEvent['type']> = {
  NamespaceAdded: (lab, { host, name }) =>
    changed(lab, host, (made) => ({
      ...made,
      namespaces: [...made.namespaces, { name, number: null }],
    })),

  NamespaceRemoved: (lab, { host, name }) =>
    changed(lab, host, (made) => ({
      ...withoutNamespace(made, namedNamespace(name)),
      namespaces: made.namespaces.filter((one) => one.name !== name),
    })),

  LinkAdded: (lab, { host, link, peer, ...numbers }) => {
    const half = (one: IndexedLink, other: IndexedLink | null): HandMadeLink => ({
      ...one,
      isUp: false,
      hasBeenUp: false,
      linkLocalMac: null,
      master: null,
      peer: other === null ? null : placeOf(other),
      hasHadPort: false,
      isMacSet: false,
    });
    const halves = peer === null ? [half(link, null)] : [half(peer, link), half(link, peer)];
    const after = changed(lab, host, (made) => numbered(halves.reduce(withLink, made), numbers));
    return changeHost(after, host, (one) => counted(one, halves));
  },

  LinkRemoved: (lab, { host, link }) => changed(lab, host, (made) => withoutLink(made, link)),

  LinkConfigured: (lab, { host, link, setting }) =>
    changed(lab, host, (made) => withSetting(made, link, setting)),

  LinkMoved: (lab, { host, link, to, ...numbers }) => {
    const after = changed(lab, host, (made) => numbered(movedLink(made, link, to), numbers));
    return changeHost(after, host, (one) => counted(one, [to]));
  },

  AddressAdded: (lab, { host, link, address }) =>
    changed(lab, host, (made) => ({
      ...withKnown(made, link),
      addresses: { ...made.addresses, [addressKey(address, address.address)]: address },
    })),

  AddressRemoved: (lab, { host, link, address }) =>
    changed(lab, host, (made) => {
      const key = addressKey(link, address);
      const known = withKnown(made, link);
      if (key in made.addresses) return { ...known, addresses: without(made.addresses, key) };
      return { ...known, removedAddresses: { ...made.removedAddresses, [key]: true } };
    }),

  RouteAdded: (lab, { host, link, route }) =>
    changed(lab, host, (made) => ({
      ...withKnown(made, link),
      routes: { ...without(made.routes, routeKey(route)), [routeKey(route)]: route },
    })),

  RouteRemoved: (lab, { host, link, route }) =>
    changed(lab, host, (made) => {
      const key = routeKey(route);
      const known = withKnown(made, link);
      if (key in made.routes) return { ...known, routes: without(made.routes, key) };
      return { ...known, removedRoutes: { ...made.removedRoutes, [key]: true } };
    }),

  NeighbourSet: (lab, { host, link, neighbour }) =>
    changed(lab, host, (made) => ({
      ...withKnown(made, link),
      neighbours: { ...made.neighbours, [addressKey(neighbour, neighbour.address)]: neighbour },
    })),

  NeighbourRemoved: (lab, { host, link, address }) =>
    changed(lab, host, (made) => {
      const key = addressKey(link, address);
      const known = withKnown(made, link);
      if (key in made.neighbours) return { ...known, neighbours: without(made.neighbours, key) };
      return { ...known, removedNeighbours: { ...made.removedNeighbours, [key]: true } };
    }),

  KernelParameterSet: (lab, { host, namespace, name, value }) =>
    changed(lab, host, (made) => ({
      ...made,
      parameters: { ...made.parameters, [parameterKey(namespace, name)]: value },
    })),
};

function changed(lab: ActiveLab, host: string, change: (made: HandMade) => HandMade): ActiveLab {
  return changeHost(lab, host, (one) => ({
    ...one,
    handMade: change(one.handMade ?? untouchedStacks),
  }));
}

const placeOf = ({ namespace, interfaceIndex }: LinkPlace): LinkPlace => ({
  namespace,
  interfaceIndex,
});

function withLink(made: HandMade, link: HandMadeLink): HandMade {
  return { ...made, links: { ...made.links, [linkKey(link)]: link } };
}

/** A link of the engine is remembered under the name that its maker gave it. */
function withKnown(made: HandMade, link: FoundLink): HandMade {
  const key = linkKey(link);
  if (key in made.links || key in made.edited) return made;
  return { ...made, edited: { ...made.edited, [key]: { link } } };
}

const without = <T>(all: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> => {
  const { [key]: _, ...rest } = all;
  return rest;
};

/** The host's own stack counts with the engine, the others for themselves. */
function counted(host: LabHost, links: readonly LinkPlace[]): LabHost {
  const { handMade = untouchedStacks } = host;
  const lastIndexes: Record<string, number> = { ...handMade.lastIndexes };
  let { nextInterfaceIndex } = host;
  for (const { namespace, interfaceIndex } of links) {
    if (namespace === '') nextInterfaceIndex = Math.max(nextInterfaceIndex, interfaceIndex + 1);
    else lastIndexes[namespace] = Math.max(lastIndexes[namespace] ?? 1, interfaceIndex);
  }
  return { ...host, nextInterfaceIndex, handMade: { ...handMade, lastIndexes } };
}

/** What a link of the host leads to has a number there from now on. */
function numbered(
  made: HandMade,
  { namespaceNumbers = {} }: { readonly namespaceNumbers?: Readonly<Record<string, number>> },
): HandMade {
  const namespaces = made.namespaces.map((one) => ({
    ...one,
    number: namespaceNumbers[one.name] ?? one.number,
  }));
  return { ...made, namespaces };
}
