/**
 * A hash array mapped trie from text keys to entries, five bits of the hash per level.
 * Nodes are never written after they were made: every change copies the path to the root.
 */

/** Its place in the order of insertion stands with the value: a key set again keeps it. */
export type Entry<V> = {
  readonly key: string;
  readonly hash: number;
  readonly sequence: number;
  readonly value: V;
};

/** `slots` holds, for each set bit of `bitmap` in order, an entry, a branch, or a list of clashing entries. */
export type Branch<V> = {
  readonly bitmap: number;
  readonly slots: readonly Slot<V>[];
};

type Clash<V> = { readonly clash: readonly Entry<V>[] };
type Slot<V> = Entry<V> | Branch<V> | Clash<V>;

const bitsPerLevel = 5;
const levelMask = 31;
/** Beyond this shift all 32 bits of the hash are used up: what is still equal clashes. */
const shiftMax = 30;

export const emptyBranch: Branch<never> = { bitmap: 0, slots: [] };

/** FNV-1a over UTF-16 code units with a final mix, so that the low bits depend on every unit. */
export function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

export function findEntry<V>(root: Branch<V>, key: string, hash: number): Entry<V> | undefined {
  let branch = root;
  for (let shift = 0; ; shift += bitsPerLevel) {
    const bit = 1 << ((hash >>> shift) & levelMask);
    if ((branch.bitmap & bit) === 0) return undefined;
    const slot = branch.slots[popCount(branch.bitmap & (bit - 1))] as Slot<V>;
    if ('key' in slot) return slot.key === key ? slot : undefined;
    if ('clash' in slot) return slot.clash.find((entry) => entry.key === key);
    branch = slot;
  }
}

/** Puts the entry in place of the one with its key, or beside the others. */
export function withEntry<V>(branch: Branch<V>, entry: Entry<V>, shift = 0): Branch<V> {
  const bit = 1 << ((entry.hash >>> shift) & levelMask);
  const index = popCount(branch.bitmap & (bit - 1));
  if ((branch.bitmap & bit) === 0) {
    return { bitmap: branch.bitmap | bit, slots: inserted(branch.slots, index, entry) };
  }
  const slot = branch.slots[index] as Slot<V>;
  const slots = branch.slots.slice();
  slots[index] = joined(slot, entry, shift);
  return { bitmap: branch.bitmap, slots };
}

function joined<V>(slot: Slot<V>, entry: Entry<V>, shift: number): Slot<V> {
  if ('slots' in slot) return withEntry(slot, entry, shift + bitsPerLevel);
  if ('clash' in slot) {
    const others = slot.clash.filter((other) => other.key !== entry.key);
    return { clash: [...others, entry] };
  }
  if (slot.key === entry.key) return entry;
  return pairOf(slot, entry, shift + bitsPerLevel);
}

function pairOf<V>(left: Entry<V>, right: Entry<V>, shift: number): Slot<V> {
  if (shift > shiftMax) return { clash: [left, right] };
  const leftPlace = (left.hash >>> shift) & levelMask;
  const rightPlace = (right.hash >>> shift) & levelMask;
  if (leftPlace === rightPlace) {
    return { bitmap: 1 << leftPlace, slots: [pairOf(left, right, shift + bitsPerLevel)] };
  }
  const slots = leftPlace < rightPlace ? [left, right] : [right, left];
  return { bitmap: (1 << leftPlace) | (1 << rightPlace), slots };
}

/** The trie without the key; the very same branch when it is not there. */
export function withoutEntry<V>(
  branch: Branch<V>,
  key: string,
  hash: number,
  shift = 0,
): Branch<V> {
  const bit = 1 << ((hash >>> shift) & levelMask);
  if ((branch.bitmap & bit) === 0) return branch;
  const index = popCount(branch.bitmap & (bit - 1));
  const slot = branch.slots[index] as Slot<V>;
  const rest = remaining(slot, key, hash, shift);
  if (rest === slot) return branch;
  if (rest === null) {
    return { bitmap: branch.bitmap & ~bit, slots: branch.slots.filter((_, at) => at !== index) };
  }
  const slots = branch.slots.slice();
  slots[index] = rest;
  return { bitmap: branch.bitmap, slots };
}

/** What is left of a slot: `null` for nothing; a branch of a single entry becomes that entry. */
function remaining<V>(slot: Slot<V>, key: string, hash: number, shift: number): Slot<V> | null {
  if ('key' in slot) return slot.key === key ? null : slot;
  if ('clash' in slot) {
    const others = slot.clash.filter((entry) => entry.key !== key);
    if (others.length === slot.clash.length) return slot;
    return others.length === 1 ? (others[0] ?? null) : { clash: others };
  }
  const branch = withoutEntry(slot, key, hash, shift + bitsPerLevel);
  if (branch === slot) return slot;
  if (branch.slots.length === 0) return null;
  const only = branch.slots.length === 1 ? branch.slots[0] : undefined;
  return only !== undefined && 'key' in only ? only : branch;
}

function inserted<T>(items: readonly T[], index: number, item: T): T[] {
  const copy: T[] = [];
  for (let at = 0; at < index; at += 1) copy.push(items[at] as T);
  copy.push(item);
  for (let at = index; at < items.length; at += 1) copy.push(items[at] as T);
  return copy;
}

/** Number of set bits of a 32-bit number. */
export function popCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
