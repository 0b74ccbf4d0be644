/**
 * An immutable set of offsets from 0 to 2^32-1 with summary levels, for finding the lowest one
 * that is not in it without a scan: a node knows which of its 32 children are full.
 * Leaves are plain 32-bit numbers; a child that was never touched is missing, a full one is `full`.
 * Its depth grows with the highest offset taken: a pool of a few addresses stays one word.
 */
export type Bitmap = {
  readonly depth: number;
  readonly root: Node;
};

type Node = number | Inner;
type Inner = {
  /** Bit i: child i is full. */
  readonly fullChildren: number;
  readonly children: readonly (Node | undefined)[];
};

const allSet = -1;
const width = 32;
/** 32^7 > 2^32. */
const depthMax = 6;
const spans: readonly number[] = [0, 1, 2, 3, 4, 5, 6].map((depth) => width ** (depth + 1));

export const emptyBitmap: Bitmap = { depth: 0, root: 0 };

export function hasBit(bitmap: Bitmap, offset: number): boolean {
  if (offset >= spanOf(bitmap.depth)) return false;
  let node: Node | undefined = bitmap.root;
  for (let depth = bitmap.depth; depth > 0; depth -= 1) {
    if (node === undefined) return false;
    if (typeof node === 'number') return node === allSet;
    node = node.children[placeOf(offset, depth)];
  }
  return node !== undefined && ((node as number) & (1 << (offset & 31))) !== 0;
}

export function withBit(bitmap: Bitmap, offset: number): Bitmap {
  let { depth, root } = bitmap;
  while (offset >= spanOf(depth) && depth < depthMax) {
    root = { fullChildren: isFull(root) ? 1 : 0, children: [root] };
    depth += 1;
  }
  return { depth, root: changed(root, depth, offset, true) };
}

export function withoutBit(bitmap: Bitmap, offset: number): Bitmap {
  if (!hasBit(bitmap, offset)) return bitmap;
  return { depth: bitmap.depth, root: changed(bitmap.root, bitmap.depth, offset, false) };
}

function changed(node: Node, depth: number, offset: number, isSet: boolean): Node {
  if (depth === 0) {
    const bit = 1 << (offset & 31);
    return isSet ? (node as number) | bit : (node as number) & ~bit;
  }
  const inner = node as Inner;
  const place = placeOf(offset, depth);
  const child = changed(inner.children[place] ?? emptyNode(depth - 1), depth - 1, offset, isSet);
  const children = inner.children.slice();
  // A hole would make the array sparse and slow.
  while (children.length < place) children.push(undefined);
  children[place] = child;
  const bit = 1 << place;
  return {
    fullChildren: isFull(child) ? inner.fullChildren | bit : inner.fullChildren & ~bit,
    children,
  };
}

/**
 * The lowest offset that is not in the set: one step per level.
 *
 * @returns a number that may lie beyond what the caller can use: the caller knows its own end
 */
export function lowestFree(bitmap: Bitmap): number {
  let node: Node | undefined = bitmap.root;
  let offset = 0;
  for (let { depth } = bitmap; depth > 0; depth -= 1) {
    if (node === undefined) return offset;
    const { fullChildren, children } = node as Inner;
    if (fullChildren === allSet) return spanOf(bitmap.depth);
    const place = lowestZero(fullChildren);
    offset = offset * width + place;
    node = children[place];
    if (node === undefined) return offset * spanOf(depth - 1);
  }
  const word = node as number;
  return word === allSet ? spanOf(bitmap.depth) : offset * width + lowestZero(word);
}

/** The lowest offset from `from` on that is not in the set. */
export function lowestFreeFrom(bitmap: Bitmap, from: number): number {
  const span = spanOf(bitmap.depth);
  if (from >= span) return from;
  const found = freeBelow(bitmap.root, bitmap.depth, from);
  return found < 0 ? span : found;
}

/** The lowest free offset within the node from the given one on; -1 for none. */
function freeBelow(node: Node | undefined, depth: number, from: number): number {
  if (node === undefined) return from;
  if (depth === 0) {
    const taken = (node as number) | ((1 << from) - 1);
    return taken === allSet ? -1 : lowestZero(taken);
  }
  const inner = node as Inner;
  const span = spanOf(depth - 1);
  const start = Math.floor(from / span);
  let passed = inner.fullChildren | ((1 << start) - 1);
  while (passed !== allSet) {
    const place = lowestZero(passed);
    const found = freeBelow(inner.children[place], depth - 1, place === start ? from % span : 0);
    if (found >= 0) return place * span + found;
    // Only the child in which `from` stands can be without a free offset although it is not full.
    passed |= 1 << place;
  }
  return -1;
}

/** Every offset in the set, lowest first. */
export function* offsetsOf(bitmap: Bitmap): IterableIterator<number> {
  yield* offsetsBelow(bitmap.root, bitmap.depth, 0);
}

function* offsetsBelow(node: Node | undefined, depth: number, base: number): Generator<number> {
  if (node === undefined) return;
  for (let place = 0; place < width; place += 1) {
    if (typeof node === 'number') {
      if ((node & (1 << place)) !== 0) yield base + place;
    } else {
      yield* offsetsBelow(node.children[place], depth - 1, base + place * spanOf(depth - 1));
    }
  }
}

const emptyInner: Inner = { fullChildren: 0, children: [] };

function emptyNode(depth: number): Node {
  return depth === 0 ? 0 : emptyInner;
}

function isFull(node: Node): boolean {
  return typeof node === 'number' ? node === allSet : node.fullChildren === allSet;
}

/** How many offsets a node of that depth covers. */
function spanOf(depth: number): number {
  return spans[depth] as number;
}

function placeOf(offset: number, depth: number): number {
  // Offsets above 2^31 do not survive a signed shift, hence the unsigned one.
  return depth === depthMax
    ? Math.floor(offset / spanOf(depth - 1))
    : (offset >>> (depth * 5)) & 31;
}

/** Index of the lowest zero bit; the caller knows that there is one. */
function lowestZero(bits: number): number {
  return 31 - Math.clz32(~bits & (bits + 1));
}
