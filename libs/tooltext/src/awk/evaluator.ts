import type { Pattern } from '../pattern/pattern.ts';
import type { Expression, Target } from './syntax.ts';
import type { Value } from './value.ts';

/** What the functions of awk need of the program that runs. */
export type Evaluator = {
  readonly variables: Map<string, Value>;
  readonly arrays: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  readonly line: string;
  get(name: string): Value;
  array(name: string): Map<string, Value>;
  split(text: string, separator: string): string[];
  patternOf(expression: Expression): Pattern;
  assign(target: Target, value: Value): Value;
  evaluate(expression: Expression): Value;
};
