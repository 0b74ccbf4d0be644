/**
 * A hash array mapped trie from text keys to entries, four bits of the hash per level:
 * wider nodes are found faster but cost more to copy (measured at 1,000 entries: 3, 4 and 5 bits).
 * Nodes are never written after they were made: every change copies the path to the root.
 */
export type Slot<V> = Entry<V> | Branch<V> | Clash<V>;

/**
 * Its place in the order of insertion stands with the value: a key set again keeps it.
 * The three kinds of slots are classes with a number in front: telling them apart by `in` or
 * `instanceof` took a third of the time of a lookup.
 */
export class Entry<V> {
  readonly kind = 0;
  readonly key: string;
  readonly hash: number;
  readonly sequence: number;
  readonly value: V;

  constructor(key: string, hash: number, sequence: number, value: V) {
    this.key = key;
    this.hash = hash;
    this.sequence = sequence;
    this.value = value;
  }
}

/** `slots` holds one slot for each set bit of `bitmap`, in order. */
export class Branch<V> {
  readonly kind = 1;
  readonly bitmap: number;
  readonly slots: readonly Slot<V>[];

  constructor(bitmap: number, slots: readonly Slot<V>[]) {
    this.bitmap = bitmap;
    this.slots = slots;
  }
}

/** Entries whose hashes are equal in all bits. */
class Clash<V> {
  readonly kind = 2;
  readonly entries: readonly Entry<V>[];

  constructor(entries: readonly Entry<V>[]) {
    this.entries = entries;
  }
}

const bitsPerLevel = 4;
const levelMask = 15;
/** Beyond this shift all 32 bits of the hash are used up: what is still equal clashes. */
const shiftMax = 28;

/** Ids of Docker have this length, and are random: a part of them tells them apart. */
const idLength = 64;
const idPartLength = 12;

export const emptyBranch: Branch<never> = new Branch<never>(0, []);

/** FNV-1a over UTF-16 code units with a final mix, so that the low bits depend on every unit. */
export function hashOf(key: string): number {
  const end = key.length === idLength ? idPartLength : key.length;
  let hash = 0x811c9dc5;
  for (let at = 0; at < end; at += 1) {
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
    if (slot.kind === 0) return slot.key === key ? slot : undefined;
    if (slot.kind === 2) return slot.entries.find((entry) => entry.key === key);
    branch = slot;
  }
}

/** Puts the entry in place of the one with its key, or beside the others. */
export function withEntry<V>(branch: Branch<V>, entry: Entry<V>, shift = 0): Branch<V> {
  const bit = 1 << ((entry.hash >>> shift) & levelMask);
  const index = popCount(branch.bitmap & (bit - 1));
  if ((branch.bitmap & bit) === 0) {
    return new Branch(branch.bitmap | bit, inserted(branch.slots, index, entry));
  }
  const slots = branch.slots.slice();
  slots[index] = joined(branch.slots[index] as Slot<V>, entry, shift);
  return new Branch(branch.bitmap, slots);
}

function joined<V>(slot: Slot<V>, entry: Entry<V>, shift: number): Slot<V> {
  if (slot.kind === 1) return withEntry(slot, entry, shift + bitsPerLevel);
  if (slot.kind === 0) {
    return slot.key === entry.key ? entry : pairOf(slot, entry, shift + bitsPerLevel);
  }
  const others = slot.entries.filter((other) => other.key !== entry.key);
  return new Clash([...others, entry]);
}

function pairOf<V>(left: Entry<V>, right: Entry<V>, shift: number): Slot<V> {
  if (shift > shiftMax) return new Clash([left, right]);
  const leftPlace = (left.hash >>> shift) & levelMask;
  const rightPlace = (right.hash >>> shift) & levelMask;
  if (leftPlace === rightPlace) {
    return new Branch(1 << leftPlace, [pairOf(left, right, shift + bitsPerLevel)]);
  }
  const slots = leftPlace < rightPlace ? [left, right] : [right, left];
  return new Branch((1 << leftPlace) | (1 << rightPlace), slots);
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
    return new Branch(
      branch.bitmap & ~bit,
      branch.slots.filter((_, at) => at !== index),
    );
  }
  const slots = branch.slots.slice();
  slots[index] = rest;
  return new Branch(branch.bitmap, slots);
}

/** What is left of a slot: `null` for nothing; a branch of a single entry becomes that entry. */
function remaining<V>(slot: Slot<V>, key: string, hash: number, shift: number): Slot<V> | null {
  if (slot.kind === 0) return slot.key === key ? null : slot;
  if (slot.kind === 2) {
    const others = slot.entries.filter((entry) => entry.key !== key);
    if (others.length === slot.entries.length) return slot;
    return others.length === 1 ? (others[0] ?? null) : new Clash(others);
  }
  const branch = withoutEntry(slot, key, hash, shift + bitsPerLevel);
  if (branch === slot) return slot;
  if (branch.slots.length === 0) return null;
  const only = branch.slots.length === 1 ? branch.slots[0] : undefined;
  return only?.kind === 0 ? only : branch;
}

function inserted<T>(items: readonly T[], index: number, item: T): T[] {
  const copy = items.slice();
  copy.push(item);
  for (let at = copy.length - 1; at > index; at -= 1) copy[at] = copy[at - 1] as T;
  copy[index] = item;
  return copy;
}

/** Number of set bits of a 32-bit number. */
function popCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
