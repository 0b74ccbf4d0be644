import type { GoFunction } from './function.ts';
import { shapeOf } from './go-type.ts';
import { goBool, goInt, goString, zeroOf } from './go-value.ts';
import type { GoStruct, GoValue } from './go-value.ts';
import { timeText } from './go-time.ts';

/** A field of a struct, or of one that is embedded in it; `null`: there is none. */
export const findField = (value: GoStruct, name: string): GoValue | null => {
  const own = value.fields.get(name);
  if (own !== undefined) return own;
  const isKnown = value.time === undefined && value.methods === undefined;
  const shape = isKnown ? shapeOf(value.type) : null;
  if (shape?.kind !== 'struct') return null;
  for (const [embedded, , , marks] of shape.fields) {
    if (!marks.includes('embedded')) continue;
    const member = value.fields.get(embedded);
    const inner = member?.kind === 'pointer' ? member.to : member;
    const found = inner?.kind === 'struct' ? findField(inner, name) : null;
    if (found !== null) return found;
  }
  return null;
};

type TextMethods = Readonly<Record<string, (text: string) => GoValue>>;

/** @source docker/go-connections nat/nat.go */
const portMethods: TextMethods = {
  Port: (text) => goString(text.split('/')[0] ?? ''),
  Proto: (text) => goString(text.split('/')[1] ?? (text === '' ? '' : 'tcp')),
  Int: (text) => goInt(Number(text.split('/')[0] ?? '')),
};

const isContainer = (text: string): boolean => text.startsWith('container:');

/** @source moby/moby api/types/container hostconfig.go and hostconfig_unix.go */
const networkModeMethods: TextMethods = {
  IsNone: (text) => goBool(text === 'none'),
  IsDefault: (text) => goBool(text === 'default'),
  IsHost: (text) => goBool(text === 'host'),
  IsBridge: (text) => goBool(text === 'bridge'),
  IsContainer: (text) => goBool(isContainer(text)),
  IsPrivate: (text) => goBool(text !== 'host' && !isContainer(text)),
  IsUserDefined: (text) => goBool(isUserDefined(text)),
  ConnectedContainer: (text) => goString(isContainer(text) ? text.slice('container:'.length) : ''),
  UserDefined: (text) => goString(isUserDefined(text) ? text : ''),
  NetworkName: (text) => goString(isContainer(text) ? 'container' : text),
};

const isUserDefined = (text: string): boolean =>
  !['default', 'bridge', 'host', 'none'].includes(text) && !isContainer(text);

const textMethods: Readonly<Record<string, TextMethods>> = {
  'nat.Port': portMethods,
  'container.NetworkMode': networkModeMethods,
};

/** A method of a value; `null`: it has none of that name. */
export const methodOf = (value: GoValue, name: string): GoFunction | null => {
  if (value.kind === 'struct' || value.kind === 'map') {
    const own = value.methods?.[name];
    if (own !== undefined) return { takes: own.takes, call: (args) => own.call(given(args)) };
    if (value.kind === 'map' || value.time === undefined) return null;
    return timeMethod(value.time, name);
  }
  const text = value.kind === 'string' ? value.value : null;
  const found = textMethods[value.type]?.[name];
  return text === null || found === undefined ? null : { takes: [], call: () => found(text) };
};

const given = (args: readonly (GoValue | null)[]): readonly GoValue[] =>
  args.filter((one) => one !== null);

type Time = NonNullable<GoStruct['time']>;

const timeMethod = (time: Time, name: string): GoFunction | null => {
  const seconds = time.nanoseconds / 1_000_000_000n;
  const answers: Readonly<Record<string, () => GoValue>> = {
    String: () => goString(timeText(time)),
    Unix: () => goInt(seconds, 'int64'),
    UnixNano: () => goInt(time.nanoseconds, 'int64'),
    IsZero: () => goBool(seconds === -62_135_596_800n),
  };
  const found = answers[name];
  return found === undefined ? null : { takes: [], call: found };
};

/** Whether the keys of a map are plain texts: those a template may name as fields. */
export const isTextMap = (type: string): boolean => {
  const shape = shapeOf(type);
  return shape.kind === 'map' && shape.key === 'string';
};

/** Whether a value of that type would have the field; of what is no struct: perhaps. */
export const hasField = (type: string, name: string): boolean => {
  if (shapeOf(type).kind !== 'struct') return true;
  const zero = zeroOf(type);
  return zero.kind === 'struct' && zero.fields.has(name);
};
