import { foldCommit, LogBroken, netDelta, StoreUnavailable } from '@netfold/application';
import type { CarriedCommit, LabFold, LabModel, ProjectionSource } from '@netfold/application';
import { upcastEvents } from '@netfold/contracts';
import type { Commit, LabId } from '@netfold/contracts';
import type { Delta } from '@netfold/dataplane';
import { eventTypes } from '@netfold/domain';

/** What commits of one lab change in its rows. */
export type LabChanges =
  | {
      readonly kind: 'changed';
      readonly after: LabFold;
      readonly delta: Delta;
      /** Commits folded, those included that were read from the log. */
      readonly applied: number;
    }
  | { readonly kind: 'parked'; readonly labId: LabId; readonly reason: string };

export type FoldingParts = { readonly model: LabModel; readonly source: ProjectionSource };

/**
 * Folds commits of one lab onto the fold that its rows show. Only contiguous versions count: lower
 * ones are dropped, and where one is missing, or does not follow by its hash, the log is read.
 *
 * @throws StoreUnavailable; any other failure parks the lab
 */
export async function changesOfLab(
  parts: FoldingParts,
  rows: LabFold,
  commits: readonly CarriedCommit[],
): Promise<LabChanges> {
  const folding = new Folding(parts, rows);
  try {
    for (const commit of commits.toSorted((a, b) => a.labVersion - b.labVersion)) {
      await folding.take(commit);
    }
    return folding.changes();
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    return { kind: 'parked', labId: rows.labId, reason: reasonOf(error) };
  }
}

/** Folds what the log has after a fold. @throws LogBroken when it does not go so far */
export async function foldOn(
  { model, source }: FoldingParts,
  from: LabFold,
  upTo: number,
): Promise<LabFold> {
  let fold = from;
  if (fold.version >= upTo) return fold;
  for await (const commit of source.readLab(from.labId, from.version, upTo)) {
    assertKnown(commit);
    fold = foldCommit(model, fold, commit);
  }
  if (fold.version !== upTo) throw shorterLog(from.labId, upTo);
  return fold;
}

class Folding {
  readonly #parts: FoldingParts;
  readonly #deltas: Delta[] = [];
  #fold: LabFold;

  constructor(parts: FoldingParts, rows: LabFold) {
    this.#parts = parts;
    this.#fold = rows;
  }

  async take(carried: CarriedCommit): Promise<void> {
    const { version, lastHash } = this.#fold;
    if (carried.labVersion <= version) return;
    const isNext = carried.labVersion === version + 1 && carried.previousHash === lastHash;
    if (isNext) this.#step(commitOf(carried));
    else await this.#fill(carried.labVersion);
  }

  changes(): LabChanges {
    const delta = netDelta(this.#deltas);
    return { kind: 'changed', after: this.#fold, delta, applied: this.#deltas.length };
  }

  async #fill(upTo: number): Promise<void> {
    const { labId, version } = this.#fold;
    for await (const commit of this.#parts.source.readLab(labId, version, upTo)) {
      if (commit.previousHash !== this.#fold.lastHash) {
        throw new LogBroken(`lab ${labId}: version ${commit.labVersion} does not follow`);
      }
      this.#step(commit);
    }
    if (this.#fold.version !== upTo) throw shorterLog(labId, upTo);
  }

  #step(commit: Commit): void {
    assertKnown(commit);
    const { model } = this.#parts;
    const before = this.#fold;
    const after = foldCommit(model, before, commit);
    const { labId, tenantId } = after;
    const { events } = commit;
    this.#deltas.push(
      model.deltaOf({ labId, tenantId, before: before.lab, after: after.lab, events }),
    );
    this.#fold = after;
  }
}

function commitOf(carried: CarriedCommit): Commit {
  const { logEpoch: _, ...stored } = carried;
  return { ...stored, events: upcastEvents(stored.events, stored.schemaVersion) };
}

const knownTypes: ReadonlySet<string> = new Set(eventTypes);

/** Ignoring a fact of a newer build would leave rows that are wrong and look right. */
function assertKnown({ labId, labVersion, events }: Commit): void {
  const unknown = events.find(({ type }) => !knownTypes.has(type));
  if (unknown === undefined) return;
  throw new Error(`lab ${labId}, version ${labVersion}: unknown event type \`${unknown.type}\``);
}

const shorterLog = (labId: LabId, version: number): LogBroken =>
  new LogBroken(`lab ${labId}: the log has no version ${version}`);

/** Reasons are read by people; a stack of a thousand frames is not. */
const reasonCharactersMax = 2_000;

export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.slice(0, reasonCharactersMax);
}
