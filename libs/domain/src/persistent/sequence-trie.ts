/**
 * A persistent list with holes, indexed by sequence number: the insertion order of a map.
 * The latest items stand in a tail of at most 32, so that most appends copy only that; full tails
 * go into a trie of leaves with 32 items and inner nodes with 32 children.
 */
export class SequenceTrie<T> {
  /** How many sequence numbers have been given; the next item gets this one. */
  readonly length: number;
  /** Levels above the leaves. */
  readonly depth: number;
  readonly root: Node<T>;
  readonly tail: readonly (T | undefined)[];

  constructor(length: number, depth: number, root: Node<T>, tail: readonly (T | undefined)[]) {
    this.length = length;
    this.depth = depth;
    this.root = root;
    this.tail = tail;
  }
}

type Node<T> = readonly (Node<T> | T | undefined)[];

const bitsPerLevel = 5;
const width = 32;

export const emptySequence = new SequenceTrie<never>(0, 0, [], []);

export function appended<T>(trie: SequenceTrie<T>, item: T): SequenceTrie<T> {
  const { length, tail } = trie;
  if (tail.length < width) {
    const longer = tail.slice();
    longer.push(item);
    return new SequenceTrie(length + 1, trie.depth, trie.root, longer);
  }
  const { depth, root } = withLeaf(trie, length - width);
  return new SequenceTrie<T>(length + 1, depth, root, [item]);
}

/** The full tail becomes a leaf of the trie, beginning at that number. */
function withLeaf<T>(
  trie: SequenceTrie<T>,
  start: number,
): { readonly depth: number; readonly root: Node<T> } {
  const isFull = start === width ** (trie.depth + 1);
  const depth = isFull || trie.depth === 0 ? trie.depth + 1 : trie.depth;
  const root: Node<T> = depth > trie.depth && start > 0 ? [trie.root] : trie.root;
  return { depth, root: placed(root, depth, start, trie.tail) };
}

function placed<T>(node: Node<T>, depth: number, start: number, leaf: Node<T>): Node<T> {
  const place = (start >>> (depth * bitsPerLevel)) & (width - 1);
  const copy = node.slice();
  const child = (node[place] as Node<T> | undefined) ?? [];
  copy[place] = depth === 1 ? leaf : placed(child, depth - 1, start, leaf);
  return copy;
}

/** Leaves a hole: later items keep their numbers. */
export function withHole<T>(trie: SequenceTrie<T>, sequence: number): SequenceTrie<T> {
  const { length, depth, root, tail } = trie;
  const tailStart = length - tail.length;
  if (sequence >= tailStart) {
    const copy = tail.slice();
    copy[sequence - tailStart] = undefined;
    return new SequenceTrie(length, depth, root, copy);
  }
  return new SequenceTrie(length, depth, cleared(root, depth, sequence), tail);
}

function cleared<T>(node: Node<T>, depth: number, sequence: number): Node<T> {
  const place = (sequence >>> (depth * bitsPerLevel)) & (width - 1);
  const copy = node.slice();
  copy[place] = depth === 0 ? undefined : cleared(node[place] as Node<T>, depth - 1, sequence);
  return copy;
}

/** Items in order of their numbers, holes left out. */
export function itemsOf<T>(trie: SequenceTrie<T>): T[] {
  const items: T[] = [];
  collect(trie.root, trie.depth, items);
  collect(trie.tail, 0, items);
  return items;
}

function collect<T>(node: Node<T>, depth: number, items: T[]): void {
  for (const child of node) {
    if (child === undefined) continue;
    if (depth === 0) items.push(child as T);
    else collect(child as Node<T>, depth - 1, items);
  }
}
