import type { Commit, LabId, TenantId } from '@netfold/contracts';
import { zeroHash } from '../hashing/commit-hash.ts';
import type { LabModel } from '../lab-model.ts';
import type { LabFold } from '../lab-states.ts';

/** A lab before its first commit. */
export const absentFold = (model: LabModel, labId: LabId, tenantId: TenantId): LabFold => ({
  labId,
  tenantId,
  version: 0,
  lab: model.initial,
  labTime: 0,
  lastHash: zeroHash,
});

/** The log has another commit than the next one: it is damaged, or was read out of order. */
export class LogBroken extends Error {
  override readonly name = 'LogBroken';
}

/** @throws LogBroken unless the commit is the lab's next */
export function foldCommit(model: LabModel, fold: LabFold, commit: Commit): LabFold {
  if (commit.labVersion !== fold.version + 1) {
    throw new LogBroken(
      `lab ${fold.labId}: version ${commit.labVersion} came after version ${fold.version}`,
    );
  }
  return {
    labId: fold.labId,
    tenantId: commit.tenantId,
    version: commit.labVersion,
    lab: model.evolveAll(fold.lab, commit.events),
    labTime: commit.labTime,
    lastHash: commit.hash,
  };
}
