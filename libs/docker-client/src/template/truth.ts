import type { GoValue } from './go-value.ts';

/** What `if` takes for true: all but the zero of a type. @source Go text/template exec.go isTrue */
export const isTrue = (value: GoValue | null): boolean => {
  if (value === null) return false;
  switch (value.kind) {
    case 'bool':
      return value.value;
    case 'string':
      return value.value !== '';
    case 'int':
    case 'uint':
      return value.value !== 0n;
    case 'float':
      return value.value !== 0;
    case 'list':
      return (value.items ?? []).length > 0;
    case 'map':
      return (value.entries ?? []).length > 0;
    case 'pointer':
      return value.to !== null;
    case 'interface':
      return value.holds !== null;
    case 'struct':
      return true;
  }
};
