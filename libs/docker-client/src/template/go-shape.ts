/** What a Go type is made of, as far as templates and JSON can tell. */
export type GoShape =
  | { readonly kind: 'bool' | 'string' | 'int' | 'uint' | 'float' | 'interface' | 'time' }
  | { readonly kind: 'list' | 'pointer'; readonly elem: string }
  | { readonly kind: 'map'; readonly key: string; readonly elem: string }
  | { readonly kind: 'struct'; readonly fields: readonly GoField[] };

/** Name, type, name in JSON (empty: the same), and marks: `omitempty`, `embedded`, `hidden`. */
type GoField = readonly [name: string, type: string, json: string, marks: string];
