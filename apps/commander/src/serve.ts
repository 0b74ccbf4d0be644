import { systemClock, systemTimers } from '@netfold/application';
import {
  CommandDesk,
  EventualProducer,
  LabPartitions,
  PartitionOwners,
  Relay,
  TraceMemory,
  commandTopic,
  commanderGroup,
  gatewayKeysIn,
} from '@netfold/log-kafka';
import type { LogProducer, LogTransport, OwnedWriter } from '@netfold/log-kafka';
import { PostgresLog } from '@netfold/log-postgres';
import type { ConnectionSettings } from '@netfold/log-postgres';
import {
  HealthModule,
  Started,
  as,
  codeVersion,
  connectionOf,
  ensureTopics,
  kafkaTransport,
  patiently,
  recordPartitions,
  startHttp,
} from '@netfold/runtime';
import type { Service, StandIn } from '@netfold/runtime';
import type { Logger } from 'pino';
import { CommanderMetrics } from './commander-metrics.ts';
import type { Configuration } from './configuration.ts';
import { MissedTopics } from './missed-topics.ts';
import { PartitionWriter } from './partition-writer.ts';
import { TokenPublishers } from './token-publishers.ts';

/** Commands of one partition that are handled together; each lab's in their order. */
const batchCommandsMax = 200;
/** A commander writes at most so many partitions at the same time. */
const partitionsConcurrently = 16;

/** Decides commands from Kafka and writes the log. @throws NetfoldProblem, TransportFailed */
export const serve = (configuration: Configuration, logger: Logger): Promise<Service> =>
  patiently({ http: configuration, logger }, (standIn) =>
    Started.all((started) => startAll(configuration, logger, standIn, started)),
  );

async function startAll(
  configuration: Configuration,
  logger: Logger,
  standIn: StandIn,
  started: Started,
): Promise<Service> {
  const metrics = new CommanderMetrics(() => owners.held.length);
  const onProblem = (problem: string, cause: unknown): void => {
    metrics.problems.inc();
    logger.warn({ err: cause }, problem);
  };
  const { promise: failed, resolve: fail } = Promise.withResolvers<string>();
  const connection = as('netfold_writer', connectionOf(configuration.logPostgres));
  const log = new PostgresLog({ connection, changesOf: null, onProblem });
  started.add(() => log.close());
  await recordPartitions(log.distribution, configuration.partitions);
  const transport = kafkaTransport(configuration, logger);
  const ensure = () => ensureTopics(transport, configuration);
  await ensure();
  const topics = new MissedTopics(ensure, onProblem);
  const publishers = new TokenPublishers(connectionOf(configuration.logPostgres), log);
  started.add(() => publishers.close());
  const producer = new EventualProducer(transport);
  started.add(() => producer.close());
  const common = { ...configuration, connection, log, producer, onProblem, metrics, topics };
  const traces = new TraceMemory();
  const owners = await ownersOf({ ...common, traces, onFenced: fail });
  const source = `/commanders/${configuration.instance}`;
  const desk = new CommandDesk({
    partitions: new LabPartitions(log, configuration.partitions),
    gateOf: (partition, signal) => owners.gateOf(partition, signal),
    keys: gatewayKeysIn(configuration.gatewayKeys),
    publishers,
    producer,
    traces,
    source,
    timers: systemTimers,
    clock: systemClock,
    onProblem: ({ problem, place, commandId, cause }) =>
      onProblem(`${problem}: ${describe(place)}, command ${commandId ?? 'unknown'}`, cause),
    onHandled: (counts) => metrics.handled(counts),
  });
  started.add(() => owners.stop());
  const consumer = await consume(transport, owners, desk, fail);
  started.add(() => consumer.stop());
  const readiness = { problem: () => problemOf(log) };
  await standIn.leave();
  const http = await startHttp(HealthModule.forRoot({ metrics, readiness }), configuration);
  started.add(() => http.close());
  return { failed, stop: () => started.stop() };
}

type OwnersOptions = Configuration & {
  readonly connection: ConnectionSettings;
  readonly log: PostgresLog;
  readonly producer: LogProducer;
  readonly traces: TraceMemory;
  readonly metrics: CommanderMetrics;
  readonly topics: MissedTopics;
  readonly onProblem: (problem: string, cause: unknown) => void;
  /** The process has to start again. */
  readonly onFenced: (reason: string) => void;
};

async function ownersOf(of: OwnersOptions): Promise<PartitionOwners> {
  const { connection, log, onProblem } = of;
  const logEpoch = await log.distribution.logEpoch();
  const version = codeVersion(import.meta.dirname);
  const relays = new Map<number, Relay>();
  return new PartitionOwners({
    newWriter: (partition, onFenced) =>
      new PartitionWriter({
        partition,
        connection,
        codeVersion: version,
        onFenced,
        onFlushed: ({ commands }) => {
          of.metrics.flushCommands.observe(commands);
          relays.get(partition)?.wake();
        },
        onProblem,
      }),
    newRelay: (partition, writer: OwnedWriter) => {
      const relay = new Relay({
        partition,
        log,
        outcomes: log.distribution,
        cursors: log.distribution,
        producer: of.producer,
        traces: of.traces,
        claim: () => writer.claim,
        logEpoch,
        source: `/commanders/${of.instance}`,
        timers: systemTimers,
        clock: systemClock,
        onProblem: (problem, cause) => {
          onProblem(problem, cause);
          of.topics.look();
        },
        onRelayed: ({ stream, records }) => of.metrics.relayed(stream, records),
      });
      relays.set(partition, relay);
      return relay;
    },
    isCurrent: (claim) => log.distribution.isCurrent(claim),
    onFenced: (partition) => of.onFenced(`another process writes partition ${partition}`),
    onProblem,
    timers: systemTimers,
  });
}

const consume = (
  transport: LogTransport,
  owners: PartitionOwners,
  desk: CommandDesk,
  fail: (reason: string) => void,
) =>
  transport.consume(
    {
      group: commanderGroup,
      topics: [commandTopic],
      partitionsConcurrently,
      batchRecordsMax: batchCommandsMax,
      onAssigned: owners.onAssigned,
      onRevoked: owners.onRevoked,
      onFatal: (error) => fail(error.message),
    },
    (batch, context) => desk.handle(batch, context),
  );

const describe = (place: {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}): string => `${place.topic}, partition ${place.partition}, offset ${place.offset}`;

async function problemOf(log: PostgresLog): Promise<string | null> {
  try {
    await log.ping();
    return null;
  } catch (error) {
    return `the log does not answer: ${error instanceof Error ? error.message : String(error)}`;
  }
}
