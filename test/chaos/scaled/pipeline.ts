import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Kafka, Producer } from 'kafkajs';
import { post } from '../graphql-post.ts';
import type { ServerAddress } from '../graphql-post.ts';
import type { Journal } from '../journal.ts';
import { nextWork } from '../workload.ts';
import { commandRecordOf } from './command-records.ts';
import type { CommandRecord } from './command-records.ts';
import type { OutcomeListener } from './outcome-listener.ts';

/** Commands of one lab that are published together. */
const commandsPerBatch = 16;
/** Then it is asked for, and published again. */
const outcomeMsMax = 4_000;
const pauseMs = 200;
/** Published into any partition: a commander passes it on. */
const astrayShare = 0.05;

const commandQuery = `query ($id: ID!) { command(id: $id) {
  isAccepted position version userErrors { code message } ids { name value } warnings } }`;

type Answered = {
  readonly by: 'outcomes' | 'command';
  readonly refusal: string | null;
  readonly position: number | null;
  readonly version: number;
  readonly answer: string;
};
type KeptRecord = { readonly id: string; readonly record: CommandRecord };

export type PipelineOptions = {
  readonly lab: string;
  readonly partition: number;
  readonly partitions: number;
  readonly kafka: Kafka;
  readonly outcomes: OutcomeListener;
  /** Asked before every request. */
  readonly server: () => ServerAddress;
  readonly journal: Journal;
  readonly random: () => number;
};

/** Publishes commands of one lab with a token of its own and reads what becomes of them. */
export class Pipeline {
  acknowledged = 0;
  readonly lab: string;
  readonly #of: PipelineOptions;
  readonly #producer: Producer;
  #isConnected = false;

  constructor(of: PipelineOptions) {
    this.#of = of;
    this.lab = of.lab;
    this.#producer = of.kafka.producer({ allowAutoTopicCreation: false });
  }

  /** Works until told to stop; a command is published again with its id until it has an outcome. */
  async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let open = await this.#newCommands();
      while (open.length > 0) {
        open = await this.#attempt(open);
        // What is open stays so; the checker knows such commands.
        if (signal.aborted) break;
        if (open.length > 0) await wait(pauseMs);
      }
    }
    await this.#producer.disconnect().catch(() => {}); // Kafka may be away.
  }

  #newCommands(): Promise<readonly KeptRecord[]> {
    const { lab, journal, random } = this.#of;
    const { token } = this.#of.server();
    const commands = Array.from({ length: commandsPerBatch }, async () => {
      const id = `pipeline-${lab}-${randomUUID()}`;
      const work = nextWork(random);
      const { container } = work;
      await journal.write({ what: 'sent', at: performance.now(), id, lab, container });
      return { id, record: commandRecordOf({ id, lab, work, token }) };
    });
    return Promise.all(commands);
  }

  /** @returns those that have no outcome yet */
  async #attempt(open: readonly KeptRecord[]): Promise<readonly KeptRecord[]> {
    const { lab, journal, outcomes } = this.#of;
    await Promise.all(
      open.map(({ id }) =>
        journal.write({ what: 'tried', at: performance.now(), id, lab, url: 'kafka' }),
      ),
    );
    const told = open.map(({ id }) => outcomes.expect(id, outcomeMsMax));
    await this.#publish(open.map(({ record }) => record));
    const left = await Promise.all(
      told.map(async (outcome, index) => {
        const command = open[index] as KeptRecord;
        const isAnswered = await this.#isAnswered(command.id, await outcome);
        return isAnswered ? [] : [command];
      }),
    );
    return left.flat();
  }

  async #publish(messages: CommandRecord[]): Promise<void> {
    const { partition, partitions, random } = this.#of;
    const isAstray = random() < astrayShare;
    const to = isAstray ? Math.floor(random() * partitions) : partition;
    try {
      if (!this.#isConnected) await this.#producer.connect();
      this.#isConnected = true;
      const placed = messages.map((message) => ({ ...message, partition: to }));
      await this.#producer.send({ topic: 'netfold.commands', messages: placed });
    } catch {
      this.#isConnected = false; // The next attempt connects anew, and may repeat what was stored.
    }
  }

  async #isAnswered(
    id: string,
    told: Awaited<ReturnType<OutcomeListener['expect']>>,
  ): Promise<boolean> {
    const { lab, journal } = this.#of;
    const answered = told === null || !told.isRemembered ? await this.#ask(id) : answeredBy(told);
    const at = performance.now();
    if (answered === null) {
      const reason = told?.outcome?.refusal?.code ?? 'noOutcome';
      await journal.write({ what: 'unknown', at, id, lab, reason });
      return false;
    }
    await journal.write({ what: 'answered', at, id, lab, ...answered });
    this.acknowledged += 1;
    return true;
  }

  /** What was told while nobody listened, or lost with its topic, GraphQL knows. */
  async #ask(id: string): Promise<Answered | null> {
    type Told = {
      readonly position: number | null;
      readonly version: number;
      readonly userErrors: readonly { readonly code: string }[];
    };
    const posted = await post<{ readonly command: Told | null }>(this.#of.server(), commandQuery, {
      id,
    });
    if (posted.kind === 'none' || posted.data.command === null) return null;
    const { command } = posted.data;
    const { position, version, userErrors } = command;
    const refusal = userErrors[0]?.code ?? null;
    return { by: 'command', refusal, position, version, answer: JSON.stringify(command) };
  }
}

function answeredBy(told: NonNullable<Awaited<ReturnType<OutcomeListener['expect']>>>): Answered {
  const { position, labVersion: version, outcome } = told;
  const refusal = outcome?.refusal?.code ?? null;
  return { by: 'outcomes', refusal, position, version, answer: JSON.stringify(told) };
}
