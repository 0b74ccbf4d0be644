import type { LabId, LabTime } from '@netfold/contracts';
import type { ActiveLab, LabHost } from '@netfold/domain';

/** Where a program runs. */
export type Place = {
  readonly lab: ActiveLab;
  readonly labId: LabId;
  readonly host: LabHost;
  readonly now: LabTime;
};
