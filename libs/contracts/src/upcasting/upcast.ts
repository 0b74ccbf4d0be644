import type { LabEvent } from '../event.ts';
import { upcastingSteps } from './steps.ts';
import type { StoredEvent, UpcastingStep } from './upcasting-step.ts';

/** The version that this build writes: each step leads one further. */
export const currentSchemaVersion = upcastingSteps.length;

/** The commit was written by a newer build: it may not be guessed at, nor skipped. */
export class SchemaVersionUnknown extends Error {
  override readonly name = 'SchemaVersionUnknown';
  readonly schemaVersion: number;

  constructor(schemaVersion: number, newest: number) {
    super(`events of schema version ${schemaVersion}; this build knows 0 to ${newest}`);
    this.schemaVersion = schemaVersion;
  }
}

/**
 * Brings stored events to the version of this build, step by step.
 *
 * @param steps ordered by `from`, one for each version below the newest
 * @throws SchemaVersionUnknown for a version that no step leads from and that is not the newest
 */
export function upcastEvents(
  stored: readonly StoredEvent[],
  schemaVersion: number,
  steps: readonly UpcastingStep[] = upcastingSteps,
): readonly LabEvent[] {
  const newest = steps.length;
  if (!Number.isInteger(schemaVersion) || schemaVersion < 0 || schemaVersion > newest) {
    throw new SchemaVersionUnknown(schemaVersion, newest);
  }
  let events = stored;
  for (const step of steps) {
    if (step.from >= schemaVersion) events = events.flatMap((event) => step.upcast(event));
  }
  return events as readonly LabEvent[];
}
