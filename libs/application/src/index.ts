export type * from './actor.ts';
export type * from './command-request.ts';
export type * from './event-log.ts';
export type * from './lab-reader.ts';
export type * from './lab-states.ts';
export { FoldReader } from './fold-reader.ts';
export { ReadersOfLabs, ReadModelBehind, VersionUnknown, readWaitMs } from './lab-readers.ts';
export { CursorInvalid, cursorOf, parseCursor, RowPage } from './page-cursor.ts';
export { compareRows, compareValues, orderOf, rowsPerPageMax } from './row-order.ts';
export type * from './authorisation/accounts.ts';
export { AccessDenied, QuotaExceeded, RateExceeded } from './authorisation/access-denied.ts';
export * from './authorisation/account-administration.ts';
export { askedBy, can, grants } from './authorisation/can.ts';
export type { AccessRequest, Grant } from './authorisation/can.ts';
export { GuardedGate } from './authorisation/guarded-gate.ts';
export type { GuardedGateParts } from './authorisation/guarded-gate.ts';
export { LabAccess } from './authorisation/lab-access.ts';
export * from './authorisation/permission.ts';
export { defaultQuotas, localQuotas, RateLimit, rateBucketsMax } from './authorisation/quotas.ts';
export type { Clock, Quotas, RateVerdict } from './authorisation/quotas.ts';
export { StoreUnavailable, storeFailure } from './store-unavailable.ts';
export { asError } from './as-error.ts';
export { CommandFailure, commandBroken } from './command-failure.ts';
export { traceparentOf } from './trace-context.ts';
export type { CommandFailureCode } from './command-failure.ts';
export { systemClock } from './environment/clock.ts';
export { SystemEntropy } from './environment/entropy.ts';
export type { Entropy } from './environment/entropy.ts';
export { sleep, systemTimers } from './environment/timers.ts';
export type { Cancel, Timers } from './environment/timers.ts';
export { canonicalJson } from './hashing/canonical-json.ts';
export { commitHash, sha256, zeroHash } from './hashing/commit-hash.ts';
export { labModel } from './lab-model.ts';
export type { Change, LabModel } from './lab-model.ts';
export { FoldedLabs } from './labs/folded-labs.ts';
export type { FoldedLabsOptions } from './labs/folded-labs.ts';
export { FollowerOverflow, followerCommitsMax } from './labs/follower-inbox.ts';
export { absentFold, foldCommit, LogBroken } from './labs/lab-fold.ts';
export { netDelta } from './writer/net-delta.ts';
export { RecentlyUsed } from './labs/recently-used.ts';
export { ProjectionOutdated } from './distribution/projection.ts';
export type {
  AppliedBatch,
  CarriedCommit,
  CommitBatch,
  CommitCheckpoint,
  CommitPlace,
  CommitProjection,
  CommitWatermark,
  ProjectedPositions,
  ProjectionSource,
} from './distribution/projection.ts';
export { LabWriter } from './writer/lab-writer.ts';
export { PartitionKeeper } from './writer/partition-keeper.ts';
export type { LabWriterOptions } from './writer/writer-options.ts';
export { verifyLog } from './audit/verify-log.ts';
export type { AuditProblem, AuditProgress, AuditReport } from './audit/verify-log.ts';
export { GuardedReaders } from './authorisation/guarded-readers.ts';
export { runHostShell } from './programs/host-shell.ts';
export type { HostShell, HostShellResult } from './programs/host-shell.ts';
export { endMainProcess, requestFor, runWithInput } from './programs/main-process.ts';
export type { ProgramRunner } from './programs/main-process.ts';
export { HealthChecks } from './programs/health-checks.ts';
export { ProcessGate } from './programs/process-gate.ts';
export { doneIn, runInContainer, runProgram } from './programs/run-program.ts';
export type { ProgramRun } from './programs/run-program.ts';
export { teaches } from './programs/traffic.ts';
export { permissionPage, permissionRows, roles } from './authorisation/permission-table.ts';
export type { PermissionRow } from './authorisation/permission-table.ts';
export { LogTail } from './labs/log-tail.ts';
export type * from './distribution/outcome-feed.ts';
export type * from './distribution/relay-cursors.ts';
export { partitionsMax } from './distribution/partitions.ts';
export type { Partitions } from './distribution/partitions.ts';
export { OutcomeTail } from './distribution/outcome-tail.ts';
export type { ExpectedOutcome } from './distribution/outcome-tail.ts';
export { CaughtUpTables } from './distribution/caught-up-tables.ts';
export { FreshStates } from './distribution/fresh-states.ts';
export { resultOf, unrememberedResult } from './writer/command-result.ts';
export { payloadHash, requestRefusal } from './writer/request-check.ts';
