import {
  KafkaLog,
  commandOf,
  commandTopic,
  commitMessageOf,
  commitTopic,
} from '@netfold/log-kafka';
import type { LogConsumer, StoredRecord } from '@netfold/log-kafka';

/** Moments of one command in milliseconds since 1970, by the clock of this machine. */
export type CommandMoments = {
  /** The gateway hands the record to Kafka. */
  readonly published: number;
  /** The statement that writes the commit runs. */
  readonly written: number;
  /** The commander hands the commit to Kafka. */
  readonly relayed: number;
};

/** Reads the topics beside the services and notes when each record was made. */
export class CommandStages {
  readonly #published = new Map<string, number>();
  readonly #commits = new Map<string, Omit<CommandMoments, 'published'> & { id: string }>();
  #consumer: LogConsumer | null = null;

  static async open(broker: string): Promise<CommandStages> {
    const stages = new CommandStages();
    const log = new KafkaLog({ brokers: [broker], clientId: 'bench', onLog: () => {} });
    stages.#consumer = await log.consume(
      {
        group: 'bench.stages',
        topics: [commandTopic, commitTopic],
        partitionsConcurrently: 8,
        batchRecordsMax: 500,
        onFatal: (error) => {
          throw error;
        },
      },
      ({ topic, records }) => {
        for (const record of records) stages.#note(topic, record);
        return Promise.resolve();
      },
    );
    return stages;
  }

  /** @returns `null` while one of its records has not arrived */
  find(labId: string, version: number): CommandMoments | null {
    const commit = this.#commits.get(`${labId} ${version}`);
    const published = this.#published.get(commit?.id ?? '');
    if (commit === undefined || published === undefined) return null;
    return { published, written: commit.written, relayed: commit.relayed };
  }

  async close(): Promise<void> {
    await this.#consumer?.stop();
  }

  #note(topic: string, record: StoredRecord): void {
    if (topic === commandTopic) {
      this.#published.set(commandOf(record).id, record.timestamp);
      return;
    }
    const message = commitMessageOf(record);
    if (message.kind !== 'commit') return;
    const { labId, labVersion, commandId: id, recordedAt: written } = message.commit;
    this.#commits.set(`${labId} ${labVersion}`, { id, written, relayed: record.timestamp });
  }
}
