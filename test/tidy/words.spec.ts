import { describe, expect, test } from 'vitest';
import { exemptFromWords } from './exempt.ts';
import { filesLike, isLike, textOf } from './repository.ts';
import { bannedWords, sqlBreaches, wordBreaches } from './words.ts';

const texts = ['**/*.{ts,tsx,mjs,cjs,js,sql,graphql,md,yml,yaml,sh}', '*.md', '.*.cjs', '.ci/*'];

test('no banned word or call', () => {
  const breaches = filesLike(texts, exemptFromWords).flatMap((path) =>
    wordBreaches(
      path,
      textOf(path),
      bannedWords.filter(({ where }) => where === undefined || isLike(path, where)),
    ),
  );
  expect(breaches).toEqual([]);
});

test('keywords of SQL are lowercase', () => {
  const breaches = filesLike(['**/*.sql'], ['**/golden/**']).flatMap((path) =>
    sqlBreaches(path, textOf(path)),
  );
  expect(breaches).toEqual([]);
});

describe('the check itself', () => {
  test.each([
    '// FIXME later',
    '// TODO: later',
    "test.skip('x', () => {});",
    "describe.only('x', () => {});",
    "test.concurrent.todo('x');",
    '// @ts-ignore',
    '// oxlint-disable-next-line no-console',
    "throw new Error('Something went wrong');",
    'class LabService {}',
    'interface LogPort {',
    'export interface Lab {',
    'export const enum Driver {',
    'readFileSync(new URL("./a.sql", import.meta.url))',
    'see ../shared/notes.md',
  ])('finds: %s', (line) => {
    expect(wordBreaches('a.ts', line, bannedWords)).not.toEqual([]);
  });

  test.each([
    '// oxlint-disable-next-line no-console -- the only program that prints',
    "const skip = page.skip('x');",
    'export type EventLog = {',
    'a method to do it',
  ])('leaves alone: %s', (line) => {
    expect(wordBreaches('a.ts', line, bannedWords)).toEqual([]);
  });

  test('SQL in upper case is found, but not in a string or a comment', () => {
    expect(sqlBreaches('a.sql', "SELECT 1;\nselect 'FROM'; -- WHERE")).toEqual([
      'a.sql:1: keywords of SQL are lowercase',
    ]);
  });
});
