import type { Traffic } from '@netfold/contracts';

/** Whether packets taught anything: else there is nothing to tell. */
export const teaches = ({ neighbours, stations }: Traffic): boolean =>
  neighbours.length > 0 || stations.length > 0;
