import { test } from '../filters/test.ts';
import { compilePattern, findMatch } from '../pattern/pattern.ts';
import type { ToolWorld } from '../tool.ts';
import { globMatches } from './glob.ts';
import type { TestToken, Word } from './syntax.ts';

/** How the words of a test become text. A pattern keeps what is quoted from meaning more. */
export type Expand = {
  readonly text: (word: Word) => string;
  readonly pattern: (word: Word) => string;
};

/** `[[ EXPRESSION ]]` of bash: words are not split, `==` takes a pattern, `=~` an expression. */
export const evaluateTest = (
  world: ToolWorld,
  tokens: readonly TestToken[],
  expand: Expand,
): number => {
  let at = 0;
  const isNext = (text: string): boolean => {
    const token = tokens[at];
    return token?.kind === 'operator' && token.text === text;
  };
  const take = (text: string): boolean => {
    const isTaken = isNext(text);
    if (isTaken) at += 1;
    return isTaken;
  };
  const isWord = (text: string): boolean => {
    const token = tokens[at];
    return token?.kind === 'word' && plainText(token.word) === text;
  };
  const either = (): boolean => {
    let value = both();
    while (take('||')) value = both() || value;
    return value;
  };
  const both = (): boolean => {
    let value = one();
    while (take('&&')) value = one() && value;
    return value;
  };
  const one = (): boolean => {
    if (take('(')) {
      const value = either();
      take(')');
      return value;
    }
    if (isWord('!')) {
      at += 1;
      return !one();
    }
    const words: Word[] = [];
    let order: '<' | '>' | null = null;
    for (; at < tokens.length; at += 1) {
      const token = tokens[at];
      if (token?.kind === 'word') words.push(token.word);
      else if (token?.text === '<' || token?.text === '>') order = token.text;
      else break;
    }
    return compare(world, words, { order, expand });
  };
  return either() ? 0 : 1;
};

const plainText = (word: Word): string | null => {
  const [only, more] = word;
  return only?.kind === 'text' && !only.isQuoted && more === undefined ? only.text : null;
};

type How = { readonly order: '<' | '>' | null; readonly expand: Expand };

const compare = (world: ToolWorld, words: readonly Word[], { order, expand }: How): boolean => {
  const [left = [], operator = [], right = []] = words;
  if (order !== null) {
    const [a, b] = [expand.text(left), expand.text(operator)];
    return order === '<' ? a < b : a > b;
  }
  if (words.length < 3) {
    return test(world, ['test', ...words.map(expand.text)], { text: '' }).exitCode === 0;
  }
  const value = expand.text(left);
  switch (expand.text(operator)) {
    case '=':
    case '==':
      return globMatches(expand.pattern(right), value);
    case '!=':
      return !globMatches(expand.pattern(right), value);
    case '=~':
      return matches(expand.text(right), value);
    default:
      return test(world, ['test', ...words.map(expand.text)], { text: '' }).exitCode === 0;
  }
};

const matches = (pattern: string, text: string): boolean =>
  findMatch(compilePattern(pattern, { isExtended: true, ignoresCase: false }), text) !== null;
