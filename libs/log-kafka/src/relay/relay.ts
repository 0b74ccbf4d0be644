import type {
  AuditableLog,
  Clock,
  OutcomeFeed,
  RelayCursors,
  RelayStream,
  Timers,
  WriterClaim,
} from '@netfold/application';
import type { TraceMemory } from '../commands/trace-memory.ts';
import { commitRecord, watermarkRecord } from '../messages/commit-message.ts';
import { outcomeRecord } from '../messages/outcome-message.ts';
import { commitTopic, outcomeTopic } from '../messages/topics.ts';
import { batchBytesMax, bytesOnWire } from '../record-limits.ts';
import type { LogProducer, LogRecord } from '../transport.ts';

/** Commits or outcomes read at a time. */
const pageMax = 500;
/** How often the log is asked without being woken: what another process's flush left behind. */
const idlePauseMs = 1_000;
const firstFailurePauseMs = 100;
const failurePauseMsMax = 5_000;
/** A watermark follows new commits within this time, and stands there at least so often. */
const watermarkMs = 2_000;
const idleWatermarkMs = 10_000;

export type RelayParts = {
  readonly partition: number;
  readonly log: Pick<AuditableLog, 'readStored'>;
  readonly outcomes: Pick<OutcomeFeed, 'readOutcomes'>;
  readonly cursors: RelayCursors;
  readonly producer: Pick<LogProducer, 'send'>;
  readonly traces: Pick<TraceMemory, 'find'>;
  /** What the writer of the partition holds now. */
  readonly claim: () => WriterClaim | null;
  /** Names this log: a UUID. */
  readonly logEpoch: string;
  /** Names this commander in its messages, e.g. `/commanders/c1`. */
  readonly source: string;
  readonly timers: Timers;
  readonly clock: Clock;
  /** It goes on, after a pause. */
  readonly onProblem: (problem: string, cause: unknown) => void;
  /** Another process relays the partition now: this one has stopped for good. */
  readonly onEnded?: () => void;
  readonly onRelayed?: (relayed: {
    readonly stream: RelayStream;
    readonly records: number;
    /** Position or sequence of the last of them. */
    readonly upTo: number;
  }) => void;
};

/** Records to send, and where the stream stands after them. */
type Page = { readonly records: readonly LogRecord[]; readonly upTo: number };

/**
 * Sends what the log has of one partition to the distribution log: commits by position, outcomes by
 * sequence. A page is sent, then the cursor moves, under the epoch of the partition's writer; a
 * crash in between sends the page again. So records come in order and may repeat, and none is left
 * out. A relay whose epoch is over stops for good; what it sent last is a repeat.
 */
export class Relay {
  readonly #of: RelayParts;
  readonly #cursors = new Map<RelayStream, number>();
  #watermark = { position: -1, at: Number.NEGATIVE_INFINITY };
  #failures = 0;
  #isStopped = false;
  #isWoken = false;
  #wake: () => void = () => {};
  #ended: Promise<void> = Promise.resolve();

  constructor(of: RelayParts) {
    this.#of = of;
  }

  start(): void {
    this.#ended = this.#run();
  }

  /** Something was written: saves the pause, nothing else. */
  wake(): void {
    this.#isWoken = true;
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.wake();
    await this.#ended;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      this.#isWoken = false;
      const pauseMs = await this.#step();
      const isDue = this.#isWoken && this.#failures === 0;
      if (pauseMs > 0 && !isDue && !this.#isStopped) await this.#pause(pauseMs);
    }
  }

  /** @returns how long nothing needs to be done */
  async #step(): Promise<number> {
    const claim = this.#of.claim();
    // The writer is just claiming anew.
    if (claim === null) return firstFailurePauseMs;
    try {
      const isMoreCommits = await this.#relayPage('commits', claim);
      const isMoreOutcomes = await this.#relayPage('outcomes', claim);
      await this.#markWatermark();
      this.#failures = 0;
      return isMoreCommits || isMoreOutcomes ? 0 : idlePauseMs;
    } catch (error) {
      // What was sent and where the cursor stands are not known any more: both are looked up.
      this.#cursors.clear();
      this.#of.onProblem(`partition ${this.#of.partition} could not be relayed`, error);
      const pauseMs = Math.min(failurePauseMsMax, firstFailurePauseMs * 2 ** this.#failures);
      this.#failures += 1;
      return pauseMs;
    }
  }

  /** @returns whether there is more to read at once */
  async #relayPage(stream: RelayStream, claim: WriterClaim): Promise<boolean> {
    if (this.#isStopped) return false;
    const from = await this.#cursor(stream);
    const { records, upTo } = await this.#page(stream, from);
    if (records.length === 0) return false;
    const { partition } = this.#of;
    const topic = stream === 'commits' ? commitTopic : outcomeTopic;
    for (const batch of batchesOf(records)) {
      await this.#of.producer.send({ topic, partition }, batch);
    }
    const isMoved = await this.#of.cursors.advance(claim, stream, from, upTo);
    if (!isMoved) return this.#notMoved(claim);
    this.#cursors.set(stream, upTo);
    this.#of.onRelayed?.({ stream, records: records.length, upTo });
    return records.length === pageMax;
  }

  /** The writer may have claimed its partition anew meanwhile; otherwise somebody else has. */
  #notMoved(claim: WriterClaim): boolean {
    this.#cursors.clear();
    if (this.#of.claim()?.epoch !== claim.epoch) return true;
    this.#isStopped = true;
    this.#of.onEnded?.();
    return false;
  }

  async #cursor(stream: RelayStream): Promise<number> {
    const known = this.#cursors.get(stream);
    if (known !== undefined) return known;
    const read = await this.#of.cursors.position(this.#of.partition, stream);
    this.#cursors.set(stream, read);
    return read;
  }

  async #page(stream: RelayStream, from: number): Promise<Page> {
    const { partition, log, outcomes, traces, source, logEpoch, clock } = this.#of;
    if (stream === 'commits') {
      const commits = await log.readStored(partition, from, pageMax);
      const records = commits.map((commit) => {
        const traceparent = traces.find(commit.tenantId, commit.commandId);
        return commitRecord(commit, { source, logEpoch, traceparent });
      });
      return { records, upTo: commits.at(-1)?.position ?? from };
    }
    const found = await outcomes.readOutcomes(partition, from, pageMax);
    const time = clock();
    const records = found.map((outcome) => {
      const traceparent = traces.find(outcome.tenantId, outcome.commandId);
      return outcomeRecord(outcome, { source, time, traceparent });
    });
    return { records, upTo: found.at(-1)?.sequence ?? from };
  }

  async #markWatermark(): Promise<void> {
    const position = this.#cursors.get('commits');
    if (position === undefined || this.#isStopped) return;
    const time = this.#of.clock();
    const everyMs = position === this.#watermark.position ? idleWatermarkMs : watermarkMs;
    if (time - this.#watermark.at < everyMs) return;
    const { partition, logEpoch, source, producer } = this.#of;
    const record = watermarkRecord({ partition, position, logEpoch }, { source, time });
    await producer.send({ topic: commitTopic, partition }, [record]);
    this.#watermark = { position, at: time };
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#of.timers.after(ms, resolve);
      this.#wake = () => {
        // While the distribution log is away, waking more often would not bring it back.
        if (this.#failures > 0 && !this.#isStopped) return;
        cancel();
        resolve();
      };
    });
  }
}

/** Cut so that each batch is one that the distribution log takes. */
function batchesOf(records: readonly LogRecord[]): readonly (readonly LogRecord[])[] {
  const batches: LogRecord[][] = [];
  let room = 0;
  for (const record of records) {
    const bytes = bytesOnWire([record]);
    if (bytes > room) {
      batches.push([]);
      room = batchBytesMax;
    }
    batches.at(-1)?.push(record);
    room -= bytes;
  }
  return batches;
}
