import type { LabId } from '@netfold/contracts';
import type { EventLog } from '../event-log.ts';
import type { LabModel } from '../lab-model.ts';
import type { LabFold } from '../lab-states.ts';
import { absentFold, foldCommit } from './lab-fold.ts';
import { commitsPerSnapshot } from './snapshot-store.ts';
import type { SnapshotStore } from './snapshot-store.ts';

/** Folds labs from the log: the newest fitting snapshot, then the commits after it. */
export class LabLoader {
  readonly #log: EventLog;
  readonly #model: LabModel;
  readonly #snapshots: SnapshotStore;

  constructor(log: EventLog, model: LabModel, snapshots: SnapshotStore) {
    this.#log = log;
    this.#model = model;
    this.#snapshots = snapshots;
  }

  /** The lab at its head, or at `upToVersion`; `null` when the log has no such lab or version. */
  async load(labId: LabId, upToVersion: number | null): Promise<LabFold | null> {
    const head = await this.#log.findLab(labId);
    if (head === null || (upToVersion ?? 0) > head.version) return null;
    const want = upToVersion ?? head.version;
    const from =
      (want < commitsPerSnapshot ? null : await this.#snapshots.find(labId, want)) ??
      absentFold(this.#model, labId, head.tenantId);
    const fold = await this.#replay(from, upToVersion);
    const isWorthSaving = upToVersion === null && fold.version - from.version >= commitsPerSnapshot;
    if (isWorthSaving) void this.#snapshots.save(fold);
    return fold;
  }

  /** @param upToVersion `null`: as far as the log goes, which may be further than its head was */
  async #replay(from: LabFold, upToVersion: number | null): Promise<LabFold> {
    let fold = from;
    if (upToVersion === fold.version) return fold;
    for await (const commit of this.#log.readLab(fold.labId, fold.version, upToVersion)) {
      fold = foldCommit(this.#model, fold, commit);
    }
    return fold;
  }
}
