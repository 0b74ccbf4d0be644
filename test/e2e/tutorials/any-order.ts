import type { Recording } from '@netfold/test-transcripts';
import type { HostFacts, InterfaceFact } from './host-facts.ts';
import { askedBy } from './mutation-of.ts';

/**
 * Two things differ from one recording of the same lines to the next, and then say nothing:
 * an engine joins a container that starts to its networks in no order (it walks a Go map), and
 * after a restart the kernel may or may not have freed the number of the old namespace yet.
 *
 * @returns the first step after which that may be seen; null where it never is
 */
export function unorderedFrom(recording: Recording): number | null {
  const manyNetworks = containersOnManyNetworks(recording);
  for (const [at, answer] of recording.answers.entries()) {
    for (const exchange of answer.api ?? []) {
      const asked = askedBy(exchange);
      if (asked?.kind !== 'mutation') continue;
      if (asked.name === 'containerRestart') return at;
      const container = String(asked.input['container']);
      if (asked.name === 'containerStart' && manyNetworks.has(container)) return at;
    }
  }
  return null;
}

type Attached = {
  readonly Id: string;
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, unknown>> };
};

/** Names and ids of containers that were on two networks besides the default one. */
function containersOnManyNetworks({ moments }: Recording): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { state } of moments) {
    for (const [key, value] of Object.entries(state)) {
      if (!key.startsWith('engine/container/')) continue;
      const { Id, NetworkSettings } = value as Attached;
      const networks = Object.keys(NetworkSettings.Networks);
      if (networks.filter((name) => name !== 'bridge').length < 2) continue;
      found.add(key.slice('engine/container/'.length)).add(Id);
    }
  }
  return found;
}

/**
 * The facts without that order: indexes by their rank alone, the pairs of one container in order
 * of its interfaces' names, namespaces by first appearance, its own hosts lines sorted.
 */
export function inAnyOrder(facts: HostFacts): HostFacts {
  const stacks = Object.entries(facts).filter(([section]) => section.endsWith('/interfaces'));
  const lists = stacks.map(
    ([section, list]) => [section, list as readonly InterfaceFact[]] as const,
  );
  const newIndexes = indexesByRank(lists.map(([, list]) => list));
  const changed: Record<string, unknown> = { ...facts };
  for (const [section, list] of lists) {
    const namespaces = new Map<number, number>();
    changed[section] = list
      .map((link) => ({
        ...link,
        index: newIndexes.get(link.index) ?? link.index,
        peerIndex: link.peerIndex === null ? null : (newIndexes.get(link.peerIndex) ?? null),
      }))
      .toSorted((one, other) => one.index - other.index)
      .map((link) => ({ ...link, peerNamespace: renumbered(namespaces, link.peerNamespace) }));
  }
  for (const [section, lines] of Object.entries(facts)) {
    if (section.endsWith('/hosts')) changed[section] = (lines as readonly string[]).toSorted();
  }
  return changed;
}

function renumbered(seen: Map<number, number>, number: number | null): number | null {
  if (number === null) return null;
  const known = seen.get(number) ?? seen.size;
  seen.set(number, known);
  return known;
}

/** The pairs of one stack swap among themselves until they stand in order of their names. */
function indexesByRank(lists: readonly (readonly InterfaceFact[])[]): ReadonlyMap<number, number> {
  const swapped = new Map<number, number>();
  for (const list of lists) {
    const pairs = list.filter(({ name, kind }) => kind === 'veth' && name.startsWith('eth'));
    const indexes = pairs.map(({ index }) => index).toSorted((one, other) => one - other);
    const byName = pairs.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    for (const [at, { index, peerIndex }] of byName.entries()) {
      const wanted = indexes[at] ?? index;
      swapped.set(index, wanted);
      if (peerIndex !== null) swapped.set(peerIndex, wanted + (peerIndex - index));
    }
  }
  const all = lists.flat().flatMap(({ index, peerIndex }) => [index, peerIndex ?? index]);
  const ranked = [...new Set(all.map((index) => swapped.get(index) ?? index))];
  ranked.sort((one, other) => one - other);
  return new Map(all.map((index) => [index, ranked.indexOf(swapped.get(index) ?? index)]));
}
