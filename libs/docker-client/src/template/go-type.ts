import { clientTypes } from './client-types.ts';
import { apiTypes } from './golden/api-types.ts';

/** What a Go type is made of, as far as templates and JSON can tell. */
export type GoShape =
  | { readonly kind: 'bool' | 'string' | 'int' | 'uint' | 'float' | 'interface' | 'time' }
  | { readonly kind: 'list' | 'pointer'; readonly elem: string }
  | { readonly kind: 'map'; readonly key: string; readonly elem: string }
  | { readonly kind: 'struct'; readonly fields: readonly GoField[] };

/** Name, type, name in JSON (empty: the same), and marks: `omitempty`, `embedded`, `hidden`. */
type GoField = readonly [name: string, type: string, json: string, marks: string];

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
