/**
 * A persistent list with holes, indexed by sequence number: the insertion order of a map.
 * Leaves hold 32 items, inner nodes 32 children; a change copies the path to the root.
 */
export type SequenceTrie<T> = {
  /** How many sequence numbers have been given; the next item gets this one. */
  readonly length: number;
  readonly depth: number;
  readonly root: Node<T>;
};

type Node<T> = readonly (Node<T> | T | undefined)[];

const bitsPerLevel = 5;
const width = 32;

export const emptySequence: SequenceTrie<never> = { length: 0, depth: 0, root: [] };

export function appended<T>(trie: SequenceTrie<T>, item: T): SequenceTrie<T> {
  const { length } = trie;
  if (length === width ** (trie.depth + 1)) {
    const raised = { length, depth: trie.depth + 1, root: [trie.root] };
    return {
      ...raised,
      length: length + 1,
      root: replaced(raised.root, raised.depth, length, item),
    };
  }
  return {
    length: length + 1,
    depth: trie.depth,
    root: replaced(trie.root, trie.depth, length, item),
  };
}

/** Leaves a hole: later items keep their numbers. */
export function withHole<T>(trie: SequenceTrie<T>, sequence: number): SequenceTrie<T> {
  return { ...trie, root: replaced(trie.root, trie.depth, sequence, undefined) };
}

function replaced<T>(node: Node<T>, depth: number, index: number, item: T | undefined): Node<T> {
  const place = (index >>> (depth * bitsPerLevel)) & (width - 1);
  const copy = node.slice();
  copy[place] =
    depth === 0
      ? item
      : replaced((node[place] as Node<T> | undefined) ?? [], depth - 1, index, item);
  return copy;
}

/** Items in order of their numbers, holes left out. */
export function* itemsOf<T>(trie: SequenceTrie<T>): IterableIterator<T> {
  yield* itemsBelow(trie.root, trie.depth);
}

function* itemsBelow<T>(node: Node<T>, depth: number): IterableIterator<T> {
  for (const child of node) {
    if (child === undefined) continue;
    if (depth === 0) yield child as T;
    else yield* itemsBelow(child as Node<T>, depth - 1);
  }
}
