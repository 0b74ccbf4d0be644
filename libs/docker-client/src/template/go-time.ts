import type { GoTime } from './go-value.ts';

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([-+])(\d\d):(\d\d))$/;

const nanosPerMs = 1_000_000n;
const nanosPerSecond = 1_000_000_000n;
const nanosPerMinute = 60n * nanosPerSecond;

/** `2023-01-01T00:00:00.5Z`; `null`: no time. @source Go time RFC3339Nano */
export const timeOf = (text: string): GoTime | null => {
  const [found, year, month, day, hour, minute, second, fraction = '', sign, ...offset] =
    pattern.exec(text) ?? [];
  if (found === undefined) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  const [hours = '0', minutes = '0'] = offset;
  const offsetMinutes =
    sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const local = BigInt(date.getTime()) * nanosPerMs + BigInt(fraction.padEnd(9, '0'));
  return { nanoseconds: local - BigInt(offsetMinutes) * nanosPerMinute, offsetMinutes };
};

type Parts = { readonly date: string; readonly clock: string; readonly fraction: string };

/** Date, time of day and the fraction of the second (without zeros behind) at the time's place. */
const partsOf = ({ nanoseconds, offsetMinutes }: GoTime): Parts => {
  const local = nanoseconds + BigInt(offsetMinutes) * nanosPerMinute;
  const rest = ((local % nanosPerSecond) + nanosPerSecond) % nanosPerSecond;
  const date = new Date(Number((local - rest) / nanosPerMs));
  const digits = rest.toString().padStart(9, '0').replace(/0+$/, '');
  const iso = date.toISOString();
  return {
    date: iso.slice(0, iso.indexOf('T')),
    clock: iso.slice(iso.indexOf('T') + 1, -'.000Z'.length),
    fraction: digits === '' ? '' : `.${digits}`,
  };
};

const offsetText = (minutes: number, separator: string): string => {
  const hours = Math.floor(Math.abs(minutes) / 60);
  const two = (count: number): string => String(count).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(hours)}${separator}${two(Math.abs(minutes) % 60)}`;
};

export const rfc3339 = (time: GoTime): string => {
  const { date, clock, fraction } = partsOf(time);
  const place = time.offsetMinutes === 0 ? 'Z' : offsetText(time.offsetMinutes, ':');
  return `${date}T${clock}${fraction}${place}`;
};

/** `2023-01-01 00:00:00.5 +0000 UTC` @source Go time.Time.String */
export const timeText = (time: GoTime): string => {
  const { date, clock, fraction } = partsOf(time);
  const offset = offsetText(time.offsetMinutes, '');
  // A place without a name is called by its distance.
  const place = time.offsetMinutes === 0 ? 'UTC' : offset;
  return `${date} ${clock}${fraction} ${offset} ${place}`;
};

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `Mon Jan  2 15:04:05 2006` of a time in RFC 3339, else the text. @source Go time.ANSIC */
export const ansicText = (text: string): string => {
  const time = timeOf(text);
  if (time === null) return text;
  const { date, clock } = partsOf(time);
  const day = new Date(`${date}T00:00:00Z`);
  const number = String(day.getUTCDate()).padStart(2);
  const year = String(day.getUTCFullYear()).padStart(4, '0');
  return `${days[day.getUTCDay()]} ${months[day.getUTCMonth()]} ${number} ${clock} ${year}`;
};

/** `2023-01-01T00:00:00.500000000Z`: nine digits always. */
export const fullTimeText = (nanoseconds: bigint): string => {
  const { date, clock, fraction } = partsOf({ nanoseconds, offsetMinutes: 0 });
  return `${date}T${clock}.${fraction.slice(1).padEnd(9, '0')}Z`;
};

/** As `timeText`, of seconds since the epoch. */
export const momentText = (seconds: number): string =>
  timeText({ nanoseconds: BigInt(seconds) * nanosPerSecond, offsetMinutes: 0 });

/** `1h2m3.5s` @source Go time.Duration.String */
export const durationText = (nanoseconds: bigint): string => {
  if (nanoseconds === 0n) return '0s';
  const sign = nanoseconds < 0n ? '-' : '';
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (size < 1000n) return `${sign}${size}ns`;
  if (size < nanosPerMs) return `${sign}${withFraction(size, 3)}µs`;
  if (size < nanosPerSecond) return `${sign}${withFraction(size, 6)}ms`;
  const minutes = size / nanosPerMinute;
  const seconds = `${withFraction(size % nanosPerMinute, 9)}s`;
  if (minutes === 0n) return `${sign}${seconds}`;
  const hours = minutes / 60n;
  return `${sign}${hours === 0n ? '' : `${hours}h`}${minutes % 60n}m${seconds}`;
};

const withFraction = (value: bigint, digits: number): string => {
  const whole = value.toString().padStart(digits + 1, '0');
  const fraction = whole.slice(-digits).replace(/0+$/, '');
  return whole.slice(0, -digits) + (fraction === '' ? '' : `.${fraction}`);
};
