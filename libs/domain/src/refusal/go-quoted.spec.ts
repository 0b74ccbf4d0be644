import { expect, test } from 'vitest';
import { goQuoted } from './go-quoted.ts';

test.each([
  ['plain text', '"plain text"'],
  ['n\u0007', String.raw`"n\a"`],
  ['a"b\\c\n\t\v', String.raw`"a\"b\\c\n\t\v"`],
  ['\u0000\u001b\u007f', String.raw`"\x00\x1b\x7f"`],
  ['a\u00a0\u200b', String.raw`"a\u00a0\u200b"`],
  ['\u{1f433}ü', '"\u{1f433}ü"'],
  ['\u{e0001}', String.raw`"\U000e0001"`],
])('%j is quoted as Go quotes it', (text, quoted) => {
  expect(goQuoted(text)).toBe(quoted);
});
