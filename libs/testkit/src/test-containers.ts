import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { databaseName, ownerName } from '@netfold/embedded-postgres';
import type { ConnectionSettings } from '@netfold/embedded-postgres';
import { freePorts } from '@netfold/embedded-kafka';
import pg from 'pg';
import type { StartedTestContainer } from 'testcontainers';

/** The lane `containers` says so: what is tested then runs in containers of a Docker engine. */
export const isOnContainers = (): boolean => process.env['NETFOLD_ON_CONTAINERS'] === 'yes';

/** The official images, unless the environment names others. */
export const testImages = {
  postgres: process.env['NETFOLD_TEST_POSTGRES_IMAGE'] ?? 'postgres:18',
  kafka: process.env['NETFOLD_TEST_KAFKA_IMAGE'] ?? 'apache/kafka:4.3.1',
} as const;

const port = 5432;
const startMsMax = 60_000;

export type PostgresContainer = {
  readonly connection: ConnectionSettings;
  /** Kills the server as a loss of power would, and starts it again on the same data. */
  crash(): Promise<void>;
  stop(): Promise<void>;
};

/** A PostgreSQL in a container of its own. @throws when it is not ready in time */
export async function startPostgresContainer(): Promise<PostgresContainer> {
  // Only who asks for containers pays for loading what drives them.
  const { GenericContainer, Wait, getContainerRuntimeClient } = await import('testcontainers');
  const [host = 0] = await freePorts(1);
  const password = randomBytes(16).toString('hex');
  const container = await new GenericContainer(testImages.postgres)
    .withEnvironment({
      POSTGRES_USER: ownerName,
      POSTGRES_PASSWORD: password,
      POSTGRES_DB: databaseName,
    })
    // Chosen here, so that it stays the same over a crash.
    .withExposedPorts({ container: port, host })
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/))
    .withStartupTimeout(startMsMax)
    .start();
  const connection = {
    host: container.getHost(),
    port: host,
    user: ownerName,
    password,
    database: databaseName,
  };
  await untilItAnswers(connection);
  await noteImage(testImages.postgres, container, ['postgres', '--version']);
  const { dockerode } = (await getContainerRuntimeClient()).container;
  return {
    connection,
    crash: async () => {
      const killed = dockerode.getContainer(container.getId());
      await killed.kill();
      await killed.start();
      await untilItAnswers(connection);
    },
    stop: async () => void (await container.stop()),
  };
}

/** The official image starts a first server that nobody reaches by TCP, and then the real one. */
async function untilItAnswers(connection: ConnectionSettings): Promise<void> {
  const deadline = performance.now() + startMsMax;
  for (;;) {
    const client = new pg.Client({ ...connection, connectionTimeoutMillis: 2_000 });
    client.on('error', () => {}); // The failed attempt tells it.
    try {
      await client.connect();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    } finally {
      await client.end().catch(() => {}); // It was never connected.
    }
    await wait(100);
  }
}

/** Lets the report of the lane say which image ran, and what was in it. */
export async function noteImage(
  image: string,
  container: StartedTestContainer,
  version: readonly string[],
): Promise<void> {
  const file = process.env['NETFOLD_LANE_NOTES'];
  if (file === undefined) return;
  const { output, exitCode } = await container.exec([...version]);
  if (exitCode !== 0) throw new Error(`${image} does not say its version: ${output}`);
  appendFileSync(file, `ran on ${image}: ${output.trim()}\n`);
}
