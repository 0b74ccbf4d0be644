import type { GivenMap, LabTime } from '@netfold/contracts';

/** A volume of the `local` driver; what it holds is no part of a lab. */
export type Volume = {
  readonly name: string;
  readonly options: GivenMap;
  readonly labels: GivenMap;
  readonly createdAt: LabTime;
};
