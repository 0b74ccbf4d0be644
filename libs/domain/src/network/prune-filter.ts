import type { LabTime, Refusal } from '@netfold/contracts';
import * as refusals from '../refusal/network.ts';
import { parseInstant } from './prune-instant.ts';

/** What a prune may take. */
export type PruneFilter = {
  readonly until: LabTime | null;
  readonly labels: readonly string[];
  readonly labelsNot: readonly string[];
};

const acceptedFilters: readonly string[] = ['label', 'label!', 'until'];

/** Reads the filters of a prune, of networks as of containers. */
export function pruneFilterOf(
  filters: Readonly<Record<string, readonly string[]>>,
  now: LabTime,
): PruneFilter | Refusal {
  const unknown = Object.keys(filters).find((key) => !acceptedFilters.includes(key));
  if (unknown !== undefined) return refusals.invalidFilter(unknown);
  const [until, ...rest] = filters['until'] ?? [];
  if (rest.length > 0) return refusals.severalUntilFilters();
  const instant = until === undefined ? null : parseInstant(until, now);
  if (until !== undefined && instant === null) return refusals.invalidUntil(until);
  return {
    until: instant,
    labels: filters['label'] ?? [],
    labelsNot: filters['label!'] ?? [],
  };
}

/** Whether age and labels let a thing be pruned. */
export function isPruned(
  thing: { readonly createdAt: LabTime; readonly labels: Readonly<Record<string, string>> },
  filter: PruneFilter,
): boolean {
  if (filter.until !== null && thing.createdAt > filter.until) return false;
  const hasAll = (wanted: readonly string[]): boolean =>
    wanted.every((label) => hasLabel(thing.labels, label));
  return hasAll(filter.labels) && (filter.labelsNot.length === 0 || !hasAll(filter.labelsNot));
}

/** `key` or `key=value`. */
function hasLabel(labels: Readonly<Record<string, string>>, wanted: string): boolean {
  const [key = '', ...rest] = wanted.split('=');
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  return value !== undefined && (rest.length === 0 || value === rest.join('='));
}
