import type { LabTime } from '@netfold/contracts';

const unitMilliseconds: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * Reads an `until` filter: a duration before now (`10m`, `1h30m`), seconds since the epoch, or a
 * date with or without time and zone.
 *
 * @returns milliseconds since the epoch, or `null`
 * @source moby/moby api/types/time/timestamp.go GetTimestamp
 */
export function parseInstant(text: string, now: LabTime): LabTime | null {
  const duration = parseDuration(text);
  if (duration !== null) return now - duration;
  if (/^[0-9]+(\.[0-9]{1,9})?$/.test(text)) return Math.floor(Number(text) * 1_000);
  return parseDate(text);
}

function parseDuration(text: string): number | null {
  const match = /^([+-]?)((?:[0-9]+(?:\.[0-9]*)?(?:ns|us|µs|ms|s|m|h))+|0)$/.exec(text);
  if (match === null) return null;
  let milliseconds = 0;
  for (const [, amount, unit] of text.matchAll(/([0-9]+(?:\.[0-9]*)?)(ns|us|µs|ms|s|m|h)/g)) {
    milliseconds += Number(amount) * (unitMilliseconds[unit ?? ''] ?? 0);
  }
  return match[1] === '-' ? -milliseconds : milliseconds;
}

/** Dates without a zone are the lab's, which is UTC. */
function parseDate(text: string): LabTime | null {
  const form =
    /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(\.\d+)?)?)?)?(Z|[+-]\d{2}:\d{2})?$/;
  const match = form.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] =
    match;
  const shortened = fraction.slice(0, 4);
  const instant = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}${shortened}${zone}`,
  );
  return Number.isNaN(instant) ? null : instant;
}
