import type { Face } from './command.ts';
import type { LabEvent } from './event.ts';
import type { ActorId, CommandId, LabId, LabTime, TenantId } from './ids.ts';
import type { Refusal } from './refusal.ts';

/** What a face must print but cannot read later: new ids and warnings. */
export type Answer = {
  readonly ids: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  /** Names or ids that a prune removed, one answer per command of a batch, and the like. */
  readonly data?: Readonly<Record<string, unknown>>;
};

export type Outcome =
  | { readonly kind: 'accepted'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What one command caused: one row of the log. Refusals that leave no fact leave no commit. */
export type Commit = {
  readonly partition: number;
  /** Counts the commits of the partition, 1 first, no gap. */
  readonly position: number;
  readonly labId: LabId;
  /** Counts the commits of the lab, 1 first, no gap. */
  readonly labVersion: number;
  readonly tenantId: TenantId;
  readonly commandId: CommandId;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actorId: ActorId;
  readonly face: Face;
  readonly commandText: string | null;
  /** The store's clock, milliseconds since the epoch. */
  readonly recordedAt: number;
  readonly labTime: LabTime;
  /** Event types carry version 0 until the first stable release. */
  readonly schemaVersion: number;
  readonly events: readonly LabEvent[];
  /** SHA-256, 64 hex characters; the first commit of a lab has 64 zeros before it. */
  readonly previousHash: string;
  readonly hash: string;
};
