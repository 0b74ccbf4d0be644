import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredCommit } from '@netfold/application';
import { commitRecord, watermarkRecord } from '@netfold/log-kafka';
import type { LogProducer, LogRecord } from '@netfold/log-kafka';
import type { PostgresLog } from '@netfold/log-postgres';

const source = '/relays/unfaithful';
const pageCommits = 100;
const lostShare = 0.15;
const repeatedShare = 0.2;
const shuffledShare = 0.3;
const pauseMs = 20;

/**
 * Sends the commits of partition 0 as badly as a distribution log may deliver them: some are lost,
 * some come again, also much later, some pages come in another order.
 */
export class UnfaithfulRelay {
  readonly lost: StoredCommit[] = [];
  repeated = 0;
  readonly #log: PostgresLog;
  readonly #producer: LogProducer;
  readonly #topic: string;
  readonly #random: () => number;
  #isOver = false;
  #ended: Promise<void> = Promise.resolve();

  constructor(of: {
    readonly log: PostgresLog;
    readonly producer: LogProducer;
    readonly topic: string;
    readonly random: () => number;
  }) {
    this.#log = of.log;
    this.#producer = of.producer;
    this.#topic = of.topic;
    this.#random = of.random;
  }

  start(): void {
    this.#ended = this.#run();
  }

  /** Sends what is left, then the watermark. @returns the position that it names */
  async finish(): Promise<number> {
    this.#isOver = true;
    await this.#ended;
    const [partition] = await this.#log.partitions();
    const position = partition?.head ?? 0;
    await this.#send([await this.#watermark(position)]);
    return position;
  }

  async #run(): Promise<void> {
    const logEpoch = await this.#log.distribution.logEpoch();
    const record = (stored: StoredCommit): LogRecord =>
      commitRecord(stored, { source, logEpoch, traceparent: null });
    let sent: readonly StoredCommit[] = [];
    for (let position = 0; ;) {
      const isLastRound = this.#isOver;
      const page = await this.#log.readStored(0, position, pageCommits);
      position = page.at(-1)?.position ?? position;
      const kept = page.filter((commit) => !this.#isLost(commit));
      const again = [...sent, ...kept].filter(() => this.#random() < repeatedShare / 2);
      this.repeated += again.length;
      await this.#send(this.#shuffled([...kept, ...again]).map(record));
      if (this.#random() < 0.2) await this.#send([await this.#watermark(position)]);
      sent = [...sent, ...kept].slice(-5 * pageCommits).filter(() => this.#random() < 0.5);
      if (page.length === 0 && isLastRound) return;
      if (page.length < pageCommits) await sleep(pauseMs);
    }
  }

  #isLost(commit: StoredCommit): boolean {
    const isLost = this.#random() < lostShare;
    if (isLost) this.lost.push(commit);
    return isLost;
  }

  #shuffled(commits: readonly StoredCommit[]): readonly StoredCommit[] {
    if (this.#random() > shuffledShare) return commits;
    return commits
      .map((commit) => ({ commit, at: this.#random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ commit }) => commit);
  }

  async #watermark(position: number): Promise<LogRecord> {
    const logEpoch = await this.#log.distribution.logEpoch();
    return watermarkRecord({ partition: 0, position, logEpoch }, { source, time: Date.now() });
  }

  /** In small batches, as a page may be larger than a batch can be. */
  async #send(records: readonly LogRecord[]): Promise<void> {
    for (const each of records) {
      await this.#producer.send({ topic: this.#topic, partition: 0 }, [each]);
    }
  }
}
