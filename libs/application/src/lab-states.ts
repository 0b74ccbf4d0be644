import type { Commit, LabId, LabTime, TenantId } from '@netfold/contracts';
import type { ActiveLab, Lab } from '@netfold/domain';
import type { CommandRequest, CommandResult } from './command-request.ts';

export type LabVersion = {
  readonly labId: LabId;
  readonly tenantId: TenantId;
  readonly version: number;
  readonly lab: Lab;
};

export type ActiveLabVersion = Omit<LabVersion, 'lab'> & { readonly lab: ActiveLab };

/** A lab folded up to a version, with what the next commit must go on from. */
export type LabFold = LabVersion & {
  /** Of the latest commit; the lab's clock never goes back behind it. */
  readonly labTime: LabTime;
  /** Hash of the latest commit, 64 zeros before the first. */
  readonly lastHash: string;
};

/** Hands commands to the single writer of the lab's partition. */
export interface CommandGate {
  /**
   * Answers when every fact the answer or refusal rests on is durable.
   * @throws CommandFailure `OutcomeUnknown` when that could not be found out in time: repeat with
   *   the same id; other codes say that nothing was done
   */
  submit(request: CommandRequest): Promise<CommandResult>;
}

/** The one owner of folded labs, fed by commits. Every read sees committed facts only. */
export interface LabStates {
  /** The lab as committed; `null` when there is none. */
  committed(labId: LabId): Promise<LabVersion | null>;
  /** The lab as of a version from 0 to the head; `null` when it has no such version. */
  at(labId: LabId, version: number): Promise<LabVersion | null>;
  /** Resolves when the lab is at `version` or later; false after `timeoutMs`. */
  waitFor(labId: LabId, version: number, timeoutMs: number): Promise<boolean>;
  /**
   * Commits after `afterVersion`, each once, in order, then live ones, until aborted.
   * @throws FollowerOverflow when the reader is too slow: go on from its `lastVersion`
   */
  follow(labId: LabId, afterVersion: number, signal: AbortSignal): AsyncIterable<Commit>;
}
