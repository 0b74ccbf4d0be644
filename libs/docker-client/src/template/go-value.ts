import { shapeOf } from './go-type.ts';

/**
 * A value as Go's reflection sees it, with the name of its type. Where Go has no value at all (the
 * zero reflect.Value) there is `null` in its place.
 */
export type GoValue =
  | { readonly kind: 'bool'; readonly type: string; readonly value: boolean }
  | { readonly kind: 'string'; readonly type: string; readonly value: string }
  | { readonly kind: 'int' | 'uint'; readonly type: string; readonly value: bigint }
  | { readonly kind: 'float'; readonly type: string; readonly value: number }
  | { readonly kind: 'list'; readonly type: string; readonly items: readonly GoValue[] | null }
  | GoMap
  | GoStruct
  | { readonly kind: 'pointer'; readonly type: string; readonly to: GoValue | null }
  | { readonly kind: 'interface'; readonly type: string; readonly holds: GoValue | null };

type GoMap = {
  readonly kind: 'map';
  readonly type: string;
  readonly entries: readonly GoEntry[] | null;
  /** Of a value that lives in the client alone. */
  readonly methods?: Readonly<Record<string, GoMethod>>;
};

export type GoEntry = readonly [key: GoValue, value: GoValue];

export type GoStruct = {
  readonly kind: 'struct';
  readonly type: string;
  readonly fields: ReadonlyMap<string, GoValue>;
  /** Of a value that lives in the client alone; of others its type tells. */
  readonly methods?: Readonly<Record<string, GoMethod>>;
  /** Fields that only a print of the whole shows. */
  readonly inside?: () => readonly GoValue[];
  /** Nanoseconds since the epoch and minutes east of UTC: only of a `time.Time`. */
  readonly time?: GoTime;
};

export type GoTime = { readonly nanoseconds: bigint; readonly offsetMinutes: number };

export type GoMethod = {
  /** The types that it takes. */
  readonly takes: readonly string[];
  readonly call: (args: readonly GoValue[]) => GoValue;
};

export const anyType = 'interface {}';

export const goString = (value: string, type = 'string'): GoValue => ({
  kind: 'string',
  type,
  value,
});
export const goBool = (value: boolean): GoValue => ({ kind: 'bool', type: 'bool', value });
export const goInt = (value: number | bigint, type = 'int'): GoValue => ({
  kind: 'int',
  type,
  value: BigInt(value),
});
export const goFloat = (value: number): GoValue => ({ kind: 'float', type: 'float64', value });
export const goAny = (holds: GoValue | null): GoValue => ({
  kind: 'interface',
  type: anyType,
  holds,
});
export const goStrings = (texts: readonly string[]): GoValue => ({
  kind: 'list',
  type: '[]string',
  items: texts.map((text) => goString(text)),
});

/** A `map[string]string`, or one whose name is told. */
export const goTexts = (
  texts: Readonly<Record<string, string>>,
  type = 'map[string]string',
): GoValue => ({
  kind: 'map',
  type,
  entries: Object.entries(texts).map(([key, text]) => [goString(key), goString(text)] as const),
});

export const goPointer = (to: GoValue): GoValue => ({ kind: 'pointer', type: `*${to.type}`, to });

/** Midnight of 1 January of the year 1: the Time that is none. */
const zeroTime: GoTime = { nanoseconds: -62_135_596_800_000_000_000n, offsetMinutes: 0 };

export const goTime = (time: GoTime): GoValue => ({
  kind: 'struct',
  type: 'time.Time',
  fields: new Map(),
  time,
});

/** The value that a variable of the type has before anything is put into it. */
export const zeroOf = (type: string): GoValue => {
  const shape = shapeOf(type);
  switch (shape.kind) {
    case 'bool':
      return { kind: 'bool', type, value: false };
    case 'string':
      return goString('', type);
    case 'int':
    case 'uint':
      return { kind: shape.kind, type, value: 0n };
    case 'float':
      return { kind: 'float', type, value: 0 };
    case 'time':
      return goTime(zeroTime);
    case 'list':
      return { kind: 'list', type, items: arrayOf(type, shape.elem) };
    case 'map':
      return { kind: 'map', type, entries: null };
    case 'pointer':
      return { kind: 'pointer', type, to: null };
    case 'interface':
      return { kind: 'interface', type, holds: null };
    case 'struct':
      return {
        kind: 'struct',
        type,
        fields: new Map(shape.fields.map(([name, of]) => [name, zeroOf(of)])),
      };
  }
};

/** An array is never nil; a slice is. */
const arrayOf = (type: string, elem: string): readonly GoValue[] | null => {
  const [, length] = /^\[(\d+)\]/.exec(type) ?? [];
  return length === undefined ? null : Array.from({ length: Number(length) }, () => zeroOf(elem));
};

/** Follows pointers and interfaces to their end. @source Go text/template exec.go indirect */
export const indirect = (value: GoValue | null): { value: GoValue | null; isNil: boolean } => {
  let at = value;
  while (at !== null && (at.kind === 'pointer' || at.kind === 'interface')) {
    const next = at.kind === 'pointer' ? at.to : at.holds;
    if (next === null) return { value: at, isNil: true };
    at = next;
  }
  return { value: at, isNil: false };
};

/** What an interface holds; any other value itself. */
export const unwrapped = (value: GoValue | null): GoValue | null =>
  value?.kind === 'interface' ? value.holds : value;
