import { emptyBranch, findEntry, hashOf, withEntry, withoutEntry } from './hash-trie.ts';
import type { Branch } from './hash-trie.ts';
import type { PersistentMap } from './persistent-map.ts';
import { appended, emptySequence, itemsOf, withHole } from './sequence-trie.ts';
import type { SequenceTrie } from './sequence-trie.ts';

/** Below this many keys two flat arrays are smaller and faster than a trie (measured at 6 to 12). */
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
  readonly #keys: readonly K[];
  readonly #values: readonly V[];

  constructor(keys: readonly K[], values: readonly V[]) {
    this.#keys = keys;
    this.#values = values;
  }

  get size(): number {
    return this.#keys.length;
  }

  get(key: K): V | undefined {
    return this.#values[this.#keys.indexOf(key)];
  }

  has(key: K): boolean {
    return this.#keys.includes(key);
  }

  with(key: K, value: V): PersistentMap<K, V> {
    const index = this.#keys.indexOf(key);
    const values = this.#values.slice();
    if (index >= 0) {
      values[index] = value;
      return new FlatMap(this.#keys, values);
    }
    if (this.#keys.length === flatSizeMax) return trieOf(this.entries()).with(key, value);
    values.push(value);
    const keys = this.#keys.slice();
    keys.push(key);
    return new FlatMap(keys, values);
  }

  without(key: K): PersistentMap<K, V> {
    const index = this.#keys.indexOf(key);
    if (index < 0) return this;
    const isOther = (_: unknown, at: number): boolean => at !== index;
    return new FlatMap(this.#keys.filter(isOther), this.#values.filter(isOther));
  }

  *entries(): IterableIterator<[K, V]> {
    for (const [index, key] of this.#keys.entries()) yield [key, this.#values[index] as V];
  }

  keys(): IterableIterator<K> {
    return this.#keys.values();
  }

  values(): IterableIterator<V> {
    return this.#values.values();
  }
}

class TrieMap<K extends string, V> implements PersistentMap<K, V> {
  readonly size: number;
  readonly #root: Branch<V>;
  readonly #order: SequenceTrie<K>;

  constructor(size: number, root: Branch<V>, order: SequenceTrie<K>) {
    this.size = size;
    this.#root = root;
    this.#order = order;
  }

  get(key: K): V | undefined {
    return findEntry(this.#root, key, hashOf(key))?.value;
  }

  has(key: K): boolean {
    return findEntry(this.#root, key, hashOf(key)) !== undefined;
  }

  with(key: K, value: V): PersistentMap<K, V> {
    const hash = hashOf(key);
    const present = findEntry(this.#root, key, hash);
    const sequence = present?.sequence ?? this.#order.length;
    const root = withEntry(this.#root, { key, hash, sequence, value });
    return present === undefined
      ? new TrieMap(this.size + 1, root, appended(this.#order, key))
      : new TrieMap(this.size, root, this.#order);
  }

  without(key: K): PersistentMap<K, V> {
    const hash = hashOf(key);
    const present = findEntry(this.#root, key, hash);
    if (present === undefined) return this;
    const root = withoutEntry(this.#root, key, hash);
    const rest = new TrieMap(this.size - 1, root, withHole(this.#order, present.sequence));
    if (rest.size <= flatSizeMax / 2) {
      return new FlatMap<K, V>([...rest.keys()], [...rest.values()]);
    }
    return this.#order.length > 2 * rest.size + holesSlack ? trieOf(rest.entries()) : rest;
  }

  *entries(): IterableIterator<[K, V]> {
    for (const key of itemsOf(this.#order)) yield [key, this.get(key) as V];
  }

  keys(): IterableIterator<K> {
    return itemsOf(this.#order);
  }

  *values(): IterableIterator<V> {
    for (const key of itemsOf(this.#order)) yield this.get(key) as V;
  }
}

function trieOf<K extends string, V>(entries: Iterable<[K, V]>): PersistentMap<K, V> {
  let map: PersistentMap<K, V> = new TrieMap<K, V>(0, emptyBranch, emptySequence);
  for (const [key, value] of entries) map = map.with(key, value);
  return map;
}

const noEntries = new FlatMap<string, unknown>([], []);
