import type {
  HostName,
  IndexedLink,
  LabEvent,
  LinkPlace,
  Outcome,
  StackCommand,
  StackEdit,
  WantedLink,
} from '@netfold/contracts';
import { lowestNamespaceNumber } from '../endpoint/sandbox.ts';
import { getHost } from '../host/change-host.ts';
import { limits } from '../limits.ts';
import { limitReached } from '../refusal/lab.ts';
import type { HandMade } from '../state/hand-made.ts';
import type { LabHost } from '../state/lab-host.ts';
import { answered, refusedWith } from '../work.ts';
import type { Deciders, Work } from '../work.ts';
import { enginesIndexes, nextIndex } from './link-index.ts';
import { linkKey, namedNamespace, untouchedStacks } from './stack-key.ts';

export const stackDeciders: Deciders<StackCommand['type']> = {
  EditStacks: (work, { host, edits }) => editStacks(work, host, edits),
};

/**
 * Makes facts of what `ip` and its like did. The tool refuses by what it sees of the stacks; its
 * places hold for the version that it saw, which the command should name.
 */
function editStacks(work: Work, host: HostName, edits: readonly StackEdit[]): Outcome {
  const { stackEditsPerHostMax: max } = limits;
  const inUse = sizeOf(getHost(work.lab, host).handMade ?? untouchedStacks);
  if (inUse + edits.length > max) {
    return refusedWith(limitReached('edits of the network stacks of a host', max, inUse));
  }
  for (const edit of edits) {
    const now = getHost(work.lab, host);
    if (isStillRight(now, edit)) work.emit(factOf(now, edit));
  }
  return answered();
}

/** Since its tool looked a stack may have ended, and a namespace may have been made by another. */
function isStillRight(host: LabHost, edit: StackEdit): boolean {
  const { namespaces } = host.handMade ?? untouchedStacks;
  if (edit.kind === 'addNamespace') return !namespaces.some(({ name }) => name === edit.name);
  const isThere = (namespace: string): boolean =>
    namespace === '' ||
    host.sandboxes.has(namespace) ||
    namespaces.some(({ name }) => namedNamespace(name) === namespace);
  return namespacesOf(edit).every(isThere);
}

function namespacesOf(edit: StackEdit): readonly string[] {
  const own = 'link' in edit ? [edit.link.namespace] : [];
  if (edit.kind === 'addLink' && edit.peer !== null) return [...own, edit.peer.namespace];
  return edit.kind === 'moveLink' || edit.kind === 'setParameter' ? [...own, edit.namespace] : own;
}

function sizeOf(made: HandMade): number {
  return Object.values(made).reduce((sum, table) => sum + Object.keys(table).length, 0);
}

function factOf(labHost: LabHost, edit: StackEdit): LabEvent {
  const host = labHost.name;
  switch (edit.kind) {
    case 'addLink':
      return addedLink(labHost, edit);
    case 'moveLink':
      return movedLink(labHost, edit);
    default: {
      const { kind, ...data } = edit;
      // The compiler cannot pair the kind with its data.
      return { type: factTypes[kind], data: { host, ...data } } as LabEvent;
    }
  }
}

type Plain = Exclude<StackEdit['kind'], 'addLink' | 'moveLink'>;

const factTypes: { readonly [K in Plain]: LabEvent['type'] } = {
  addNamespace: 'NamespaceAdded',
  removeNamespace: 'NamespaceRemoved',
  removeLink: 'LinkRemoved',
  setLink: 'LinkConfigured',
  addAddress: 'AddressAdded',
  removeAddress: 'AddressRemoved',
  addRoute: 'RouteAdded',
  removeRoute: 'RouteRemoved',
  setNeighbour: 'NeighbourSet',
  removeNeighbour: 'NeighbourRemoved',
  setParameter: 'KernelParameterSet',
};

/** The other half of a pair is made first. */
function addedLink(
  host: LabHost,
  { link, peer }: Extract<StackEdit, { kind: 'addLink' }>,
): LabEvent {
  const first = peer === null ? null : indexed(host, peer, []);
  const second = indexed(host, link, first === null ? [] : [first]);
  const data = { host: host.name, link: second, peer: first };
  return {
    type: 'LinkAdded',
    data: { ...data, ...numbersOf(host, [second, ...(first ? [first] : [])]) },
  };
}

function indexed(host: LabHost, link: WantedLink, made: readonly LinkPlace[]): IndexedLink {
  return { ...link, interfaceIndex: nextIndex(host, link.namespace, made) };
}

/** A link keeps its index where nobody else has it. */
function movedLink(
  host: LabHost,
  { link, namespace }: Extract<StackEdit, { kind: 'moveLink' }>,
): LabEvent {
  const { links } = host.handMade ?? untouchedStacks;
  const same = { namespace, interfaceIndex: link.interfaceIndex };
  const isTaken =
    linkKey(same) in links || enginesIndexes(host, namespace).has(link.interfaceIndex);
  const to = isTaken ? { namespace, interfaceIndex: nextIndex(host, namespace, []) } : same;
  const { peer = null } = links[linkKey(link)] ?? {};
  const numbers = numbersOf(host, peer === null ? [] : [to, peer]);
  return { type: 'LinkMoved', data: { host: host.name, link, to, ...numbers } };
}

/** A pair between the host and a namespace without a number gives that one its number. */
function numbersOf(
  host: LabHost,
  ends: readonly LinkPlace[],
): { readonly namespaceNumbers?: Readonly<Record<string, number>> } {
  if (!ends.some(({ namespace }) => namespace === '')) return {};
  const reached = (host.handMade ?? untouchedStacks).namespaces.find(
    ({ name, number }) =>
      number === null && ends.some(({ namespace }) => namespace === namedNamespace(name)),
  );
  if (reached === undefined) return {};
  return { namespaceNumbers: { [reached.name]: lowestNamespaceNumber(host) } };
}
