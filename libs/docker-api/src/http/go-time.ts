/** Go's zero time, which Docker prints for what has not happened. */
export const zeroTime = '0001-01-01T00:00:00Z';

/** Milliseconds as RFC 3339 with as many digits as needed, as Go prints `RFC3339Nano`. */
export const goTime = (ms: number): string =>
  new Date(ms)
    .toISOString()
    .replace(/\.000Z$/, 'Z')
    .replace(/(\.\d*[1-9])0+Z$/, '$1Z');
