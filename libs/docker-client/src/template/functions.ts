import { comparisons } from './comparison.ts';
import { FunctionProblem } from './function.ts';
import type { Functions, GoFunction } from './function.ts';
import { encoded } from './go-json.ts';
import { sprint, sprintf, sprintln } from './go-print.ts';
import { byteLength, byteSlice } from './go-quote.ts';
import { anyType, goBool, goInt, goString, goStrings, indirect } from './go-value.ts';
import { unwrapped, zeroOf } from './go-value.ts';
import type { GoValue } from './go-value.ts';
import { shapeOf } from './go-type.ts';
import { isTrue } from './truth.ts';

type Given = GoValue | null;

const anyValue = 'reflect.Value';

/** Of texts alone: `lower`, `title`. */
const ofText = (change: (text: string) => string): GoFunction => ({
  takes: ['string'],
  call: ([text = null]) => goString(change(textOf(text))),
});

const textOf = (value: Given): string => (value?.kind === 'string' ? value.value : '');
const countOf = (value: Given): number => (value?.kind === 'int' ? Number(value.value) : 0);

/** Ends a slice or a text where it would end a program. */
const panic = (problem: string): never => {
  throw new FunctionProblem(problem);
};

/** @source Go text/template funcs.go indexArg */
const indexOf = (given: Given, max: number): number => {
  if (given === null) panic('cannot index slice/array with nil');
  if (given?.kind !== 'int' && given?.kind !== 'uint') {
    return panic(`cannot index slice/array with type ${given?.type}`);
  }
  const at = Number(given.value);
  return at < 0 || at > max ? panic(`index out of range: ${at}`) : at;
};

/** @source Go text/template funcs.go index */
const indexed = ([given = null, ...indexes]: readonly Given[]): Given => {
  const first = unwrapped(given);
  if (first === null) return panic('index of untyped nil');
  return indexes.reduce<Given>((item, index) => {
    const { value, isNil } = indirect(item);
    if (isNil || value === null) return panic('index of nil pointer');
    return elementAt(value, unwrapped(index));
  }, first);
};

const elementAt = (value: GoValue, index: Given): Given => {
  if (value.kind === 'list') {
    const items = value.items ?? [];
    const at = indexOf(index, items.length);
    return items[at] ?? panic('reflect: slice index out of range');
  }
  if (value.kind === 'string') {
    const at = indexOf(index, byteLength(value.value));
    if (at === byteLength(value.value)) return panic('reflect: string index out of range');
    const [byte = 0] = bytesOf(value.value).slice(at);
    return { kind: 'uint', type: 'uint8', value: BigInt(byte) };
  }
  if (value.kind !== 'map') return panic(`can't index item of type ${value.type}`);
  const shape = shapeOf(value.type);
  if (shape.kind !== 'map') throw new Error('a map has the shape of a map');
  if (index === null && shapeOf(shape.key).kind !== 'interface') {
    return panic(`value is nil; should be of type ${shape.key}`);
  }
  if (index !== null && index.type !== shape.key) {
    return panic(`value has type ${index.type}; should be ${shape.key}`);
  }
  const wanted = textOf(index);
  const found = (value.entries ?? []).find(([key]) => textOf(key) === wanted);
  return found === undefined ? zeroOf(shape.elem) : found[1];
};

const bytesOf = (text: string): readonly number[] =>
  [...encodeURIComponent(text).matchAll(/%([0-9A-F]{2})|(.)/gs)].map(([, hex, letter = '']) =>
    hex === undefined ? letter.charCodeAt(0) : parseInt(hex, 16),
  );

/** @source Go text/template funcs.go slice */
const sliced = ([given = null, ...indexes]: readonly Given[]): Given => {
  const item = unwrapped(given);
  if (item === null) return panic('slice of untyped nil');
  if (indexes.length > 3) return panic(`too many slice indexes: ${indexes.length}`);
  if (item.kind === 'string' && indexes.length === 3) {
    return panic('cannot 3-index slice a string');
  }
  if (item.kind !== 'string' && item.kind !== 'list') {
    return panic(`can't slice item of type ${item.type}`);
  }
  const length = item.kind === 'string' ? byteLength(item.value) : (item.items ?? []).length;
  const [from = 0, to = length, max = length] = indexes.map((one) => indexOf(one, length));
  if (from > to) return panic(`invalid slice index: ${from} > ${to}`);
  if (to > max) return panic(`invalid slice index: ${to} > ${max}`);
  if (item.kind === 'string') return { ...item, value: byteSlice(item.value, from, to) };
  return { ...item, items: (item.items ?? []).slice(from, to) };
};

const lengthOf = (given: Given): GoValue => {
  const { value, isNil } = indirect(given);
  if (isNil) return panic('len of nil pointer');
  if (value?.kind === 'string') return goInt(byteLength(value.value));
  if (value?.kind === 'list') return goInt((value.items ?? []).length);
  if (value?.kind === 'map') return goInt((value.entries ?? []).length);
  return panic(
    value === null
      ? 'reflect: call of reflect.Value.Type on zero Value'
      : `len of type ${value.type}`,
  );
};

const printing = (print: (args: readonly Given[]) => string): GoFunction => ({
  takes: [],
  more: anyType,
  call: (args) => goString(print(args.map(unwrapped))),
});

/** As an action would print it. */
const shown = (value: Given): Given => {
  if (value === null) return goString('<no value>');
  return value.kind === 'pointer' ? indirect(value).value : value;
};

const htmlLetters: Readonly<Record<string, string>> = {
  '\0': '\uFFFD',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

/** @source Go text/template funcs.go builtins */
const builtins: Readonly<Record<string, GoFunction>> = {
  ...comparisons,
  and: { takes: [anyValue], more: anyValue, stopsAt: false, call: () => null },
  or: { takes: [anyValue], more: anyValue, stopsAt: true, call: () => null },
  not: { takes: [anyValue], call: ([one = null]) => goBool(!isTrue(unwrapped(one))) },
  index: { takes: [anyValue], more: anyValue, call: indexed },
  slice: { takes: [anyValue], more: anyValue, call: sliced },
  len: { takes: [anyValue], call: ([one = null]) => lengthOf(one) },
  print: printing(sprint),
  println: printing(sprintln),
  printf: {
    takes: ['string'],
    more: anyType,
    call: ([format = null, ...args]) => goString(sprintf(textOf(format), args.map(unwrapped))),
  },
  html: printing((args) =>
    sprint(args.map(shown)).replaceAll(/[\0"'&<>]/g, (letter) => htmlLetters[letter] ?? letter),
  ),
};

const titleOf = (text: string): string =>
  text.replaceAll(/(?<![\p{L}\p{N}_])\p{L}/gu, (letter) => letter.toUpperCase());

const splitAt = (text: string, separator: string): readonly string[] =>
  separator === '' ? Array.from(text) : text.split(separator);

/** A lab host has no memory for more. */
const spacesMax = 1_000_000;

const spaces = (count: number): string => {
  if (count < 0) return panic('strings: negative Repeat count');
  if (count > spacesMax) return panic(`netfold: a lab host writes ${spacesMax} spaces at most`);
  return ' '.repeat(count);
};

/** @source docker/cli v20.10 templates/templates.go basicFunctions */
const dockerFunctions: Readonly<Record<string, GoFunction>> = {
  json: { takes: [anyType], call: ([one = null]) => goString(encoded(one, false).trim()) },
  split: {
    takes: ['string', 'string'],
    call: ([text = null, separator = null]) => goStrings(splitAt(textOf(text), textOf(separator))),
  },
  join: {
    takes: ['[]string', 'string'],
    call: ([list = null, separator = null]) => {
      const items = list?.kind === 'list' ? (list.items ?? []) : [];
      return goString(items.map(textOf).join(textOf(separator)));
    },
  },
  title: ofText(titleOf),
  lower: ofText((text) => text.toLowerCase()),
  upper: ofText((text) => text.toUpperCase()),
  pad: {
    takes: ['string', 'int', 'int'],
    call: ([text = null, before = null, after = null]) => {
      const inner = textOf(text);
      if (inner === '') return goString('');
      return goString(spaces(countOf(before)) + inner + spaces(countOf(after)));
    },
  },
  truncate: {
    takes: ['string', 'int'],
    call: ([text = null, length = null]) => goString(truncated(textOf(text), countOf(length))),
  },
};

const truncated = (text: string, length: number): string => {
  if (length < 0) panic(`runtime error: slice bounds out of range [:${length}]`);
  return byteLength(text) < length ? text : byteSlice(text, 0, length);
};

export const functions: Functions = new Map(Object.entries({ ...builtins, ...dockerFunctions }));

const asItIs = (...more: readonly string[]): GoFunction => ({
  takes: ['string', ...more],
  call: ([text = null]) => text,
});

/**
 * For the line of headers most functions leave their text alone.
 *
 * @source docker/cli v20.10 templates/templates.go HeaderFunctions
 */
export const headerFunctions: Functions = new Map([
  ...functions,
  ...(['json', 'title', 'lower', 'upper'] as const).map((name) => [name, asItIs()] as const),
  ...(['split', 'join'] as const).map((name) => [name, asItIs('string')] as const),
  ['truncate', asItIs('int')],
]);
