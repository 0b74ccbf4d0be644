import { expect, test } from 'vitest';
import { traceparentOf } from './trace-context.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = '00f067aa0ba902b7';

test.each(['00', '01', '09'])('a trace with flags %s is taken as it is', (flags) => {
  const text = `00-${trace}-${parent}-${flags}`;
  expect(traceparentOf(text)).toBe(text);
});

test.each([
  ['cc-%-01', '01'],
  ['cc-%-08', '00'],
  ['01-%-03-what-the-future-will-be-like', '01'],
])('of a newer version, %s, what version 00 knows is taken', (text, flags) => {
  const given = text.replace('%', `${trace}-${parent}`);
  expect(traceparentOf(given)).toBe(`00-${trace}-${parent}-${flags}`);
});

test.each([
  ['nothing', undefined],
  ['an empty text', ''],
  ['two headers', [`00-${trace}-${parent}-01`, `00-${trace}-${parent}-01`]],
  ['two headers in one', `00-${trace}-${parent}-01, 00-${trace}-${parent}-01`],
  ['the forbidden version', `ff-${trace}-${parent}-01`],
  ['a trace of zeros', `00-${'0'.repeat(32)}-${parent}-01`],
  ['a parent of zeros', `00-${trace}-${'0'.repeat(16)}-01`],
  ['uppercase digits', `00-${trace.toUpperCase()}-${parent}-01`],
  ['more than version 00 has', `00-${trace}-${parent}-01-more`],
  ['a newer version with more that is not set apart', `cc-${trace}-${parent}-01.more`],
  ['a line break behind', `00-${trace}-${parent}-01\n`],
  ['a short trace', `00-${trace.slice(1)}-${parent}-01`],
])('%s is no trace', (_, text) => {
  expect(traceparentOf(text)).toBeNull();
});
