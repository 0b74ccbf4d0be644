/** The grammar of a shell line, as far as lessons use it. */
export type Script = readonly AndOr[];

/** Pipelines joined by `&&` and `||`, run from the left. */
export type AndOr = {
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: '&&' | '||'; readonly pipeline: Pipeline }[];
  /** It ends with a `&`: what follows does not wait for it. */
  readonly isBackground: boolean;
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
    }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command }
  /** `[[ ... ]]` of bash. */
  | { readonly kind: 'test'; readonly tokens: readonly TestToken[] }
  /** `((...))` of bash. */
  | { readonly kind: 'arithmetic'; readonly word: Word }
  /** `for ((...; ...; ...))` of bash. */
  | {
      readonly kind: 'counting';
      readonly first: Word;
      readonly condition: Word;
      readonly next: Word;
      readonly body: Script;
    };

export type TestToken =
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'operator'; readonly text: '&&' | '||' | '(' | ')' | '<' | '>' };

export type SimpleCommand = {
  readonly kind: 'simple';
  /** Counted from 1. */
  readonly line: number;
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
};

export type Assignment = {
  readonly name: string;
  readonly value: Word;
  /** `+=` of bash. */
  readonly isAppended: boolean;
};

export type Redirection = {
  /** File descriptor: 0, 1 or 2. */
  readonly descriptor: number;
  readonly operator: '<' | '>' | '>>' | '>&' | '&>' | '<<' | '<<<';
  /** A file, a number, or the text of a here-document. */
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
  | { readonly kind: 'arithmetic'; readonly word: Word; readonly isQuoted: boolean };

/** `${NAME:-word}` and its relatives; `length` is `${#NAME}`, `slice` `${NAME:FROM:LENGTH}`. */
export type Change = {
  readonly operator: ChangeOperator;
  readonly word: Word;
  /** What takes the place of what the word matches: `${NAME/word/other}`. */
  readonly other?: Word;
};

export type ChangeOperator =
  | '-'
  | ':-'
  | '='
  | ':='
  | '+'
  | ':+'
  | '?'
  | ':?'
  | '#'
  | '##'
  | '%'
  | '%%'
  | '/'
  | '//'
  | '^'
  | '^^'
  | ','
  | ',,'
  | 'slice'
  | 'indirect'
  | 'length';

/** A line that the shell cannot read. */
export class ShellSyntaxError extends Error {}
