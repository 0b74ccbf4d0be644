import {
  absentFold,
  ProjectionOutdated,
  RecentlyUsed,
  StoreUnavailable,
} from '@netfold/application';
import type {
  AppliedBatch,
  CarriedCommit,
  CommitBatch,
  CommitCheckpoint,
  CommitPlace,
  CommitProjection,
  LabFold,
  LabModel,
  ProjectionSource,
} from '@netfold/application';
import type { LabId, TenantId } from '@netfold/contracts';
import type { Pool } from 'pg';
import { BatchPages } from './batch-pages.ts';
import { forgetOffset, partitionState } from './checkpoints.ts';
import type { Move, PartitionState } from './checkpoints.ts';
import { changesOfLab, foldOn, reasonOf } from './lab-changes.ts';
import type { LabChanges } from './lab-changes.ts';
import { writePage } from './page-writing.ts';
import { countParked, retryParked } from './parked-labs.ts';
import type { Retried } from './parked-labs.ts';
import { inTransaction } from './transaction.ts';

/** Things of all labs in memory; a lab that had to make place is folded from the log again. */
const thingsInMemoryMax = 250_000;
/** Other processes change a partition's rows for a moment only; this often is never reached. */
const overtakenMax = 100;

export type PostgresProjectionOptions = {
  /** Of the projector's own database, as the role `netfold_writer`. */
  readonly pool: Pool;
  readonly source: ProjectionSource;
  readonly model: LabModel;
  readonly thingsMax?: number;
  /** Work goes on; someone should look. */
  readonly onProblem: (problem: string, cause: Error | null) => void;
};

/**
 * The read models of a projector, in a database of its own that `prepareProjection` has set up.
 *
 * Everything is worked out outside of a transaction: the checkpoint is read with the versions of
 * the labs, what is missing is read from the log, commits are folded. Then one short transaction
 * moves the checkpoint on and writes the rows, if the checkpoint is still where it was; else all
 * of it is worked out anew. So any number of processes may work on a partition without harm.
 */
export class PostgresProjection implements CommitProjection {
  readonly #of: PostgresProjectionOptions;
  /** Folds at the version that the rows showed last; another version in the tables: not used. */
  readonly #folds: RecentlyUsed<LabId, LabFold>;

  constructor(of: PostgresProjectionOptions) {
    this.#of = of;
    this.#folds = new RecentlyUsed({
      weightMax: of.thingsMax ?? thingsInMemoryMax,
      weightOf: (fold) => of.model.thingsOf(fold.lab),
    });
  }

  async checkpoint(at: CommitPlace): Promise<CommitCheckpoint> {
    const { nextOffset, position } = await partitionState(this.#of.pool, at, []);
    return { nextOffset, position };
  }

  async apply(batch: CommitBatch, signal: AbortSignal): Promise<AppliedBatch> {
    const { topic, partition } = batch;
    let state = await this.#state(batch, batch.commits);
    await this.#checkRecords(batch, state.logEpoch);
    const pages = new BatchPages(this.#of.source, batch, state.logEpoch);
    const counted: Counted = { applied: 0, delivered: 0, parked: [] };
    let overtaken = 0;
    while (overtaken <= overtakenMax) {
      signal.throwIfAborted();
      const { commits, isLogShorter } = await pages.after(state.position);
      const position = state.position + commits.length;
      const isLast = position >= pages.upTo || isLogShorter;
      const nextOffset = isLast ? later(state.nextOffset, batch.nextOffset) : state.nextOffset;
      const move = { topic, partition, position, nextOffset };
      const isDone = isLast && commits.length === 0 && nextOffset === state.nextOffset;
      const isWritten = isDone || (await this.#write(state, { move, commits, pages }, counted));
      if (isWritten && isLast) {
        if (isLogShorter) this.#problem(batch, `the log ends at position ${position}`);
        return this.#summary(batch, counted, position);
      }
      if (!isWritten) overtaken += 1;
      state = await this.#state(batch, batch.commits);
    }
    throw new Error(`partition ${partition} was overtaken ${overtakenMax} times`);
  }

  async startFromLog(at: CommitPlace, signal: AbortSignal): Promise<AppliedBatch> {
    const { logEpoch } = await this.#state(at, []);
    const heads = await this.#of.source.partitions();
    const position = heads.find(({ partition }) => partition === at.partition)?.head ?? 0;
    await inTransaction(this.#of.pool, (client) => forgetOffset(client, at.partition));
    const watermarks = [{ position, logEpoch }];
    const { topic, partition } = at;
    return this.apply({ topic, partition, nextOffset: 0n, commits: [], watermarks }, signal);
  }

  /** Tries labs that are parked again, each when its time has come. @throws StoreUnavailable */
  async retryParked(): Promise<readonly Retried[]> {
    return retryParked(this.#of.pool, this.#of);
  }

  /** Labs that are parked now, of every partition. @throws StoreUnavailable */
  countParked(): Promise<number> {
    return countParked(this.#of.pool);
  }

  /** @returns false: others have changed the partition's rows since `state` was read */
  async #write(
    asked: PartitionState,
    { move, commits, pages }: PageAtHand,
    counted: Counted,
  ): Promise<boolean> {
    const ofLabs = Map.groupBy(commits, ({ labId }) => labId);
    // The page may hold labs that the batch did not.
    const isKnown = commits.every((commit) => pages.wasDelivered(commit));
    const state = isKnown ? asked : await this.#state(move, commits);
    if (state.revision !== asked.revision) return false;
    const changes = await this.#changes(state, ofLabs);
    const changed = changes.filter((each) => each.kind === 'changed');
    const parked = changes.filter((each) => each.kind === 'parked');
    const page = { revision: state.revision, move, changed, parked };
    const written = await writePage(this.#of.pool, page);
    if (written.kind === 'overtaken') return false;
    for (const labId of written.parked) this.#folds.delete(labId);
    for (const { after, applied } of changed) {
      if (written.parked.includes(after.labId)) continue;
      this.#folds.set(after.labId, after);
      counted.applied += applied;
      const have = state.versions.get(after.labId) ?? 0;
      const wanted = ofLabs.get(after.labId)?.filter(({ labVersion }) => labVersion > have) ?? [];
      counted.delivered += wanted.filter((commit) => pages.wasDelivered(commit)).length;
    }
    counted.parked.push(...written.parked);
    if (written.parked.length > 0) this.#problem(move, `parked ${written.parked.join(', ')}`);
    return true;
  }

  async #changes(
    state: PartitionState,
    ofLabs: ReadonlyMap<LabId, readonly CarriedCommit[]>,
  ): Promise<readonly LabChanges[]> {
    const changes: LabChanges[] = [];
    for (const [labId, commits] of ofLabs) {
      const have = state.versions.get(labId) ?? 0;
      const wanted = commits.filter(({ labVersion }) => labVersion > have);
      const [first] = wanted;
      // A parked lab is made anew from the log, these commits included.
      if (first === undefined || state.parked.has(labId)) continue;
      const rows = await this.#foldAt(labId, first.tenantId, have);
      changes.push('kind' in rows ? rows : await changesOfLab(this.#of, rows, wanted));
    }
    return changes;
  }

  /** The lab at the version that its rows show. */
  async #foldAt(
    labId: LabId,
    tenantId: TenantId,
    version: number,
  ): Promise<LabFold | Extract<LabChanges, { kind: 'parked' }>> {
    const kept = this.#folds.get(labId);
    if (kept?.version === version) return kept;
    try {
      return await foldOn(this.#of, absentFold(this.#of.model, labId, tenantId), version);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      return { kind: 'parked', labId, reason: reasonOf(error) };
    }
  }

  #state(at: CommitPlace, commits: readonly CarriedCommit[]): Promise<PartitionState> {
    const labIds = [...new Set(commits.map(({ labId }) => labId))];
    return partitionState(this.#of.pool, at, labIds);
  }

  /** Records of another log are dropped, unless it is the log that is another one now. */
  async #checkRecords(batch: CommitBatch, logEpoch: string): Promise<void> {
    const { partition, commits, watermarks } = batch;
    const foreign = [...commits, ...watermarks].filter((each) => each.logEpoch !== logEpoch);
    if (foreign.length > 0) {
      if ((await this.#of.source.logEpoch()) !== logEpoch) {
        throw new ProjectionOutdated('the tables were built from a log of another epoch');
      }
      this.#problem(batch, `${foreign.length} records of another log were dropped`);
    }
    const misplaced = commits.filter((commit) => commit.partition !== partition);
    if (misplaced.length === 0) return;
    this.#problem(batch, `${misplaced.length} records of other partitions were dropped`);
  }

  #problem({ topic, partition }: CommitPlace, problem: string): void {
    this.#of.onProblem(`${topic}, partition ${partition}: ${problem}`, null);
  }

  #summary(batch: CommitBatch, counted: Counted, position: number): AppliedBatch {
    const { applied, delivered, parked } = counted;
    const dropped = batch.commits.length - delivered;
    return { position, applied, filled: applied - delivered, dropped, parked };
  }
}

type PageAtHand = {
  readonly move: Move;
  readonly commits: readonly CarriedCommit[];
  readonly pages: BatchPages;
};

type Counted = { applied: number; delivered: number; readonly parked: LabId[] };

const later = (a: bigint | null, b: bigint): bigint => (a === null || b > a ? b : a);
