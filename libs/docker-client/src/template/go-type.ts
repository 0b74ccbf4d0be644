import { clientTypes } from './client-types.ts';
import type { GoShape } from './go-shape.ts';
import { apiTypes } from './golden/api-types.ts';

const number = /^(int|uint|float)\d*$/;

/** What is known of the type of that name, as Go's reflection prints it: `[]*types.Port`. */
export const shapeOf = (type: string): GoShape => {
  const known = clientTypes[type] ?? apiTypes[type];
  if (known !== undefined) return known;
  if (type.startsWith('*')) return { kind: 'pointer', elem: type.slice(1) };
  if (type.startsWith('[')) return { kind: 'list', elem: type.slice(type.indexOf(']') + 1) };
  if (type.startsWith('map[')) {
    const end = type.indexOf(']');
    return { kind: 'map', key: type.slice('map['.length, end), elem: type.slice(end + 1) };
  }
  if (type === 'interface {}') return { kind: 'interface' };
  if (type === 'bool' || type === 'string') return { kind: type };
  const [, kind] = number.exec(type) ?? [];
  if (kind === 'int' || kind === 'uint' || kind === 'float') return { kind };
  throw new Error(`nothing is known of the Go type ${type}`);
};
