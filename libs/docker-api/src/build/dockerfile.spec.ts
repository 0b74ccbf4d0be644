import { describe, expect, test } from 'vitest';
import { healthcheckIn, healthcheckText } from './healthcheck.ts';
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

describe('a HEALTHCHECK', () => {
  const problemOf = (line: string): string => {
    try {
      parseDockerfile(`FROM a\nHEALTHCHECK ${line}\n`);
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };

  test.each([
    ['FOO bar', 'Unknown type "FOO" in HEALTHCHECK (try CMD)'],
    ['NONE x', 'HEALTHCHECK NONE takes no arguments'],
    ['CMD', 'Missing command after HEALTHCHECK CMD'],
    ['--foo=x CMD true', 'Unknown flag: foo'],
    ['--retries CMD true', 'Missing a value on flag: retries'],
    ['--retries=x CMD true', 'strconv.ParseInt: parsing "x": invalid syntax'],
    ['--retries=0 CMD true', '--retries must be at least 1 (not 0)'],
    ['--interval=x CMD true', 'time: invalid duration "x"'],
    ['--interval=5 CMD true', 'time: missing unit in duration "5"'],
    ['--start-period=1us CMD true', 'Interval "start-period" cannot be less than 1ms'],
  ])('of %s is refused as the parser does', (line, problem) => {
    expect(problemOf(line)).toBe(`dockerfile parse error line 2: ${problem}`);
  });

  const read = (rest: string, flags: readonly (readonly [string, string])[] = []) => {
    const health = healthcheckIn({ rest, flags });
    return 'problem' in health ? health.problem : [health, healthcheckText(health)];
  };

  test('is a line for the shell, a list of words, or none', () => {
    expect(read('CMD echo fine', [['interval', '1s']])).toEqual([
      { test: ['CMD-SHELL', 'echo fine'], intervalNanos: 1e9 },
      `HEALTHCHECK &{["CMD-SHELL" "echo fine"] "1s" "0s" "0s" '\\x00'}`,
    ]);
    expect(read('CMD ["test","-f","/x"]', [['retries', '4']])).toEqual([
      { test: ['CMD', 'test', '-f', '/x'], retries: 4 },
      `HEALTHCHECK &{["CMD" "test" "-f" "/x"] "0s" "0s" "0s" '\\x04'}`,
    ]);
    expect(read('NONE')).toEqual([
      { test: ['NONE'] },
      `HEALTHCHECK &{["NONE"] "0s" "0s" "0s" '\\x00'}`,
    ]);
  });
});
