import { byBytes } from '../template/go-quote.ts';
import { shortNumber } from '../template/go-text.ts';
import { jsonString } from '../template/json-text.ts';

const decimal = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];

const sized = (size: number, base: number, units: readonly string[]): [number, string] => {
  let [left, at] = [size, 0];
  while (left >= base && at < units.length - 1) {
    left /= base;
    at += 1;
  }
  return [left, units[at] ?? ''];
};

/** `1.234GB`, of bytes. @source docker/go-units size.go HumanSizeWithPrecision */
export const humanSize = (bytes: number, digits = 4): string => {
  const [left, unit] = sized(bytes, 1000, decimal);
  return shortNumber(left, digits) + unit;
};

/** `1.149GiB`, of bytes. @source docker/go-units size.go BytesSize */
export const bytesSize = (bytes: number, digits = 4): string => {
  const [left, unit] = sized(bytes, 1024, binary);
  return shortNumber(left, digits) + unit;
};

/** `About a minute`, of milliseconds. @source docker/go-units duration.go */
export const humanDuration = (ms: number): string => {
  const seconds = Math.trunc(ms / 1000);
  const minutes = Math.trunc(ms / 60_000);
  const hours = Math.trunc(ms / 3_600_000 + 0.5);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.trunc(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.trunc(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.trunc(hours / 24 / 30)} months`;
  return `${Math.trunc(Math.trunc(ms / 3_600_000) / 24 / 365)} years`;
};

const shortLength = 12;

/** The first 12 letters of an id, its `sha256:` left out. @source moby/moby pkg/stringid */
export const shortId = (id: string): string => id.slice(id.indexOf(':') + 1).slice(0, shortLength);

/** What East Asian scripts and pictures take: two columns each. @source Unicode UAX #11 */
const wide = new RegExp(
  '^[\\u1100-\\u115F\\u2E80-\\u303E\\u3041-\\uA4CF\\uAC00-\\uD7A3\\uF900-\\uFAFF\\uFE30-\\uFE6F' +
    '\\uFF00-\\uFF60\\uFFE0-\\uFFE6\\u{1F300}-\\u{1F64F}\\u{1F900}-\\u{1F9FF}' +
    '\\u{20000}-\\u{3FFFD}]$',
  'u',
);

/**
 * A text that takes no more columns than that; what is cut ends with `…`.
 *
 * @source docker/cli v20.10 cli/command/formatter/displayutils.go
 */
export const ellipsis = (text: string, widthMax: number): string => {
  if (widthMax <= 0) return '';
  const letters = Array.from(text);
  if (widthMax === 1) return letters[0] ?? '';
  const widths = letters.map((letter) => (wide.test(letter) ? 2 : 1));
  if (widths.reduce((sum, width) => sum + width, 0) <= widthMax) return text;
  let [kept, width] = [0, 0];
  while (width + (widths[kept] ?? 0) <= widthMax - 1) {
    width += widths[kept] ?? 0;
    kept += 1;
  }
  return `${letters.slice(0, kept).join('')}…`;
};

/**
 * What `--filter` was given, as the query parameter says it; `undefined`: nothing.
 *
 * @source docker/cli v20.10 opts/opts.go FilterOpt
 */
export const filtersJson = (given: readonly string[]): string | undefined => {
  const fields = new Map<string, Set<string>>();
  for (const one of given.filter((text) => text !== '')) {
    const name = one.slice(0, one.indexOf('=')).trim().toLowerCase();
    const value = one.slice(one.indexOf('=') + 1).trim();
    fields.set(name, (fields.get(name) ?? new Set()).add(value));
  }
  return fields.size === 0 ? undefined : encodedFilters(fields);
};

/** Names and values in order: Go sorts the keys of a map. */
const encodedFilters = (fields: ReadonlyMap<string, ReadonlySet<string>>): string => {
  const names = [...fields.keys()].toSorted(byBytes).map((name) => {
    const values = [...(fields.get(name) ?? [])].toSorted(byBytes);
    const members = values.map((one) => `${jsonString(one, true)}:true`);
    return `${jsonString(name, true)}:{${members.join(',')}}`;
  });
  return `{${names.join(',')}}`;
};
