import type { LabId } from '@netfold/contracts';
import { asError } from '../as-error.ts';
import type { EventLog, Snapshot } from '../event-log.ts';
import { canonicalJson } from '../hashing/canonical-json.ts';
import { sha256 } from '../hashing/commit-hash.ts';
import type { LabModel } from '../lab-model.ts';
import type { LabFold } from '../lab-states.ts';

/** Replaying fewer commits than this is as quick as reading a snapshot. */
export const commitsPerSnapshot = 500;

/** Saves and reads folds. Only a cache: what is missing, old or damaged is folded again. */
export class SnapshotStore {
  readonly #log: EventLog;
  readonly #model: LabModel;
  readonly #codeVersion: string;
  readonly #isReadOnly: boolean;
  readonly #onProblem: (problem: Error) => void;

  constructor(of: {
    readonly log: EventLog;
    readonly model: LabModel;
    /** Names the build; another build's snapshots are not read. */
    readonly codeVersion: string;
    /** Saves unless told otherwise. */
    readonly savesSnapshots?: boolean;
    readonly onProblem: (problem: Error) => void;
  }) {
    this.#log = of.log;
    this.#model = of.model;
    this.#codeVersion = of.codeVersion;
    this.#isReadOnly = of.savesSnapshots === false;
    this.#onProblem = of.onProblem;
  }

  /** The newest undamaged fold at or before the version; `null` when there is none. */
  async find(labId: LabId, upToVersion: number): Promise<LabFold | null> {
    try {
      const snapshot = await this.#log.findSnapshot(labId, upToVersion, this.#codeVersion);
      if (snapshot === null) return null;
      if (snapshot.labId !== labId || stateHashOf(snapshot) !== snapshot.stateHash) {
        throw new Error(`snapshot of ${labId} at version ${snapshot.version} is damaged`);
      }
      const { tenantId, version, labTime, lastHash } = snapshot;
      const lab = this.#model.decodeLab(snapshot.state);
      return { labId, tenantId, version, labTime, lastHash, lab };
    } catch (error) {
      this.#onProblem(asError(error));
      return null;
    }
  }

  async save(fold: LabFold): Promise<void> {
    if (this.#isReadOnly) return;
    try {
      const { labId, tenantId, version, labTime, lastHash } = fold;
      const state = this.#model.encodeLab(fold.lab);
      const codeVersion = this.#codeVersion;
      const of = { labId, tenantId, version, labTime, lastHash, codeVersion, state };
      await this.#log.saveSnapshot({ ...of, stateHash: stateHashOf(of) });
    } catch (error) {
      this.#onProblem(asError(error));
    }
  }
}

function stateHashOf(snapshot: Omit<Snapshot, 'stateHash'>): string {
  const { labId, tenantId, version, labTime, lastHash, codeVersion, state } = snapshot;
  return sha256(canonicalJson({ labId, tenantId, version, labTime, lastHash, codeVersion, state }));
}

/** A larger lab is saved more rarely, so that saving costs each commit the same share. */
export function isSnapshotDue(version: number, things: number): boolean {
  return version % (commitsPerSnapshot * Math.ceil(things / commitsPerSnapshot)) === 0;
}
