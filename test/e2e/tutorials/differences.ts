import type { HostFacts } from './host-facts.ts';

/** One thing that is not as recorded: where, and both values. */
export type Finding = {
  readonly step: number;
  readonly host: string;
  readonly section: string;
  readonly recorded: string;
  readonly shown: string;
};

const findingsToldMax = 5;

/** The first of many findings in a few lines: a report of CI is cut. */
export const summaryOf = (findings: readonly Finding[]): string =>
  [
    `${findings.length} findings`,
    ...findings.slice(0, findingsToldMax).map((one) => JSON.stringify(one)),
  ].join('\n');

export type Difference = Pick<Finding, 'section' | 'recorded' | 'shown'>;

/** Compares section by section; of long ones only what differs is told. */
export function differencesOf(recorded: HostFacts, shown: HostFacts): readonly Difference[] {
  const sections = new Set([...Object.keys(recorded), ...Object.keys(shown)]);
  return [...sections].toSorted().flatMap((section) => {
    const difference = differing(recorded[section], shown[section]);
    return difference === null ? [] : [{ section, ...difference }];
  });
}

function differing(recorded: unknown, shown: unknown): Omit<Difference, 'section'> | null {
  if (isSame(recorded, shown)) return null;
  if (isRecord(recorded) && isRecord(shown)) {
    const keys = [...new Set([...Object.keys(recorded), ...Object.keys(shown)])];
    const odd = keys.filter((key) => !isSame(sorted(recorded[key]), sorted(shown[key])));
    if (odd.length === 0) return null;
    const only = (from: Readonly<Record<string, unknown>>): string =>
      JSON.stringify(Object.fromEntries(odd.map((key) => [key, from[key]])));
    return { recorded: only(recorded), shown: only(shown) };
  }
  if (Array.isArray(recorded) && Array.isArray(shown)) {
    const without = (list: readonly unknown[], other: readonly unknown[]): readonly unknown[] =>
      list.filter((item) => !other.some((one) => isSame(one, item)));
    const [missing, extra] = [without(recorded, shown), without(shown, recorded)];
    // The same items in another order: all are told.
    if (missing.length === 0 && extra.length === 0) return textsOf(recorded, shown);
    return pairwise(missing, extra) ?? textsOf(missing, extra);
  }
  return textsOf(recorded, shown);
}

/** Of records with the same names, which members of which. */
function pairwise(
  missing: readonly unknown[],
  extra: readonly unknown[],
): Omit<Difference, 'section'> | null {
  const named = (list: readonly unknown[]): unknown[] =>
    list.map((item) => (isRecord(item) ? item['name'] : undefined));
  if (named(missing).includes(undefined) || !isSame(named(missing), named(extra))) return null;
  const odd = missing.map((item, at) => [named([item])[0], differing(item, extra[at])] as const);
  const told = (side: 'recorded' | 'shown'): string =>
    odd.map(([name, found]) => `${String(name)} ${found?.[side] ?? ''}`).join(', ');
  return { recorded: told('recorded'), shown: told('shown') };
}

const textsOf = (recorded: unknown, shown: unknown): Omit<Difference, 'section'> => ({
  recorded: JSON.stringify(recorded) ?? 'nothing',
  shown: JSON.stringify(shown) ?? 'nothing',
});

/** Members of an object have no order. */
function sorted(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [
    key,
    sorted(inner),
  ]);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
