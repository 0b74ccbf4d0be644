import type { GoValue } from './go-value.ts';

/** A function that templates may call. */
export type GoFunction = {
  /** Types of what it takes; `reflect.Value`: any value as it is. */
  readonly takes: readonly string[];
  /** The type of any more that it takes. */
  readonly more?: string;
  /** `and`, `or`: the truth that ends it. */
  readonly stopsAt?: boolean;
  /** @throws FunctionProblem */
  readonly call: (args: readonly (GoValue | null)[]) => GoValue | null;
};

export type Functions = ReadonlyMap<string, GoFunction>;

/** Why a function cannot answer, in Go's words. */
export class FunctionProblem extends Error {}
