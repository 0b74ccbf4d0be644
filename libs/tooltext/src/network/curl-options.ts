import { readOptions } from './options.ts';
import type { Options } from './options.ts';

/** Options without a value that have only a long name stand under that name. */
const long: Readonly<Record<string, string>> = {
  silent: 's',
  'show-error': 'S',
  'max-time': 'm',
  'connect-timeout': 'T',
  output: 'o',
  'remote-name': 'O',
  'write-out': 'w',
  head: 'I',
  include: 'i',
  fail: 'f',
  location: 'L',
  header: 'H',
  request: 'X',
  data: 'd',
  'user-agent': 'A',
  insecure: 'k',
  ipv4: '4',
  ipv6: '6',
  'no-progress-meter': 'no-progress-meter',
  retry: '%',
  url: 'U',
};

export const readCurlOptions = (words: readonly string[]): Options =>
  readOptions(words, { flags: 'sSIifLk46gNvO', valued: 'mTowHXdAueU%', long });
