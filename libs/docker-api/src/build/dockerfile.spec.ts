import { describe, expect, test } from 'vitest';
import { pairsOf, parseDockerfile, substituted, wordsOf } from './dockerfile.ts';

describe('a Dockerfile', () => {
  test('is its instructions, lines joined, comments left out', () => {
    const text = [
      '# a comment',
      'from node AS one',
      'RUN rm -rf node_modules\\',
      '# between',
      '',
      '&& npm i',
      'COPY --from=one --chown=1 ["a b", "/c/"]',
      'ENTRYPOINT [ "/bin/bash" ]',
      'CMD ["no list]',
    ].join('\n');
    expect(parseDockerfile(text).map(({ text: all, list, flags }) => [all, list, flags])).toEqual([
      ['FROM node AS one', null, []],
      ['RUN rm -rf node_modules&& npm i', null, []],
      [
        'COPY --from=one --chown=1 ["a b", "/c/"]',
        ['a b', '/c/'],
        [
          ['from', 'one'],
          ['chown', '1'],
        ],
      ],
      ['ENTRYPOINT [ "/bin/bash" ]', ['/bin/bash'], []],
      ['CMD ["no list]', null, []],
    ]);
  });

  test('may name another escape', () => {
    const text = '# escape=`\nFROM a\nRUN dir `\n c:\\\nRUN x\n';
    expect(parseDockerfile(text).map((one) => one.text)).toEqual([
      'FROM a',
      'RUN dir  c:\\',
      'RUN x',
    ]);
  });

  test.each([
    ['', 'file with no instructions'],
    ['# only\n', 'file with no instructions'],
    ['FROM a\nFETCH b\n', 'dockerfile parse error line 2: unknown instruction: FETCH'],
    ['FROM a\n\nRUN\n', 'dockerfile parse error line 3: RUN requires at least one argument'],
  ])('%j is refused in the words of the parser', (text, message) => {
    expect(() => parseDockerfile(text)).toThrow(message);
  });
});

test('words are held together by quotes', () => {
  expect(wordsOf(`a "b c" d\\ e 'f g'h`)).toEqual(['a', 'b c', 'd e', 'f gh']);
  expect(pairsOf('A=1 B="x y" C')).toEqual([
    ['A', '1'],
    ['B', 'x y'],
    ['C', ''],
  ]);
  expect(pairsOf('NAME the rest of it')).toEqual([['NAME', 'the rest of it']]);
});

test('variables are put in', () => {
  const known = new Map([['A', 'x']]);
  const text = '$A ${A}1 $B- ${B:-else} ${A:+then} ${B:+then} \\$A';
  expect(substituted(text, known)).toBe('x x1 - else then  $A');
});
