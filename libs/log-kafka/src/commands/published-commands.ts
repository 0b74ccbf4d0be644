import {
  CommandFailure,
  commandBroken,
  payloadHash,
  requestRefusal,
  resultOf,
  sleep,
  unrememberedResult,
} from '@netfold/application';
import type {
  Clock,
  CommandGate,
  CommandRequest,
  CommandResult,
  EventLog,
  ExpectedOutcome,
  LabFold,
  OutcomeTail,
  RememberedOutcome,
  Timers,
} from '@netfold/application';
import type { LabId, Refusal } from '@netfold/contracts';
import type { GatewaySeal } from '../credentials/gateway-seal.ts';
import { commandRecord, isSendable } from '../messages/command-message.ts';
import { commandTopic } from '../messages/topics.ts';
import type { LogProducer, LogRecord } from '../transport.ts';
import { effectsOf } from './commit-effects.ts';
import type { CommitEffectsParts } from './commit-effects.ts';
import { deadlineIn } from './deadline.ts';
import type { LabPartitions } from './lab-partitions.ts';

/** Longer than a rebalance after a commander died, so that nobody is told "unknown" for that. */
const outcomeMsMax = 30_000;
/**
 * A record that was not taken until then counts as not taken. Less than a GraphQL request may
 * take, whose own error would say nothing of the command.
 */
const sendMsMax = 3_500;
/** As many as one writer takes. */
const commandsWaitingMax = 10_000;

export type PublishedCommandsParts = CommitEffectsParts & {
  readonly producer: Pick<LogProducer, 'send'>;
  readonly outcomes: Pick<OutcomeTail, 'expect'>;
  readonly log: Pick<EventLog, 'findOutcome'>;
  readonly partitions: LabPartitions;
  readonly seal: GatewaySeal;
  /** Names this gateway in its messages, e.g. `/gateways/g1`. */
  readonly source: string;
  readonly timers: Timers;
  readonly clock: Clock;
  /** The lab as it is in memory, at once; saves a replay. */
  readonly peek: (labId: LabId) => LabFold | undefined;
  /** The answer was given; someone should look. */
  readonly onProblem: (problem: string, cause: unknown) => void;
};

/**
 * The way of a command in the scaled installation: into the partition of the distribution log that
 * is the lab's writer partition; the answer is its outcome in the log, decided by whichever
 * commander holds the partition. There is no other way: while commands cannot be published, they
 * are refused with `CommandsUnavailable`.
 *
 * `isRepeat` of the result is true where this gateway saw that the outcome was there before. Two
 * gateways that are given one command at once both see it as theirs. Commands that are submitted at
 * once have no order among them, as through two gateways; whoever wants one awaits the answers.
 */
export class PublishedCommands implements CommandGate {
  readonly #of: PublishedCommandsParts;
  /** By tenant and id; `null` once it is known that nothing will be remembered. */
  readonly #waiting = new Map<string, Promise<RememberedOutcome | null>>();
  #isStopped = false;

  constructor(of: PublishedCommandsParts) {
    this.#of = of;
  }

  /** Commands that have neither an answer nor a refusal yet. */
  get underWay(): number {
    return this.#waiting.size;
  }

  async submit(request: CommandRequest): Promise<CommandResult> {
    const refusal = requestRefusal(request);
    if (refusal !== null) return unrememberedResult(request, refusal);
    const key = `${request.tenantId} ${request.id}`;
    for (;;) {
      const known = this.#waiting.get(key);
      if (known === undefined) break;
      const first = await known;
      if (first === null) continue;
      return answerOf(request, first, null);
    }
    if (this.#isStopped) throw new CommandFailure('WriterStopped', request.id);
    if (this.#waiting.size >= commandsWaitingMax) {
      throw new CommandFailure('WriterOverloaded', request.id);
    }
    const { promise, resolve } = Promise.withResolvers<RememberedOutcome | null>();
    this.#waiting.set(key, promise);
    const settle = (remembered: RememberedOutcome | null): void => {
      this.#waiting.delete(key);
      resolve(remembered);
    };
    try {
      return await this.#carryOut(request, settle);
    } finally {
      settle(null);
    }
  }

  /** Turns new commands away and resolves when those under way have ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    while (this.#waiting.size > 0) await sleep(this.#of.timers, 5);
  }

  async #carryOut(
    request: CommandRequest,
    settle: (remembered: RememberedOutcome) => void,
  ): Promise<CommandResult> {
    const before = this.#of.peek(request.labId) ?? null;
    // Before the log is asked: an outcome that comes in between is not missed.
    const expected = this.#of.outcomes.expect(request.tenantId, request.id);
    try {
      const earlier = await this.#earlierOutcome(request);
      if (earlier !== null) {
        settle(earlier);
        return answerOf(request, earlier, null);
      }
      const record = await this.#recordOf(request);
      if (!isSendable(record)) {
        return unrememberedResult(request, commandTooLarge(record.value.byteLength));
      }
      const remembered = await this.#published(request, record, expected);
      settle(remembered);
      const effects = await this.#effects(remembered, before);
      return answerOf(request, remembered, effects);
    } finally {
      expected.cancel();
    }
  }

  async #earlierOutcome({ tenantId, id }: CommandRequest): Promise<RememberedOutcome | null> {
    try {
      return await this.#of.log.findOutcome(tenantId, id);
    } catch (error) {
      throw new CommandFailure('LogUnavailable', id, error);
    }
  }

  async #recordOf(request: CommandRequest): Promise<LogRecord> {
    const { seal, source, clock } = this.#of;
    const credential = await seal.sealOf(request);
    return commandRecord(request, { source, time: clock(), credential });
  }

  async #published(
    request: CommandRequest,
    record: LogRecord,
    expected: ExpectedOutcome,
  ): Promise<RememberedOutcome> {
    const partition = await this.#partitionOf(request);
    const outcome = expected.outcome;
    const late = deadlineIn(this.#of.timers, sendMsMax);
    const sent = this.#of.producer.send({ topic: commandTopic, partition }, [record]).then(
      () => null,
      (cause: unknown) => new CommandFailure('CommandsUnavailable', request.id, cause),
    );
    // A send whose reply is slow may have its outcome before.
    const first = await Promise.race([outcome, sent, late.passed]);
    late.cancel();
    if (first === 'late') throw new CommandFailure('CommandsUnavailable', request.id);
    if (first instanceof CommandFailure) throw first;
    return first ?? this.#awaited(request, expected);
  }

  async #partitionOf({ labId, id }: CommandRequest): Promise<number> {
    try {
      return await this.#of.partitions.of(labId);
    } catch (error) {
      throw new CommandFailure('LogUnavailable', id, error);
    }
  }

  async #awaited(request: CommandRequest, expected: ExpectedOutcome): Promise<RememberedOutcome> {
    const late = deadlineIn(this.#of.timers, outcomeMsMax);
    const outcome = await Promise.race([expected.outcome, late.passed]);
    late.cancel();
    if (outcome !== 'late') return outcome;
    // The tail may be what is late.
    const found = await this.#earlierOutcome(request).catch(() => null);
    if (found === null) throw new CommandFailure('OutcomeUnknown', request.id);
    return found;
  }

  /** The command stands in the log, so its answer leaves even when its effects cannot be told. */
  async #effects(
    remembered: RememberedOutcome,
    before: LabFold | null,
  ): Promise<CommandResult['effects']> {
    if (remembered.position === null) return [];
    try {
      return await effectsOf(this.#of, remembered, before);
    } catch (error) {
      this.#of.onProblem(`what command ${remembered.commandId} changed could not be told`, error);
      return [];
    }
  }
}

/** @throws CommandFailure where the command failed at its commander, as it would have here */
function answerOf(
  request: CommandRequest,
  remembered: RememberedOutcome,
  effects: CommandResult['effects'] | null,
): CommandResult {
  const result = resultOf(request, payloadHash(request), { remembered, effects });
  const { outcome } = result;
  if (outcome.kind === 'refused' && outcome.refusal.code === commandBroken.code) {
    throw new CommandFailure('CommandBroken', request.id);
  }
  return result;
}

const commandTooLarge = (bytes: number): Refusal => ({
  class: 'invalidParameter',
  code: 'CommandTooLarge',
  message: `the command takes ${bytes} bytes, more than a record of the distribution log holds`,
  fix: 'send it in several commands',
});
