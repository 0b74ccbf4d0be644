import { shapeOf } from './go-type.ts';
import type { GoValue } from './go-value.ts';
import { nodeText } from './node.ts';
import type { Operand } from './node.ts';

const expectations: Readonly<Record<string, string>> = {
  bool: 'bool',
  string: 'string',
  int: 'integer',
  uint: 'unsigned integer',
  float: 'float',
};

type Literal = Extract<Operand, { kind: 'bool' | 'string' | 'number' }>;

/**
 * A literal as the type that is wanted; a text: why it cannot be one.
 *
 * @source Go text/template exec.go evalArg
 */
export const literalAs = (node: Literal, type: string): GoValue | string => {
  const { kind } = shapeOf(type);
  const wanted = expectations[kind];
  const shown = nodeText(node);
  if (wanted === undefined) return `can't handle ${shown} for arg of type ${type}`;
  if (kind === 'bool' && node.kind === 'bool') return { kind, type, value: node.value };
  if (kind === 'string' && node.kind === 'string') return { kind, type, value: node.value };
  if (node.kind === 'number') {
    if (kind === 'float' && node.float !== null) return { kind, type, value: node.float };
    const whole = kind === 'int' ? node.int : node.uint;
    if ((kind === 'int' || kind === 'uint') && whole !== null) return { kind, type, value: whole };
  }
  return `expected ${wanted}; found ${shown}`;
};
