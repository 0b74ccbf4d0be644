import { describe, expect, it } from 'vitest';
import { compilePattern, findMatch } from './pattern.ts';
import { BadPattern } from './syntax.ts';

const extended = { isExtended: true, ignoresCase: false };

const found = (expression: string, text: string): string | null => {
  const match = findMatch(compilePattern(expression, extended), text);
  return match === null ? null : text.slice(match.start, match.end);
};

describe('patterns', () => {
  it('are matched in time linear in the text, whatever they say', () => {
    const pattern = compilePattern('^(a+)+$', extended);
    const start = performance.now();
    expect(findMatch(pattern, `${'a'.repeat(20_000)}b`)).toBeNull();
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('find the leftmost and of those the longest match', () => {
    expect(found('a|ab|abc', 'xabcd')).toBe('abc');
    expect(found('x*', 'aaxx')).toBe('');
    expect(found('[0-9]+', 'ab12cd345')).toBe('12');
  });

  it('tell where their groups matched', () => {
    const match = findMatch(compilePattern('(h)(e)?', extended), 'ha');
    expect(match?.groups).toEqual([{ start: 0, end: 1 }, null]);
  });

  it('refuse what would not be linear or is not closed', () => {
    const compile = (expression: string) => () => compilePattern(expression, extended);
    expect(compile(String.raw`(a)\1`)).toThrow(BadPattern);
    expect(compile('[abc')).toThrow(BadPattern);
    expect(compile('(abc')).toThrow(BadPattern);
    expect(compile('a{1000}')).toThrow('Regular expression too big');
    expect(compile('((a{200}){200}){200}')).toThrow('Regular expression too big');
  });
});
