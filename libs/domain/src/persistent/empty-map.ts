import { Entry, emptyBranch, findEntry, hashOf, withEntry, withoutEntry } from './hash-trie.ts';
import type { Branch } from './hash-trie.ts';
import type { PersistentMap } from './persistent-map.ts';
import { appended, emptySequence, itemsOf, withHole } from './sequence-trie.ts';
import type { SequenceTrie } from './sequence-trie.ts';

/**
 * Up to this many keys two flat arrays are smaller and faster than a trie (measured at 6 to
 * 12).
 */
const flatSizeMax = 8;

/** Removed keys leave holes in the order; beyond this many more than keys it is laid out anew. */
const holesSlack = 32;

/** The map without keys. `emptyMap<string, Network>()` names its types. */
export function emptyMap<K extends string, V>(): PersistentMap<K, V> {
  return noEntries as unknown as PersistentMap<K, V>;
}

/** A map of the given entries, in their order. */
export function mapOf<K extends string, V>(
  entries: Iterable<readonly [K, V]>,
): PersistentMap<K, V> {
  let map = emptyMap<K, V>();
  for (const [key, value] of entries) map = map.with(key, value);
  return map;
}

class FlatMap<K extends string, V> implements PersistentMap<K, V> {
  readonly size: number;
  private readonly names: readonly K[];
  private readonly items: readonly V[];

  constructor(names: readonly K[], items: readonly V[]) {
    this.size = names.length;
    this.names = names;
    this.items = items;
  }

  get(key: K): V | undefined {
    return this.items[this.names.indexOf(key)];
  }

  has(key: K): boolean {
    return this.names.includes(key);
  }

  with(key: K, value: V): PersistentMap<K, V> {
    const index = this.names.indexOf(key);
    const items = this.items.slice();
    if (index >= 0) {
      items[index] = value;
      return new FlatMap(this.names, items);
    }
    if (this.size === flatSizeMax) return trieOf(this.entries()).with(key, value);
    items.push(value);
    const names = this.names.slice();
    names.push(key);
    return new FlatMap(names, items);
  }

  without(key: K): PersistentMap<K, V> {
    const index = this.names.indexOf(key);
    if (index < 0) return this;
    const isOther = (_: unknown, at: number): boolean => at !== index;
    return new FlatMap(this.names.filter(isOther), this.items.filter(isOther));
  }

  entries(): IterableIterator<[K, V]> {
    return this.names.map((name, index): [K, V] => [name, this.items[index] as V]).values();
  }

  keys(): IterableIterator<K> {
    return this.names.values();
  }

  values(): IterableIterator<V> {
    return this.items.values();
  }
}

class TrieMap<K extends string, V> implements PersistentMap<K, V> {
  readonly size: number;
  private readonly root: Branch<V>;
  private readonly order: SequenceTrie<K>;

  constructor(size: number, root: Branch<V>, order: SequenceTrie<K>) {
    this.size = size;
    this.root = root;
    this.order = order;
  }

  get(key: K): V | undefined {
    return findEntry(this.root, key, hashOf(key))?.value;
  }

  has(key: K): boolean {
    return findEntry(this.root, key, hashOf(key)) !== undefined;
  }

  with(key: K, value: V): PersistentMap<K, V> {
    const hash = hashOf(key);
    const present = findEntry(this.root, key, hash);
    if (present !== undefined) {
      const changed = new Entry(present.key, hash, present.sequence, value);
      return new TrieMap(this.size, withEntry(this.root, changed), this.order);
    }
    const added = new Entry<V>(key, hash, this.order.length, value);
    return new TrieMap(this.size + 1, withEntry(this.root, added), appended(this.order, key));
  }

  without(key: K): PersistentMap<K, V> {
    const hash = hashOf(key);
    const present = findEntry(this.root, key, hash);
    if (present === undefined) return this;
    const root = withoutEntry(this.root, key, hash);
    const rest = new TrieMap(this.size - 1, root, withHole(this.order, present.sequence));
    if (rest.size <= flatSizeMax / 2) {
      return new FlatMap<K, V>([...rest.keys()], [...rest.values()]);
    }
    return this.order.length > 2 * rest.size + holesSlack ? trieOf(rest.entries()) : rest;
  }

  entries(): IterableIterator<[K, V]> {
    return itemsOf(this.order)
      .map((key): [K, V] => [key, this.get(key) as V])
      .values();
  }

  keys(): IterableIterator<K> {
    return itemsOf(this.order).values();
  }

  values(): IterableIterator<V> {
    return itemsOf(this.order)
      .map((key) => this.get(key) as V)
      .values();
  }
}

function trieOf<K extends string, V>(entries: Iterable<[K, V]>): PersistentMap<K, V> {
  let map: PersistentMap<K, V> = new TrieMap<K, V>(0, emptyBranch, emptySequence);
  for (const [key, value] of entries) map = map.with(key, value);
  return map;
}

const noEntries = new FlatMap<string, unknown>([], []);
