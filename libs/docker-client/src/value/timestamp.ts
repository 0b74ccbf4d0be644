import { readDuration } from './duration.ts';
import { ValueProblem } from './value-problem.ts';

/**
 * A moment as `--since` and `--until` have it, for the engine: seconds since the epoch.
 *
 * @param now  milliseconds since the epoch: what `10m` is counted back from
 * @throws ValueProblem
 * @source docker/docker api/types/time/timestamp.go GetTimestamp
 */
export const readTimestamp = (text: string, now: number): string => {
  const ago = durationIn(text);
  if (ago !== null) return String(Math.floor((now - ago / 1e6) / 1000));
  const layout = layoutOf(text);
  const read = readByLayout(text, layout);
  if (typeof read !== 'string') {
    return `${read.seconds}.${String(read.nanos).padStart(9, '0')}`;
  }
  if (text.includes('-')) throw new ValueProblem(`parsing time ${JSON.stringify(text)}${read}`);
  if (!/^[+-]?\d+(\.[+-]?\d+)?$/.test(text)) {
    const told = JSON.stringify(text);
    throw new ValueProblem(`failed to parse value as time or duration: ${told}`);
  }
  return text;
};

const durationIn = (text: string): number | null => {
  if (text === '0') return null;
  try {
    return readDuration(text);
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    return null;
  }
};

const layoutOf = (text: string): string => {
  const hasZone = /[zZ+]/.test(text) || text.split('-').length === 4;
  const zone = hasZone ? 'Z07:00' : '';
  if (text.includes('.')) return `2006-01-02T15:04:05.999999999${zone}`;
  if (!text.includes('T')) return `2006-01-02${zone}`;
  const colons = text.split(':').length - 1;
  // The colon of a zone such as +01:00 is none of the time's.
  const isNumbered = hasZone && !/[zZ]/.test(text) && colons > 0;
  const ofTime = isNumbered ? colons - 1 : colons;
  if (ofTime === 0) return `2006-01-02T15${zone}`;
  return ofTime === 1 ? `2006-01-02T15:04${zone}` : `2006-01-02T15:04:05${zone}`;
};

type Moment = { readonly seconds: number; readonly nanos: number };

const parts = /2006|01|02|15|04|05|\.999999999|Z07:00|[^\d.Z]/g;

/** @returns what Go has against it, as it stands behind the text. @source Go time Parse */
const readByLayout = (text: string, layout: string): Moment | string => {
  const reader = new LayoutReader(text, layout);
  for (const [part] of layout.matchAll(parts)) {
    const problem = reader.read(part);
    if (problem !== null) return problem;
  }
  return reader.moment();
};

const highest: Readonly<Record<string, readonly [name: string, max: number]>> = {
  '01': ['month', 12],
  '15': ['hour', 23],
  '04': ['minute', 59],
  '05': ['second', 59],
};

class LayoutReader {
  readonly #layout: string;
  #rest: string;
  #nanos = 0;
  #offsetSeconds = 0;
  readonly #numbers: Record<string, number> = { '2006': 0, '01': 1, '02': 1 };

  constructor(text: string, layout: string) {
    this.#rest = text;
    this.#layout = layout;
  }

  /** @returns what is wrong with this part; `null`: nothing */
  read(part: string): string | null {
    if (part === '.999999999') return this.#fraction();
    if (part === 'Z07:00') return this.#zone();
    if (!/^\d/.test(part)) return this.#literal(part);
    const digits = part === '2006' ? /^\d{4}/ : part === '15' ? /^\d{1,2}/ : /^\d{2}/;
    const [found] = digits.exec(this.#rest) ?? [];
    if (found === undefined) return this.#not(part);
    this.#rest = this.#rest.slice(found.length);
    this.#numbers[part] = Number(found);
    const [name, max] = highest[part] ?? ['', Infinity];
    if (Number(found) > max || (part === '01' && Number(found) === 0)) return outOfRange(name);
    return part === '05' ? this.#fraction() : null;
  }

  moment(): Moment | string {
    if (this.#rest !== '') return `: extra text: ${JSON.stringify(this.#rest)}`;
    const number = (part: string): number => this.#numbers[part] ?? 0;
    const [year, month, day] = [number('2006'), number('01'), number('02')];
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    date.setUTCHours(number('15'), number('04'), number('05'));
    if (date.getUTCMonth() !== month - 1 || day === 0) return outOfRange('day');
    return { seconds: date.getTime() / 1000 - this.#offsetSeconds, nanos: this.#nanos };
  }

  /** Seconds may have a fraction whether the layout has one or not. */
  #fraction(): null {
    const [found, digits = ''] = /^[.,](\d{1,9})\d*/.exec(this.#rest) ?? [];
    if (found === undefined) return null;
    this.#nanos = Number(digits.padEnd(9, '0'));
    this.#rest = this.#rest.slice(found.length);
    return null;
  }

  #zone(): string | null {
    const [found, sign, hours, minutes] = /^(?:Z|([+-])(\d{2}):(\d{2}))/.exec(this.#rest) ?? [];
    if (found === undefined) return this.#not('Z07:00');
    this.#rest = this.#rest.slice(found.length);
    const seconds = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
    this.#offsetSeconds = sign === '-' ? -seconds : seconds;
    return null;
  }

  #literal(part: string): string | null {
    if (!this.#rest.startsWith(part)) return this.#not(part);
    this.#rest = this.#rest.slice(part.length);
    return null;
  }

  #not(part: string): string {
    const layout = JSON.stringify(this.#layout);
    return ` as ${layout}: cannot parse ${JSON.stringify(this.#rest)} as ${JSON.stringify(part)}`;
  }
}

const outOfRange = (name: string): string => `: ${name} out of range`;
