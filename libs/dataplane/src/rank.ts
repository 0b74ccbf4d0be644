/**
 * Ranks sort the rules of a chain as text. The engine inserts a network's rules at the top of a
 * chain and appends those of published ports, so a rank is a section and, within it, the entity's
 * ordinal: counted down where rules go to the top, up where they are appended. A rule that comes
 * or goes never renumbers another one.
 *
 *   a  what the engine keeps at the very top (the jumps out of FORWARD)
 *   c  inserted at the top, the newest first
 *   m  appended, the oldest first
 *   z  what stays at the end (the RETURN of a chain)
 */

/** Ordinals have at most ten digits: a host lives for fewer facts than that. */
const ordinalMax = 9_999_999_999;
const ordinalDigits = 10;

const digits = (ordinal: number): string => String(ordinal).padStart(ordinalDigits, '0');

/** @param place  of several rules of one entity: 0 is nearest to the top */
export const keptOnTop = (place: number): string => `a${place}`;

export const insertedOnTop = (ordinal: number, place: number): string =>
  `c${digits(ordinalMax - ordinal)}.${place}`;

/** @param place  text that orders the rules appended at one ordinal */
export const appended = (ordinal: number, place: string): string => `m${digits(ordinal)}.${place}`;

export const keptAtEnd = 'z';

/** Builtin chains stand in the order of their hooks, the others follow by name. */
const hooks = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];

export function chainRank(chain: string): string {
  const hook = hooks.indexOf(chain);
  return hook >= 0 ? `a${hook}` : `b${chain}`;
}
