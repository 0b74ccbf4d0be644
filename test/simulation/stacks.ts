import type { FoundLink, StackEdit } from '@netfold/contracts';
import { hostNamespace, namespaceView } from '@netfold/dataplane';
import type { InterfaceRow, NamespaceView } from '@netfold/dataplane';
import { namedNamespace } from '@netfold/domain';
import { pick } from './situation.ts';
import type { Situation } from './situation.ts';

type View = { readonly at: Situation; readonly view: NamespaceView; readonly namespace: string };

/**
 * What somebody does to the network stacks of a host at its prompt, such that what the engine made
 * goes on: links, addresses, routes and neighbours of his own, and `docker0` down and up again.
 */
export function stackEdits(at: Situation): readonly StackEdit[] {
  const names = (at.host.handMade?.namespaces ?? []).map(({ name }) => name);
  const namespace = at.c % 3 === 0 ? namedNamespace(pick(names, at.b) ?? '') : hostNamespace;
  const isThere = namespace === hostNamespace || names.length > 0;
  const stack = isThere ? namespace : hostNamespace;
  const view = namespaceView(at.lab, 'lab', at.host, stack);
  const kind = pick(kinds, at.a) ?? addedLink;
  const made = kind({ at, view, namespace: stack });
  if (made.length > 0) return made;
  const instead = at.c % 4 === 0 ? addedNamespace : addedLink;
  const other = instead({ at, view, namespace: stack });
  return other.length > 0 ? other : addedNamespace({ at, view, namespace: stack });
}

type Kind = (view: View) => readonly StackEdit[];

const found = (row: InterfaceRow): FoundLink => ({
  namespace: row.namespace,
  interfaceIndex: row.interfaceIndex,
  name: row.name,
  networkId: row.networkId,
  endpointId: row.endpointId,
});

const isOwn = ({ at, namespace }: View, { interfaceIndex }: InterfaceRow): boolean =>
  `${namespace} ${interfaceIndex}` in (at.host.handMade?.links ?? {});

const ownLinks = (seen: View): InterfaceRow[] =>
  seen.view.interfaces.filter((row) => isOwn(seen, row));

const mac = ({ b, c, host }: Situation, last = 0): string =>
  ['02', '77', b, c, host.nextInterfaceIndex % 256, last]
    .map((part) => (typeof part === 'string' ? part : part.toString(16).padStart(2, '0')))
    .join(':');

const addedNamespace: Kind = ({ at }) => {
  const name = `ns${at.b % 3}`;
  const isKnown = at.host.handMade?.namespaces.some((one) => one.name === name) === true;
  if (!isKnown) return [{ kind: 'addNamespace', name }, setParameter(at)];
  return at.c % 2 === 0 ? [{ kind: 'removeNamespace', name }] : [setParameter(at)];
};

/** A network namespace forwards or not; the host itself goes on. */
const setParameter = ({ b, c }: Situation): StackEdit => ({
  kind: 'setParameter',
  namespace: namedNamespace(`ns${b % 3}`),
  name: 'net.ipv4.ip_forward',
  value: c % 2 === 0 ? '0' : '1',
});

const addedLink: Kind = ({ at, view, namespace }) => {
  const number = at.host.nextInterfaceIndex;
  const one = (name: string, kind: 'bridge' | 'veth') => ({
    namespace,
    name,
    kind,
    mac: mac(at, name.at(-1) === 'b' ? 2 : 1),
    mtuBytes: 1_500,
  });
  const names = [`hb${at.b}`, `hv${at.b}a`, `hv${at.b}b`];
  if (view.interfaces.some(({ name }) => names.includes(name)) || number > indexMax) return [];
  const [bridge = '', half = '', other = ''] = names;
  if (at.b % 2 === 0) return [{ kind: 'addLink', link: one(bridge, 'bridge'), peer: null }];
  const made: StackEdit = { kind: 'addLink', link: one(half, 'veth'), peer: one(other, 'veth') };
  const [first] = at.host.handMade?.namespaces ?? [];
  // The first index goes to the other half.
  const interfaceIndex = number + 1;
  const link = { namespace, interfaceIndex, name: half, networkId: null, endpointId: null };
  const added: StackEdit = { kind: 'addNamespace', name: 'ns0' };
  const name = first?.name ?? 'ns0';
  const isMoving = namespace === hostNamespace && at.c % 4 === 1;
  if (!isMoving) return [made];
  const moved: StackEdit = { kind: 'moveLink', link, namespace: namedNamespace(name) };
  return first === undefined ? [added, made, moved] : [made, moved];
};

const indexMax = 60_000;

const removedLink: Kind = (seen) => {
  const link = pick(ownLinks(seen), seen.at.b);
  return link === undefined ? [] : [{ kind: 'removeLink', link: found(link) }];
};

const configuredLink: Kind = (seen) => {
  const { at, view } = seen;
  const isBusy = at.b % 16 === 0;
  const docker0 = view.interfaces.find(({ name }) => name === 'docker0');
  if (isBusy && docker0 !== undefined) {
    return [{ kind: 'setLink', link: found(docker0), setting: { isUp: !docker0.isUp } }];
  }
  const link = pick(ownLinks(seen), at.b);
  const bridge = pick(
    view.interfaces.filter((row) => row.kind === 'bridge'),
    at.c,
  );
  if (link === undefined) return [];
  const isPort = link.kind === 'veth' && bridge !== undefined && at.c % 2 === 0;
  if (!isPort) return [{ kind: 'setLink', link: found(link), setting: { isUp: !link.isUp } }];
  const master = link.master === null ? found(bridge) : null;
  return [{ kind: 'setLink', link: found(link), setting: { master, isUp: true } }];
};

const movedLink: Kind = (seen) => {
  const { at, namespace } = seen;
  const link = pick(
    ownLinks(seen).filter(({ kind }) => kind === 'veth'),
    at.b,
  );
  const names = (at.host.handMade?.namespaces ?? []).map(({ name }) => namedNamespace(name));
  const to = pick(
    ['', ...names].filter((name) => name !== namespace),
    at.c,
  );
  if (link === undefined || to === undefined) return [];
  const there = namespaceView(at.lab, 'lab', at.host, to);
  if (there.interfaces.some(({ name }) => name === link.name)) return [];
  return [{ kind: 'moveLink', link: found(link), namespace: to }];
};

const changedAddress: Kind = (seen) => {
  const { at } = seen;
  const link = pick(ownLinks(seen), at.b);
  if (link === undefined) return [];
  const [known] = link.addresses.filter(({ family }) => family === 4);
  if (known !== undefined && at.c % 2 === 0) {
    return [{ kind: 'removeAddress', link: found(link), address: known.address }];
  }
  const { namespace, interfaceIndex } = link;
  const address = `10.88.${at.b}.${(at.c % 250) + 1}/24`;
  const given = { namespace, interfaceIndex, family: 4, address, broadcast: null } as const;
  const added: StackEdit = { kind: 'addAddress', link: found(link), address: given };
  return at.c % 5 === 0 ? [added, { kind: 'removeAddress', link: found(link), address }] : [added];
};

const changedRoute: Kind = ({ at, view, namespace }) => {
  const eth0 = view.interfaces.find(({ kind }) => kind === 'nic');
  if (eth0 === undefined) return [];
  const link = found(eth0);
  const row = view.routes.find(
    ({ device, destination }) => device === eth0.name && destination.startsWith('10.9.'),
  );
  const { interfaceIndex } = eth0;
  const where = { namespace, interfaceIndex, family: 4, metric: 0 } as const;
  if (row !== undefined && at.c % 2 === 0) {
    const { destination, gateway } = row;
    return [{ kind: 'removeRoute', link, route: { ...where, destination, gateway } }];
  }
  const destination = `10.9.${at.b}.0/24`;
  const gateway = '192.168.50.1';
  const route = { ...where, destination, gateway, scope: 'global', source: null } as const;
  const added: StackEdit = { kind: 'addRoute', link, route };
  const removed: StackEdit = {
    kind: 'removeRoute',
    link,
    route: { ...where, destination, gateway },
  };
  return at.c % 5 === 0 ? [added, removed] : [added];
};

const changedNeighbour: Kind = (seen) => {
  const { at, view } = seen;
  const link = pick([...ownLinks(seen), ...view.interfaces.filter(isNic)], at.b);
  if (link === undefined) return [];
  const known = view.neighbours.find(({ device }) => device === link.name);
  if (known !== undefined && at.c % 2 === 0) {
    return [{ kind: 'removeNeighbour', link: found(link), address: known.address }];
  }
  const { namespace, interfaceIndex } = link;
  const neighbour = { namespace, interfaceIndex, address: `10.88.0.${at.b}`, mac: mac(at) };
  const set: StackEdit = { kind: 'setNeighbour', link: found(link), neighbour };
  const { address } = neighbour;
  return at.c % 5 === 0 ? [set, { kind: 'removeNeighbour', link: found(link), address }] : [set];
};

const isNic = ({ kind }: InterfaceRow): boolean => kind === 'nic';

const kinds: readonly Kind[] = [
  addedLink,
  addedLink,
  addedNamespace,
  configuredLink,
  configuredLink,
  configuredLink,
  removedLink,
  movedLink,
  changedAddress,
  changedRoute,
  changedNeighbour,
];
