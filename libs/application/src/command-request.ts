import type {
  ActorId,
  CommandBody,
  CommandId,
  Face,
  LabId,
  LabTime,
  Outcome,
  TenantId,
} from '@netfold/contracts';
import type { Delta } from '@netfold/dataplane';

/** A command as a face hands it in; the application adds the lab's time and the random seed. */
export type CommandRequest = {
  /** Chosen by the client, or made up by the face when the client gave none. */
  readonly id: CommandId;
  readonly labId: LabId;
  readonly tenantId: TenantId;
  readonly actorId: ActorId;
  readonly face: Face;
  readonly commandText: string | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly expectedVersion: number | null;
  readonly body: CommandBody;
  /** W3C Trace Context of what caused it. It travels with the command and is not stored. */
  readonly traceparent?: string;
};

/**
 * What a face may tell its client: everything it rests on is durable.
 * `labVersion` is the lab's version after the command (or at which it was refused);
 * `position` is the commit's, `null` when the command left no fact.
 */
export type CommandResult = {
  readonly commandId: CommandId;
  readonly labId: LabId;
  readonly outcome: Outcome;
  readonly labVersion: number;
  readonly position: number | null;
  readonly labTime: LabTime;
  /** What the commit changed in the rows; empty for a repeat of an answered command. */
  readonly effects: Delta;
  /** The answer of an earlier, equal command was given again. */
  readonly isRepeat: boolean;
};
