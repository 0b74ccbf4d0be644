import type { EventLog, LabVersion } from '@netfold/application';
import { absentFold, foldCommit, labModel } from '@netfold/application';
import { lockWriters } from '@netfold/log-postgres';
import type { RebuildSource } from '@netfold/readmodel-postgres';

/** Folds labs from their first commit; writers wait while the tables are swapped. */
export const rebuildSource = (log: EventLog): RebuildSource => ({
  labs: () => log.labs(),
  fold: async (head): Promise<LabVersion> => {
    let fold = absentFold(labModel, head.labId, head.tenantId);
    for await (const commit of log.readLab(head.labId, 0, head.version)) {
      fold = foldCommit(labModel, fold, commit);
    }
    return fold;
  },
  lockWriters: async (client) => {
    await lockWriters(client);
    await client.query('delete from log.parked_lab');
  },
});
