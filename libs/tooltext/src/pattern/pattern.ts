import { BadPattern, PatternParser, isWord } from './syntax.ts';
import type { Assertion, Node, PatternFlavour } from './syntax.ts';

/**
 * Regular expressions that users type, matched in time linear in the text: a Pike machine.
 * The host language's own engine backtracks, and `(a+)+$` would stop the whole process.
 */

type Instruction =
  | { readonly op: 'set'; readonly test: (code: number) => boolean }
  | { readonly op: 'assert'; readonly what: Assertion }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'done' };

export type Pattern = {
  readonly program: readonly Instruction[];
  readonly groupCount: number;
};

/** Offsets into the text; `groups[0]` is the first bracket, `null` when it took no part. */
export type Match = {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly ({ readonly start: number; readonly end: number } | null)[];
};

/** Instructions of one pattern: bounds the work per character. */
const programMax = 20_000;

const emit = (program: Instruction[], one: Instruction): void => {
  if (program.length >= programMax) throw new BadPattern('Regular expression too big');
  program.push(one);
};

const emitEither = (program: Instruction[], options: readonly Node[]): void => {
  const jumps: { op: 'jump'; to: number }[] = [];
  options.forEach((option, index) => {
    const isLast = index === options.length - 1;
    const split = { op: 'split' as const, first: program.length + 1, second: -1 };
    if (!isLast) emit(program, split);
    emitNode(program, option);
    if (isLast) return;
    const jump = { op: 'jump' as const, to: -1 };
    emit(program, jump);
    jumps.push(jump);
    split.second = program.length;
  });
  for (const jump of jumps) jump.to = program.length;
};

const emitRepeat = (program: Instruction[], node: Extract<Node, { kind: 'repeat' }>): void => {
  for (let count = 0; count < node.min; count += 1) emitNode(program, node.body);
  if (node.max === Number.POSITIVE_INFINITY) {
    const split = { op: 'split' as const, first: program.length + 1, second: -1 };
    const start = program.length;
    emit(program, split);
    emitNode(program, node.body);
    emit(program, { op: 'jump', to: start });
    split.second = program.length;
    return;
  }
  const splits: { op: 'split'; first: number; second: number }[] = [];
  for (let count = node.min; count < node.max; count += 1) {
    const split = { op: 'split' as const, first: program.length + 1, second: -1 };
    emit(program, split);
    splits.push(split);
    emitNode(program, node.body);
  }
  for (const split of splits) split.second = program.length;
};

const emitNode = (program: Instruction[], node: Node): void => {
  switch (node.kind) {
    case 'set':
      return emit(program, { op: 'set', test: node.test });
    case 'assert':
      return emit(program, { op: 'assert', what: node.what });
    case 'group':
      emit(program, { op: 'save', slot: node.index * 2 });
      emitNode(program, node.body);
      return emit(program, { op: 'save', slot: node.index * 2 + 1 });
    case 'sequence':
      for (const part of node.parts) emitNode(program, part);
      return undefined;
    case 'either':
      return emitEither(program, node.options);
    case 'repeat':
      return emitRepeat(program, node);
    default:
      return node satisfies never;
  }
};

/** @throws BadPattern with the text that grep and sed print */
export const compilePattern = (text: string, flavour: PatternFlavour): Pattern => {
  const parser = new PatternParser(text, flavour);
  const node = parser.parse();
  const program: Instruction[] = [];
  emit(program, { op: 'save', slot: 0 });
  emitNode(program, node);
  emit(program, { op: 'save', slot: 1 });
  emit(program, { op: 'done' });
  return { program, groupCount: parser.groupCount };
};

const holds = (what: Assertion, text: string, at: number): boolean => {
  const before = at > 0 && isWord(text.charCodeAt(at - 1));
  const after = at < text.length && isWord(text.charCodeAt(at));
  switch (what) {
    case 'lineStart':
      return at === 0;
    case 'lineEnd':
      return at === text.length;
    case 'wordStart':
      return !before && after;
    case 'wordEnd':
      return before && !after;
    case 'boundary':
      return before !== after;
    case 'inside':
      return before === after;
    default:
      return what satisfies never;
  }
};

type Thread = { readonly at: number; readonly slots: readonly number[] };

/** Follows the instructions that read nothing; each is visited once per position. */
const addThread = (
  list: Thread[],
  seen: Set<number>,
  start: Thread,
  place: { readonly pattern: Pattern; readonly text: string; readonly at: number },
): void => {
  const stack: Thread[] = [start];
  for (let thread = stack.pop(); thread !== undefined; thread = stack.pop()) {
    if (seen.has(thread.at)) continue;
    seen.add(thread.at);
    const one = place.pattern.program[thread.at];
    if (one === undefined) continue;
    if (one.op === 'jump') stack.push({ at: one.to, slots: thread.slots });
    else if (one.op === 'split') {
      stack.push({ at: one.second, slots: thread.slots });
      stack.push({ at: one.first, slots: thread.slots });
    } else if (one.op === 'save') {
      stack.push({ at: thread.at + 1, slots: thread.slots.with(one.slot, place.at) });
    } else if (one.op === 'assert') {
      if (!holds(one.what, place.text, place.at)) continue;
      stack.push({ at: thread.at + 1, slots: thread.slots });
    } else list.push(thread);
  }
};

const toMatch = (slots: readonly number[], groupCount: number): Match => {
  const groups = Array.from({ length: groupCount }, (_, index) => {
    const start = slots[(index + 1) * 2] ?? -1;
    const end = slots[(index + 1) * 2 + 1] ?? -1;
    return start < 0 || end < 0 ? null : { start, end };
  });
  return { start: slots[0] ?? 0, end: slots[1] ?? 0, groups };
};

/**
 * The leftmost match from `from` on, and of those the longest, as POSIX wants it.
 * `^` stands for offset 0 only.
 */
export const findMatch = (pattern: Pattern, text: string, from = 0): Match | null => {
  const empty: readonly number[] = Array.from({ length: (pattern.groupCount + 1) * 2 }, () => -1);
  let best: readonly number[] | null = null;
  let threads: Thread[] = [];
  let seen = new Set<number>();
  for (let at = from; at <= text.length; at += 1) {
    if (best === null) addThread(threads, seen, { at: 0, slots: empty }, { pattern, text, at });
    if (threads.length === 0 && best !== null) break;
    const next: Thread[] = [];
    const nextSeen = new Set<number>();
    const code = text.charCodeAt(at);
    for (const thread of threads) {
      const one = pattern.program[thread.at];
      const start = thread.slots[0] ?? 0;
      const bestStart = best?.[0] ?? Number.POSITIVE_INFINITY;
      if (one?.op === 'done') {
        const isLonger = best === null || (best[1] ?? 0) < (thread.slots[1] ?? 0);
        if (start < bestStart || (start === bestStart && isLonger)) best = thread.slots;
      } else if (one?.op === 'set' && at < text.length && start <= bestStart && one.test(code)) {
        const moved = { at: thread.at + 1, slots: thread.slots };
        addThread(next, nextSeen, moved, { pattern, text, at: at + 1 });
      }
    }
    threads = next;
    seen = nextSeen;
  }
  return best === null ? null : toMatch(best, pattern.groupCount);
};

/** A pattern that finds exactly this text (`grep -F`). */
export const literalPattern = (text: string, ignoresCase: boolean): Pattern =>
  compilePattern(text.replaceAll(/[.[\]*^$+?{}()|\\/]/g, '\\$&'), {
    isExtended: true,
    ignoresCase,
  });
