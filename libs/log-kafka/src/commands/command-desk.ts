import { CommandFailure, commandBroken, requestRefusal } from '@netfold/application';
import type {
  Actor,
  Clock,
  CommandGate,
  CommandRequest,
  CommandResult,
  Timers,
} from '@netfold/application';
import type { CommandId, Refusal, TenantId } from '@netfold/contracts';
import { credentialOf } from '../credentials/command-credential.ts';
import type { GatewayKeys } from '../credentials/gateway-seal.ts';
import { commandOf, passedOn } from '../messages/command-message.ts';
import type { CommandMessage } from '../messages/command-message.ts';
import { MessageInvalid } from '../messages/message-invalid.ts';
import { refusalRecord } from '../messages/outcome-message.ts';
import { commandTopic, outcomeTopic } from '../messages/topics.ts';
import type { Batch, BatchContext, LogProducer, StoredRecord } from '../transport.ts';
import {
  credentialInvalid,
  guardRefusal,
  invalidCommand,
  wrongPartition,
} from './command-refusals.ts';
import { deadlineIn } from './deadline.ts';
import { LabTurns } from './lab-turns.ts';
import type { LabPartitions } from './lab-partitions.ts';
import type { TraceMemory } from './trace-memory.ts';

const firstPauseMs = 100;
const pauseMsMax = 5_000;

/** Who publishes with a token of its own. */
export interface Publishers {
  /** @returns `null` when the token is unknown, expired or revoked @throws to be asked again */
  authenticate(token: string): Promise<Actor | null>;
  /**
   * Rate, right and quota of the actor, then the gate.
   * @throws AccessDenied, RateExceeded, QuotaExceeded, and what the gate throws
   */
  submit(actor: Actor, request: CommandRequest, gate: CommandGate): Promise<CommandResult>;
}

/** Someone should look; `place` says where the record stands. */
export type DeskProblem = {
  readonly problem: string;
  readonly place: { readonly topic: string; readonly partition: number; readonly offset: bigint };
  readonly commandId: CommandId | null;
  readonly cause: unknown;
};

/** What became of the records of a batch. */
export type DeskCounts = {
  readonly submitted: number;
  readonly refused: number;
  readonly passedOn: number;
  /** Records that are no command. */
  readonly unreadable: number;
};

export type CommandDeskParts = {
  readonly partitions: LabPartitions;
  /** Resolves when the partition is claimed. @throws when it is not this process's any more */
  readonly gateOf: (partition: number, signal: AbortSignal) => Promise<CommandGate>;
  readonly keys: GatewayKeys;
  readonly publishers: Publishers;
  readonly producer: Pick<LogProducer, 'send'>;
  readonly traces: TraceMemory;
  /** Names this commander in its messages, e.g. `/commanders/c1`. */
  readonly source: string;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly onProblem: (problem: DeskProblem) => void;
  readonly onHandled?: (counts: DeskCounts) => void;
};

type Ending = keyof DeskCounts;
type Sender = { readonly kind: 'gateway' } | { readonly kind: 'publisher'; readonly actor: Actor };
type Sent = { readonly request: CommandRequest; readonly sender: Sender };
type Received = { readonly record: StoredRecord; readonly batch: Batch };

/**
 * Takes published commands to the writer of their partition.
 *
 * The group's offset moves only when every command of the batch has an outcome that is durable, or
 * a refusal that was published; otherwise the whole batch comes again, and the log answers what was
 * done already. A record that is no command is reported with its place and never comes again.
 */
export class CommandDesk {
  readonly #of: CommandDeskParts;
  /** Batches in a row that failed, by partition. */
  readonly #failures = new Map<number, number>();

  constructor(of: CommandDeskParts) {
    this.#of = of;
  }

  /** A `BatchHandler`: throws to get the batch again. */
  async handle(batch: Batch, context: BatchContext): Promise<void> {
    try {
      const gate = await this.#of.gateOf(batch.partition, context.signal);
      await this.#handleAll(batch, gate);
      this.#failures.delete(batch.partition);
    } catch (error) {
      await this.#pause(batch.partition, context.signal);
      throw error;
    }
    const last = batch.records.at(-1);
    if (last === undefined) return;
    await context.commit(last.offset + 1n).catch((cause: unknown) => {
      // Harmless: what comes again finds its outcome.
      this.#problem({ record: last, batch }, 'the offset could not be committed', cause);
    });
  }

  async #handleAll(batch: Batch, gate: CommandGate): Promise<void> {
    const received = batch.records.map((record) => ({ record, batch }));
    const read = await Promise.all(received.map((each) => this.#read(each)));
    const turns = new LabTurns();
    // Without a pause in between, so that commands of a lab reach its writer in their order.
    const endings = read.map((each, index) => {
      if (each.kind !== 'sent') return Promise.resolve(each.kind);
      const isGuarded = each.sent.sender.kind === 'publisher';
      const to = received[index] as Received;
      return turns.take(each.sent.request.labId, isGuarded, () =>
        this.#submit(to, each.sent, gate),
      );
    });
    const settled = await Promise.allSettled(endings);
    const failed = settled.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    const counts = { submitted: 0, refused: 0, passedOn: 0, unreadable: 0 };
    for (const each of settled) if (each.status === 'fulfilled') counts[each.value] += 1;
    this.#of.onHandled?.(counts);
  }

  /** What a record says, who says it, and whether it is in its place. */
  async #read(
    to: Received,
  ): Promise<
    | { readonly kind: 'sent'; readonly sent: Sent }
    | { readonly kind: 'refused' | 'passedOn' | 'unreadable' }
  > {
    let message: CommandMessage;
    try {
      message = commandOf(to.record);
    } catch (error) {
      if (error instanceof MessageInvalid) return { kind: await this.#unreadable(to, error) };
      throw error;
    }
    const sent = await this.#believed(message);
    if (sent === null) {
      await this.#refuse(to, { ...message, tenantId: null }, credentialInvalid);
      return { kind: 'refused' };
    }
    const refusal = requestRefusal(sent.request);
    if (refusal !== null) {
      await this.#refuse(to, sent.request, refusal);
      return { kind: 'refused' };
    }
    const { tenantId, id, labId } = sent.request;
    const right = await this.#of.partitions.of(labId);
    if (right !== to.batch.partition) return { kind: await this.#move(to, message, sent, right) };
    this.#of.traces.remember(tenantId, id, message.traceparent);
    return { kind: 'sent', sent };
  }

  async #believed(message: CommandMessage): Promise<Sent | null> {
    const credential = credentialOf(message.credential);
    if (credential === null) return null;
    const { credential: _, traceparent: __, isPassedOn: ___, ...members } = message;
    if (credential.kind === 'token') {
      const actor = await this.#of.publishers.authenticate(credential.token);
      if (actor === null) return null;
      const who = { tenantId: actor.tenantId, actorId: actor.id, face: 'kafka' } as const;
      return { request: { ...members, ...who }, sender: { kind: 'publisher', actor } };
    }
    const { tenantId, actorId, face } = message;
    if (tenantId === null || actorId === null || face === null) return null;
    const request = { ...members, tenantId, actorId, face };
    const isSealed = await this.#of.keys.isSealed(request, credential);
    return isSealed ? { request, sender: { kind: 'gateway' } } : null;
  }

  async #move(
    to: Received,
    message: CommandMessage,
    { request }: Sent,
    right: number,
  ): Promise<'passedOn' | 'refused'> {
    const { partition } = to.batch;
    if (message.isPassedOn) {
      await this.#refuse(to, request, wrongPartition(partition, right));
      return 'refused';
    }
    const at = { topic: commandTopic, partition: right };
    await this.#of.producer.send(at, [passedOn(to.record)]);
    return 'passedOn';
  }

  async #submit(to: Received, { request, sender }: Sent, gate: CommandGate): Promise<Ending> {
    try {
      const result =
        sender.kind === 'gateway'
          ? await gate.submit(request)
          : await this.#of.publishers.submit(sender.actor, request, gate);
      const { outcome } = result;
      if (outcome.kind === 'accepted') return 'submitted';
      if (outcome.refusal.code === commandBroken.code) this.#broken(to, request.id, null);
      if (isRemembered(result)) return 'submitted';
      await this.#refuse(to, request, outcome.refusal);
      return 'refused';
    } catch (error) {
      const refusal = isBroken(error) ? commandBroken : guardRefusal(error);
      if (refusal === null) throw error;
      if (refusal === commandBroken) this.#broken(to, request.id, error);
      await this.#refuse(to, request, refusal);
      return 'refused';
    }
  }

  /** What exactly failed, its writer has told. */
  #broken(to: Received, commandId: CommandId, cause: unknown): void {
    this.#problem(to, 'a command failed', cause, commandId);
  }

  async #unreadable(to: Received, invalid: MessageInvalid): Promise<'unreadable'> {
    const { commandId, labId } = invalid.identity;
    this.#problem(to, 'a record is no command', invalid, commandId);
    if (commandId !== null) {
      await this.#refuse(to, { id: commandId, labId, tenantId: null }, invalidCommand(invalid));
    }
    return 'unreadable';
  }

  async #refuse(
    { record, batch }: Received,
    of: {
      readonly id: CommandId;
      readonly labId: string | null;
      readonly tenantId: TenantId | null;
    },
    refusal: Refusal,
  ): Promise<void> {
    const { source, clock, producer } = this.#of;
    const { partition } = batch;
    const place = { partition, offset: String(record.offset) };
    const { id: commandId, labId, tenantId } = of;
    const message = { tenantId, commandId, labId, record: place };
    const refused = refusalRecord(message, refusal, { source, time: clock(), traceparent: null });
    await producer.send({ topic: outcomeTopic, partition }, [refused]);
  }

  #problem(
    { record, batch }: Received,
    problem: string,
    cause: unknown,
    commandId: CommandId | null = null,
  ): void {
    const { topic, partition } = batch;
    const place = { topic, partition, offset: record.offset };
    this.#of.onProblem({ problem, place, commandId, cause });
  }

  async #pause(partition: number, signal: AbortSignal): Promise<void> {
    const failures = this.#failures.get(partition) ?? 0;
    this.#failures.set(partition, failures + 1);
    if (signal.aborted) return;
    const over = deadlineIn(this.#of.timers, Math.min(pauseMsMax, firstPauseMs * 2 ** failures));
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([over.passed, aborted]);
    over.cancel();
  }
}

/** What the log remembers has the lab's clock, which is never 0; a refusal beside it has none. */
const isRemembered = ({ labTime }: CommandResult): boolean => labTime > 0;

const isBroken = (error: unknown): boolean =>
  error instanceof CommandFailure && error.code === 'CommandBroken';
