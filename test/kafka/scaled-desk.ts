import {
  AccessDenied,
  FoldedLabs,
  FreshStates,
  LabWriter,
  OutcomeTail,
  systemTimers,
  type Actor,
  type CommandGate,
  type CommandRequest,
  type CommandResult,
  type RelayCursors,
  type Timers,
} from '@netfold/application';
import {
  CommandDesk,
  commandRecord,
  commanderGroup,
  commandTopic,
  commitMessageOf,
  commitTopic,
  EventualProducer,
  GatewayKeys,
  GatewaySeal,
  isClaimCurrent,
  LabPartitions,
  newGatewayKey,
  outcomeOf,
  outcomeTopic,
  PartitionOwners,
  PublishedCommands,
  Relay,
  TraceMemory,
  type CommitMessage,
  type DeskCounts,
  type DeskProblem,
  type LogConsumer,
  type LogProducer,
  type LogTransport,
  type OutcomeMessage,
  type OwnedWriter,
  type Publishers,
  type StoredRecord,
} from '@netfold/log-kafka';
import { actorOf, CountingEntropy, MemoryEventLog, tallyModel } from '@netfold/testkit';
import { until } from './waiting.ts';

const key = newGatewayKey();

export const pipelineToken = 'nf_pipeline';
export const pipeline: Actor = actorOf({ id: 'user-pipeline', tenantId: 'class' });

/** One token is known; its rights are looked up in the log, as it stands then. */
const publishersOn = (log: MemoryEventLog): Publishers => ({
  authenticate: async (token) => (token === pipelineToken ? pipeline : null),
  submit: async (actor, request, gate) => {
    const head = await log.findLab(request.labId);
    const isNew = request.body.type === 'CreateLab';
    if (!isNew && head?.tenantId !== actor.tenantId) throw new AccessDenied('notFound');
    return gate.submit(request);
  },
});

/** A commander as its process would be wired, on a log in memory. */
export class Commander {
  readonly problems: DeskProblem[] = [];
  readonly counts: DeskCounts[] = [];
  /** Partitions whose writer was fenced while they were this process's. */
  readonly fenced: number[] = [];
  /** Partitions of the writers that were made, in order. */
  readonly made: number[] = [];
  readonly owners: PartitionOwners;
  readonly desk: CommandDesk;
  readonly #of: ScaledDesk;
  readonly #transport: LogTransport;
  readonly #producer: EventualProducer;
  readonly #relayProducer: EventualProducer;
  readonly #traces = new TraceMemory();
  #consumer: LogConsumer | null = null;

  constructor(of: ScaledDesk, transport: LogTransport) {
    this.#of = of;
    this.#transport = transport;
    this.#producer = new EventualProducer(transport);
    this.#relayProducer = new EventualProducer(transport);
    this.owners = new PartitionOwners({
      newWriter: (partition, onFenced) => this.#newWriter(partition, onFenced),
      newRelay: (partition, writer) => this.newRelay(partition, writer),
      isCurrent: (claim) => isClaimCurrent(of.log.distribution, claim),
      onFenced: (partition) => this.fenced.push(partition),
      onProblem: () => {},
      timers: systemTimers,
    });
    this.desk = new CommandDesk({
      partitions: new LabPartitions(of.log, of.partitions),
      gateOf: (partition, signal) => this.owners.gateOf(partition, signal),
      keys: new GatewayKeys([key.publicKeyPem]),
      publishers: of.publishers,
      producer: this.#producer,
      traces: this.#traces,
      source: '/commanders/test',
      timers: systemTimers,
      clock: Date.now,
      onProblem: (problem) => this.problems.push(problem),
      onHandled: (counts) => this.counts.push(counts),
    });
  }

  async start(): Promise<void> {
    this.#consumer = await this.#transport.consume(
      {
        group: commanderGroup,
        topics: [commandTopic],
        partitionsConcurrently: this.#of.partitions,
        batchRecordsMax: 100,
        onAssigned: this.owners.onAssigned,
        onRevoked: this.owners.onRevoked,
        onFatal: (error) => this.#of.fatal.push(error),
      },
      (batch, context) => this.desk.handle(batch, context),
    );
  }

  async stop(): Promise<void> {
    await this.#consumer?.stop();
    this.#consumer = null;
    await this.owners.stop();
    await Promise.all([this.#producer.close(), this.#relayProducer.close()]);
  }

  newRelay(
    partition: number,
    writer: Pick<OwnedWriter, 'claim'>,
    changes: { readonly cursors?: RelayCursors; readonly onEnded?: () => void } = {},
  ): Relay {
    const { log } = this.#of;
    const relay = new Relay({
      partition,
      log,
      outcomes: log.distribution,
      cursors: log.distribution,
      producer: this.#relayProducer,
      traces: this.#traces,
      claim: () => writer.claim,
      logEpoch: 'epoch-1',
      source: '/commanders/test',
      timers: this.#of.relayTimers,
      clock: Date.now,
      onProblem: (problem) => this.#of.relayProblems.push(problem),
      ...changes,
    });
    this.#of.relays.add(relay);
    return relay;
  }

  #newWriter(partition: number, onFenced: () => void): OwnedWriter {
    this.made.push(partition);
    const { log, relays } = this.#of;
    const of = { log, model: tallyModel, timers: systemTimers, codeVersion: 'test' };
    const labs = new FoldedLabs(of);
    const writer = new LabWriter({
      ...of,
      labs,
      partition,
      clock: Date.now,
      entropy: new CountingEntropy(),
      onFenced,
      onFlushed: () => {
        for (const relay of relays) relay.wake();
      },
    });
    return {
      get claim() {
        return writer.claim;
      },
      start: () => writer.start(),
      stop: () => writer.stop(),
      submit: (request) => writer.submit(request, 'remember'),
    };
  }
}

/** A gateway's way of commands, as its process would be wired. */
export class Gateway implements CommandGate {
  readonly problems: string[] = [];
  readonly commands: PublishedCommands;
  readonly #producer: EventualProducer;
  readonly #tail: OutcomeTail;

  constructor(of: ScaledDesk, transport: LogTransport, timers: Timers) {
    const { log } = of;
    const labs = new FoldedLabs({ log, model: tallyModel, timers, codeVersion: 'test' });
    this.#producer = new EventualProducer(transport);
    this.#tail = new OutcomeTail({
      feed: log.distribution,
      timers: systemTimers,
      onProblem: () => {},
    });
    this.commands = new PublishedCommands({
      log,
      model: tallyModel,
      states: new FreshStates({ log, labs }),
      peek: (labId) => labs.peek(labId),
      producer: this.#producer,
      outcomes: this.#tail,
      partitions: new LabPartitions(log, of.partitions),
      seal: new GatewaySeal(key.privateKeyPem),
      source: '/gateways/test',
      timers,
      clock: Date.now,
      onProblem: (problem) => this.problems.push(problem),
    });
  }

  start(): Promise<void> {
    return this.#tail.start();
  }

  submit(request: CommandRequest): Promise<CommandResult> {
    return this.commands.submit(request);
  }

  async stop(): Promise<void> {
    await this.#tail.stop();
    await this.#producer.close();
  }
}

/** What a pipeline sees of `netfold.commits` and `netfold.outcomes`. */
export type Heard = {
  readonly commits: readonly (CommitMessage & { readonly partition: number })[];
  readonly outcomes: readonly OutcomeMessage[];
};

/** The parts of a scaled installation around one log in memory. */
export class ScaledDesk {
  readonly log = new MemoryEventLog();
  readonly partitions: number;
  readonly fatal: Error[] = [];
  readonly relays = new Set<Relay>();
  readonly relayProblems: string[] = [];
  relayTimers: Timers = systemTimers;
  publishers: Publishers = publishersOn(this.log);
  readonly transport: LogTransport;
  readonly #open: { stop(): Promise<void> }[] = [];
  #producer: Promise<LogProducer> | null = null;

  constructor(transport: LogTransport, partitions = 2) {
    this.transport = transport;
    this.partitions = partitions;
    this.log.now = Date.now();
  }

  async open(): Promise<this> {
    const admin = await this.transport.admin();
    for (const topic of [commandTopic, commitTopic, outcomeTopic]) {
      await admin.ensureTopic(topic, { partitions: this.partitions });
    }
    await admin.close();
    return this;
  }

  async commander(transport: LogTransport = this.transport): Promise<Commander> {
    const commander = new Commander(this, transport);
    this.#open.push(commander);
    await commander.start();
    return commander;
  }

  async gateway(
    transport: LogTransport = this.transport,
    timers: Timers = systemTimers,
  ): Promise<Gateway> {
    const gateway = new Gateway(this, transport, timers);
    this.#open.push(gateway);
    await gateway.start();
    return gateway;
  }

  /** Publishes as a pipeline does, with a token of its own. */
  async publish(
    partition: number,
    request: CommandRequest,
    changes: { readonly credential?: string; readonly headers?: Record<string, string> } = {},
  ): Promise<bigint> {
    const { credential = `token ${pipelineToken}`, headers = {} } = changes;
    const record = commandRecord(request, { source: '/ci', time: Date.now(), credential });
    return this.publishRaw(partition, record.value, { ...record.headers, ...headers });
  }

  async publishRaw(
    partition: number,
    value: Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<bigint> {
    this.#producer ??= this.transport.producer();
    const producer = await this.#producer;
    return producer.send({ topic: commandTopic, partition }, [{ key: '', value, headers }]);
  }

  /** Reads commits and outcomes from the beginning. */
  async hear(): Promise<Heard> {
    const commits: (CommitMessage & { readonly partition: number })[] = [];
    const outcomes: OutcomeMessage[] = [];
    const hear = (topic: string, partition: number, record: StoredRecord): void => {
      if (topic === outcomeTopic) outcomes.push(outcomeOf(record));
      else commits.push({ ...commitMessageOf(record), partition });
    };
    const consumer = await this.transport.consume(
      {
        group: `hear-${this.#open.length}`,
        topics: [commitTopic, outcomeTopic],
        partitionsConcurrently: 2,
        batchRecordsMax: 100,
        onFatal: (error) => this.fatal.push(error),
      },
      async ({ topic, partition, records }) => {
        for (const record of records) hear(topic, partition, record);
      },
    );
    this.#open.push(consumer);
    return { commits, outcomes };
  }

  /** All commits in the log, by partition and position. */
  async commitsInLog(): Promise<readonly { readonly commandId: string; readonly at: string }[]> {
    const all = [];
    for (let partition = 0; partition < this.partitions; partition += 1) {
      for (const { commandId, position } of await this.log.readStored(partition, 0, 100_000)) {
        all.push({ commandId, at: `${partition}/${position}` });
      }
    }
    return all;
  }

  /** Waits until everything in the log was relayed. */
  async relayed(): Promise<void> {
    await until('all was relayed', async () => {
      for (const { partition, head, outcomesHead } of await this.log.distribution.heads()) {
        const commits = await this.log.distribution.position(partition, 'commits');
        const outcomes = await this.log.distribution.position(partition, 'outcomes');
        if (commits < head || outcomes < outcomesHead) return false;
      }
      return true;
    });
  }

  async close(): Promise<void> {
    for (const each of this.#open.toReversed()) await each.stop();
    await (await this.#producer)?.close();
  }
}
