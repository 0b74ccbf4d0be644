import { expect, test } from 'vitest';
import { readPath } from './request-path.ts';

test.each([
  ['/v1.41/networks', '/v1.41/networks'],
  ['/networks/', '/networks/'],
  ['/', '/'],
  ['/networks/%C3%BC%20', '/networks/ü '],
  ['/images/a%2Fb/json', '/images/a/b/json'],
  ['/networks/%ff', '/networks/\ufffd'],
])('%s is %s', (raw, path) => {
  expect(readPath(raw)).toEqual({ kind: 'path', path });
});

test.each([
  ['/networks/..', '/'],
  ['/networks/%2e%2e/containers', '/containers'],
  ['/networks//a', '/networks/a'],
  ['/../../etc/passwd', '/etc/passwd'],
  ['/a/./b%20c/', '/a/b%20c/'],
  ['', '/'],
])('%j is sent to %s', (raw, to) => {
  expect(readPath(raw)).toEqual({ kind: 'moved', to });
});

test.each(['/%', '/%z', '/%zz', '/a%4'])('%s is no path', (raw) => {
  expect(readPath(raw)).toEqual({ kind: 'malformed' });
});
