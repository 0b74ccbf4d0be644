import type { Commit, LabEvent } from '@netfold/contracts';

const changing: ReadonlySet<LabEvent['type']> = new Set([
  'LabCreated',
  'LabRemoved',
  'HostAdded',
  'HostRemoved',
]);

/** Whether the lab has other hosts after the commit. */
export const changesHosts = ({ events }: Commit): boolean =>
  events.some(({ type }) => changing.has(type));
