import { absentFold, foldCommit } from '@netfold/application';
import type {
  CommandResult,
  EventLog,
  LabFold,
  LabModel,
  LabStates,
  RememberedOutcome,
} from '@netfold/application';
import type { Commit } from '@netfold/contracts';

/** Commits folded on top of what is at hand; behind more, a snapshot is the shorter way. */
const commitsAheadMax = 100;

export type CommitEffectsParts = {
  readonly log: Pick<EventLog, 'readLab'>;
  readonly model: LabModel;
  readonly states: Pick<LabStates, 'at'>;
};

/**
 * What a commit changed in the rows, where it was decided by another process.
 *
 * @param atHand  a fold of the lab from before the command, if there is one in memory
 * @throws what the log throws, or the model
 */
export async function effectsOf(
  parts: CommitEffectsParts,
  { labId, labVersion, tenantId }: RememberedOutcome,
  atHand: LabFold | null,
): Promise<CommandResult['effects']> {
  const base = atHand ?? absentFold(parts.model, labId, tenantId);
  const isNear = base.version < labVersion && labVersion - base.version <= commitsAheadMax;
  let lab = base.lab;
  let version = base.version;
  if (!isNear) {
    const before = await parts.states.at(labId, labVersion - 1);
    if (before === null) throw new Error(`lab ${labId} has no version ${labVersion - 1}`);
    ({ lab, version } = before);
  }
  let fold: LabFold = { ...base, lab, version };
  let last: Commit | null = null;
  let before = fold;
  for await (const commit of parts.log.readLab(labId, version, labVersion)) {
    before = fold;
    fold = foldCommit(parts.model, fold, commit);
    last = commit;
  }
  if (last?.labVersion !== labVersion) throw new Error(`lab ${labId} lacks version ${labVersion}`);
  const change = { labId, tenantId, before: before.lab, after: fold.lab, events: last.events };
  return parts.model.deltaOf(change);
}
