/** The grammar of a shell line, as far as lessons use it. */
export type Script = readonly AndOr[];

/** Pipelines joined by `&&` and `||`, run from the left. */
export type AndOr = {
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: '&&' | '||'; readonly pipeline: Pipeline }[];
};

export type Pipeline = { readonly isNegated: boolean; readonly commands: readonly Command[] };

export type Command =
  | SimpleCommand
  | {
      readonly kind: 'group';
      readonly isSubshell: boolean;
      readonly body: Script;
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly condition: Script; readonly body: Script }[];
      readonly otherwise: Script;
    }
  | {
      readonly kind: 'for';
      readonly name: string;
      /** `null`: the positional parameters. */
      readonly words: readonly Word[] | null;
      readonly body: Script;
    }
  | {
      readonly kind: 'while';
      readonly isUntil: boolean;
      readonly condition: Script;
      readonly body: Script;
    }
  | {
      readonly kind: 'case';
      readonly subject: Word;
      readonly branches: readonly { readonly patterns: readonly Word[]; readonly body: Script }[];
    };

export type SimpleCommand = {
  readonly kind: 'simple';
  readonly assignments: readonly { readonly name: string; readonly value: Word }[];
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
};

export type Redirection = {
  /** File descriptor: 0, 1 or 2. */
  readonly descriptor: number;
  readonly operator: '<' | '>' | '>>' | '>&' | '&>';
  readonly target: Word;
};

export type Word = readonly WordPart[];

export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly isQuoted: boolean }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly isQuoted: boolean;
      readonly change: Change | null;
    }
  | { readonly kind: 'command'; readonly script: Script; readonly isQuoted: boolean }
  | { readonly kind: 'arithmetic'; readonly text: string; readonly isQuoted: boolean };

/** `${NAME:-word}` and its relatives; `length` is `${#NAME}`. */
export type Change = {
  readonly operator: '-' | ':-' | '=' | ':=' | '+' | ':+' | '#' | '##' | '%' | '%%' | 'length';
  readonly word: Word;
};

/** A line that the shell cannot read. */
export class ShellSyntaxError extends Error {}
