import type { Pattern } from '../pattern/pattern.ts';

/** A program of awk: rules, carried out in order for each line. */
export type AwkProgram = readonly Rule[];

export type Rule = {
  readonly when:
    | 'begin'
    | 'end'
    | Expression
    | { readonly from: Expression; readonly to: Expression }
    | null;
  /** `null`: print the line. */
  readonly body: readonly Statement[] | null;
};

export type Statement =
  | { readonly kind: 'print'; readonly values: readonly Expression[] }
  | { readonly kind: 'printf'; readonly values: readonly Expression[] }
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly whenTrue: Statement;
      readonly otherwise: Statement | null;
    }
  | { readonly kind: 'while'; readonly condition: Expression; readonly body: Statement }
  | { readonly kind: 'do'; readonly condition: Expression; readonly body: Statement }
  | {
      readonly kind: 'for';
      readonly before: Statement | null;
      readonly condition: Expression | null;
      readonly after: Statement | null;
      readonly body: Statement;
    }
  | {
      readonly kind: 'forIn';
      readonly name: string;
      readonly array: string;
      readonly body: Statement;
    }
  | { readonly kind: 'delete'; readonly array: string; readonly key: readonly Expression[] | null }
  | { readonly kind: 'next' }
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }
  | { readonly kind: 'exit'; readonly value: Expression | null };

export type Target =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'field'; readonly index: Expression }
  | { readonly kind: 'element'; readonly array: string; readonly key: readonly Expression[] };

export type Expression =
  | Target
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | {
      readonly kind: 'assign';
      readonly operator: string;
      readonly target: Target;
      readonly value: Expression;
    }
  | {
      readonly kind: 'step';
      readonly target: Target;
      readonly by: 1 | -1;
      readonly isBefore: boolean;
    }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly value: Expression }
  | {
      readonly kind: 'choose';
      readonly condition: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  | {
      readonly kind: 'match';
      readonly isNegated: boolean;
      readonly value: Expression;
      readonly pattern: Expression;
    }
  | { readonly kind: 'in'; readonly key: Expression; readonly array: string }
  | { readonly kind: 'call'; readonly name: string; readonly values: readonly Expression[] };

/** A program that awk cannot read. */
export class AwkSyntaxError extends Error {}
