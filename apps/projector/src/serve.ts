import { labModel } from '@netfold/application';
import { CommitConsumer } from '@netfold/log-kafka';
import { poolConfig } from '@netfold/log-postgres';
import { PostgresProjection, prepareProjection } from '@netfold/readmodel-postgres';
import {
  HealthModule,
  Started,
  as,
  connectionOf,
  ensureTopics,
  followerLog,
  kafkaTransport,
  patiently,
  projectionSourceOf,
  recordedPartitions,
  startHttp,
  withOwner,
} from '@netfold/runtime';
import { Pool } from 'pg';
import type { Service, StandIn } from '@netfold/runtime';
import type { Logger } from 'pino';
import type { Configuration } from './configuration.ts';
import { ProjectorMetrics } from './projector-metrics.ts';
import { RetryParked } from './retry-parked.ts';

/** Builds the read models from the commits in Kafka. @throws NetfoldProblem, TransportFailed */
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
  const metrics = new ProjectorMetrics();
  const onProblem = (problem: string, cause: Error | null): void => {
    metrics.problems.inc();
    logger.warn({ err: cause }, problem);
  };
  const log = followerLog(connectionOf(configuration.logPostgres), onProblem);
  started.add(() => log.close());
  const source = projectionSourceOf(log);
  const tables = connectionOf(configuration.tablesPostgres);
  const prepared = await withOwner(tables, (client) =>
    prepareProjection(client, { source, model: labModel }, () => {}),
  );
  logger.info({ prepared }, 'the read models are of this build');
  const pool = new Pool(poolConfig(as('netfold_writer', tables), 'netfold projector'));
  pool.on('error', (cause) => onProblem('an idle connection to the tables was lost', cause));
  started.add(() => pool.end());
  const projection = new PostgresProjection({ pool, source, model: labModel, onProblem });
  const transport = kafkaTransport(configuration, logger);
  const { promise: failed, resolve: fail } = Promise.withResolvers<string>();
  const partitions = await recordedPartitions(log.distribution);
  await ensureTopics(transport, { partitions, replicas: configuration.replicas });
  const consumer = new CommitConsumer({
    transport,
    projection,
    onApplied: (partition, applied) => metrics.applied(partition, applied),
    onProblem,
    onFatal: (error) => fail(error.message),
  });
  await consumer.start();
  started.add(() => consumer.stop());
  const onParked = (labs: number): void => metrics.labsParked.set(labs);
  const retry = new RetryParked(projection, { onParked, onProblem });
  retry.start();
  started.add(() => retry.stop());
  await standIn.leave();
  const http = await startHttp(
    HealthModule.forRoot({ metrics, readiness: { problem: () => problemOf(pool) } }),
    configuration,
  );
  started.add(() => http.close());
  return { failed, stop: () => started.stop() };
}

async function problemOf(pool: Pool): Promise<string | null> {
  try {
    await pool.query('select 1');
    return null;
  } catch (error) {
    return `the tables do not answer: ${error instanceof Error ? error.message : String(error)}`;
  }
}
