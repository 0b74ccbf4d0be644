import type { ProjectionSource } from '@netfold/application';
import { PostgresLog } from '@netfold/log-postgres';
import type { ConnectionSettings } from '@netfold/log-postgres';

/** The log for a process that only reads it, of all tenants. */
export const followerLog = (
  connection: ConnectionSettings,
  onProblem: (problem: string, cause: Error | null) => void,
): PostgresLog =>
  new PostgresLog({ connection, readsWith: 'follower', changesOf: null, onProblem });

/** The log as a projection reads it. */
export const projectionSourceOf = (log: PostgresLog): ProjectionSource => ({
  findLab: (labId) => log.findLab(labId),
  labs: () => log.labs(),
  readLab: (labId, after, upTo) => log.readLab(labId, after, upTo),
  partitions: () => log.partitions(),
  readStored: (partition, after, limit) => log.readStored(partition, after, limit),
  logEpoch: () => log.distribution.logEpoch(),
});
