const nanosIn: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3_600e9,
};

/** Nanoseconds as `1m30s`, `1.5s`, `200ms`. @source golang/go time Duration.String */
export function goDuration(nanos: number): string {
  if (nanos === 0) return '0s';
  for (const unit of ['ns', 'µs', 'ms']) {
    if (nanos < (nanosIn[unit] ?? 1) * 1e3) return `${nanos / (nanosIn[unit] ?? 1)}${unit}`;
  }
  const minutes = Math.floor(nanos / 60e9);
  const seconds = `${(nanos - minutes * 60e9) / 1e9}s`;
  if (minutes >= 60) return `${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

/**
 * Reads a duration of Go, e.g. `1h30m`.
 *
 * @returns nanoseconds, or why it is none in Go's words
 * @source golang/go time ParseDuration
 */
export function parseGoDuration(text: string): number | string {
  const quoted = JSON.stringify(text);
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === '0') return 0;
  if (rest === '') return `time: invalid duration ${quoted}`;
  let nanos = 0;
  let left = rest;
  while (left !== '') {
    const [all = '', amount = '', unit = ''] = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(left) ?? [];
    if (amount === '') return `time: invalid duration ${quoted}`;
    if (unit === '') return `time: missing unit in duration ${quoted}`;
    const size = nanosIn[unit];
    if (size === undefined) {
      return `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`;
    }
    nanos += Math.round(Number(amount) * size);
    left = left.slice(all.length);
  }
  return sign === '-' ? -nanos : nanos;
}
