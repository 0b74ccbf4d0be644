import { join } from 'node:path';
import { startKafka } from '@netfold/embedded-kafka';
import { startPostgres } from '@netfold/embedded-postgres';
import type { EmbeddedPostgres } from '@netfold/embedded-postgres';
import type { Running } from './supervised.ts';

/** Four processes use one PostgreSQL, each with its pools. */
const connectionsMax = 200;

/** Starts a PostgreSQL; `onStarted` hears its address, which stays the same. */
export async function startDatabase(
  folder: string,
  onStarted: (connection: EmbeddedPostgres['connection']) => void,
): Promise<Running> {
  const postgres = await startPostgres({ folder, connectionsMax });
  onStarted(postgres.connection);
  return postgres;
}

/** Starts a Kafka of one broker; `onStarted` hears its address, which stays the same. */
export async function startBroker(
  folder: string,
  onStarted: (address: string) => void,
): Promise<Running> {
  const kafka = await startKafka({ brokers: 1, folder });
  const [broker] = kafka.brokers;
  if (broker === undefined) throw new Error('a Kafka without a broker');
  onStarted(broker.address);
  return { processId: broker.processId, ended: broker.ended(), stop: () => kafka.stop() };
}

export const storeFolders = (dataFolder: string) =>
  ({
    log: join(dataFolder, 'postgres-log'),
    tables: join(dataFolder, 'postgres-tables'),
    kafka: join(dataFolder, 'kafka'),
  }) as const;
