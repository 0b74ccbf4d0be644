import { byBytes } from './go-quote.ts';
import { rfc3339, timeOf } from './go-time.ts';
import type { GoShape } from './go-shape.ts';
import { shapeOf } from './go-type.ts';
import { anyType, goAny, goString, goTime, zeroOf } from './go-value.ts';
import type { GoEntry, GoStruct, GoValue } from './go-value.ts';
import { jsonString, readJson } from './json-text.ts';
import type { JsonNode } from './json-text.ts';

/** What a decoder makes of JSON that it is told nothing of; numbers stay text. */
export const rawJson = (text: string): GoValue => goAny(untyped(readJson(text)));

const untyped = (node: JsonNode): GoValue | null => {
  if (node === null) return null;
  if (typeof node === 'boolean') return { kind: 'bool', type: 'bool', value: node };
  if (typeof node === 'string') return goString(node);
  if ('number' in node) return goString(node.number, 'json.Number');
  if ('elements' in node) {
    const items = node.elements.map((one) => goAny(untyped(one)));
    return { kind: 'list', type: `[]${anyType}`, items };
  }
  const last = new Map(node.members);
  const entries = Array.from(last, ([key, one]) => [goString(key), goAny(untyped(one))] as const);
  return { kind: 'map', type: `map[string]${anyType}`, entries };
};

/**
 * JSON put into a variable of that type. What does not fit is left as it was.
 *
 * @source Go encoding/json decode.go
 */
export const decoded = (text: string, type: string): GoValue => put(readJson(text), type);

const put = (node: JsonNode, type: string): GoValue => {
  const zero = zeroOf(type);
  if (node === null) return zero;
  const shape = shapeOf(type);
  if (shape.kind === 'interface') return { kind: 'interface', type, holds: untypedNumbers(node) };
  if (shape.kind === 'pointer') return { kind: 'pointer', type, to: put(node, shape.elem) };
  if (typeof node === 'boolean') return zero.kind === 'bool' ? { ...zero, value: node } : zero;
  if (typeof node === 'string') return putText(node, type, zero);
  if ('number' in node) return putNumber(node.number, zero);
  if ('elements' in node) {
    if (shape.kind !== 'list') return zero;
    return { kind: 'list', type, items: node.elements.map((one) => put(one, shape.elem)) };
  }
  if (shape.kind === 'map') {
    const entries = node.members.map(([key, one]): GoEntry => [
      goString(key, shape.key),
      put(one, shape.elem),
    ]);
    return { kind: 'map', type, entries };
  }
  return shape.kind === 'struct' ? putMembers(node.members, type, shape) : zero;
};

const putText = (text: string, type: string, zero: GoValue): GoValue => {
  if (zero.kind === 'string') return { ...zero, value: text };
  if (type === 'time.Time') {
    const time = timeOf(text);
    return time === null ? zero : goTime(time);
  }
  // An entrypoint may be one word instead of a list.
  return type === 'strslice.StrSlice' ? { kind: 'list', type, items: [goString(text)] } : zero;
};

const putNumber = (text: string, zero: GoValue): GoValue => {
  if (zero.kind === 'float') return { ...zero, value: Number(text) };
  const isWhole = /^-?\d+$/.test(text);
  if (zero.kind === 'int' || zero.kind === 'uint') {
    return isWhole ? { ...zero, value: BigInt(text) } : zero;
  }
  return zero;
};

/** As `untyped`, but numbers are numbers. */
const untypedNumbers = (node: JsonNode): GoValue | null => {
  if (node === null || typeof node !== 'object') return untyped(node);
  if ('number' in node) return { kind: 'float', type: 'float64', value: Number(node.number) };
  if ('elements' in node) {
    const items = node.elements.map((one) => goAny(untypedNumbers(one)));
    return { kind: 'list', type: `[]${anyType}`, items };
  }
  const entries = node.members.map(([key, one]): GoEntry => [
    goString(key),
    goAny(untypedNumbers(one)),
  ]);
  return { kind: 'map', type: `map[string]${anyType}`, entries };
};

type StructShape = Extract<GoShape, { kind: 'struct' }>;

const putMembers = (
  members: readonly (readonly [string, JsonNode])[],
  type: string,
  shape: StructShape,
): GoStruct => {
  const fields = new Map<string, GoValue>();
  for (const [name, of, json, marks] of shape.fields) {
    if (marks.includes('embedded') && json === '') {
      fields.set(name, put({ members }, of));
      continue;
    }
    const wanted = json === '' ? name : json;
    const found = members.findLast(([one]) => one.toLowerCase() === wanted.toLowerCase());
    const isLeftOut = found === undefined || json === '-' || marks.includes('hidden');
    fields.set(name, isLeftOut ? zeroOf(of) : put(found[1], of));
  }
  return { kind: 'struct', type, fields };
};

/** A value as JSON in one line. @source Go encoding/json encode.go */
export const encoded = (value: GoValue | null, isHtmlSafe: boolean): string => {
  if (value === null) return 'null';
  switch (value.kind) {
    case 'bool':
    case 'int':
    case 'uint':
    case 'float':
      return String(value.value);
    case 'string':
      return value.type === 'json.Number' ? value.value : jsonString(value.value, isHtmlSafe);
    case 'pointer':
      return encoded(value.to, isHtmlSafe);
    case 'interface':
      return encoded(value.holds, isHtmlSafe);
    case 'list':
      if (value.items === null) return 'null';
      return `[${value.items.map((one) => encoded(one, isHtmlSafe)).join(',')}]`;
    case 'map':
      return value.entries === null ? 'null' : encodedMap(value.entries, isHtmlSafe);
    case 'struct':
      return encodedStruct(value, isHtmlSafe);
  }
};

const encodedMap = (entries: readonly GoEntry[], isHtmlSafe: boolean): string => {
  const members = entries
    .map(([key, one]) => [key.kind === 'string' ? key.value : encoded(key, false), one] as const)
    .toSorted(([a], [b]) => byBytes(a, b))
    .map(([key, one]) => `${jsonString(key, isHtmlSafe)}:${encoded(one, isHtmlSafe)}`);
  return `{${members.join(',')}}`;
};

const encodedStruct = (value: GoStruct, isHtmlSafe: boolean): string => {
  if (value.time !== undefined) return `"${rfc3339(value.time)}"`;
  if (value.methods !== undefined && value.fields.size === 0) return encodedContext(value);
  return `{${membersOf(value, isHtmlSafe).join(',')}}`;
};

/**
 * A row of a table: what its methods answer. HTML's letters are always written as numbers.
 *
 * @source docker/cli v20.10 cli/command/formatter/reflect.go
 */
const encodedContext = ({ methods = {} }: GoStruct): string => {
  const entries = Object.entries(methods)
    .filter(([, { takes }]) => takes.length === 0)
    .map(([name, { call }]): GoEntry => [goString(name), call([])]);
  return encodedMap(entries, true);
};

const membersOf = (value: GoStruct, isHtmlSafe: boolean): readonly string[] => {
  const shape = shapeOf(value.type);
  if (shape.kind !== 'struct') return [];
  return shape.fields.flatMap(([name, , json, marks]) => {
    const member = value.fields.get(name) ?? null;
    if (marks.includes('embedded') && json === '') {
      const inner = member?.kind === 'pointer' ? member.to : member;
      return inner?.kind === 'struct' ? membersOf(inner, isHtmlSafe) : [];
    }
    const isLeftOut = json === '-' || marks.includes('hidden');
    if (isLeftOut || (marks.includes('omitempty') && isEmpty(member))) return [];
    const label = jsonString(json === '' ? name : json, isHtmlSafe);
    return [`${label}:${encoded(member, isHtmlSafe)}`];
  });
};

const isEmpty = (value: GoValue | null): boolean => {
  if (value === null) return true;
  switch (value.kind) {
    case 'bool':
    case 'string':
    case 'int':
    case 'uint':
    case 'float':
      return !value.value;
    case 'list':
      return (value.items ?? []).length === 0;
    case 'map':
      return (value.entries ?? []).length === 0;
    case 'pointer':
      return value.to === null;
    case 'interface':
      return value.holds === null;
    case 'struct':
      return false;
  }
};
