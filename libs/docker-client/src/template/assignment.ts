import { shapeOf } from './go-type.ts';
import { anyType, zeroOf } from './go-value.ts';
import type { GoValue } from './go-value.ts';

const anyKinds = new Set(['interface', 'map', 'pointer', 'list']);

/** Whether `nil` may stand where that type is wanted. */
export const canBeNil = (type: string): boolean =>
  type === 'reflect.Value' || anyKinds.has(shapeOf(type).kind);

/**
 * A value as the type that is wanted; a text: why it cannot be one.
 *
 * @param type  `reflect.Value`: any; `null`: any, also none
 * @source Go text/template exec.go validateType
 */
export const fitted = (value: GoValue | null, type: string | null): GoValue | null | string => {
  if (type === null || type === 'reflect.Value') return value;
  if (value === null) {
    if (type === anyType) return null;
    return canBeNil(type) ? zeroOf(type) : `invalid value; expected ${type}`;
  }
  if (isAssignable(value.type, type)) return value;
  const held = value.kind === 'interface' && value.holds !== null ? value.holds : value;
  if (isAssignable(held.type, type)) return held;
  if (held.kind === 'pointer' && isAssignable(held.type.slice(1), type)) {
    return held.to ?? `dereference of nil pointer of type ${type}`;
  }
  return `wrong type for value; expected ${type}; got ${held.type}`;
};

/** A type without a name takes whatever is made the same way. */
const isAssignable = (from: string, to: string): boolean => {
  if (from === to || to === anyType) return true;
  if (!/^(\[|map\[)/.test(to)) return false;
  const [made, wanted] = [shapeOf(from), shapeOf(to)];
  return JSON.stringify(made) === JSON.stringify(wanted);
};
