/**
 * A map that never changes: `with` and `without` answer a new map that shares what is equal.
 * Iteration order is insertion order (a key set again keeps its place), as Docker's lists need it.
 * Implemented as a hash trie; both operations cost O(log32 n).
 */
export type PersistentMap<K extends string, V> = {
  readonly size: number;
  get(key: K): V | undefined;
  has(key: K): boolean;
  with(key: K, value: V): PersistentMap<K, V>;
  without(key: K): PersistentMap<K, V>;
  entries(): IterableIterator<[K, V]>;
  keys(): IterableIterator<K>;
  values(): IterableIterator<V>;
};
