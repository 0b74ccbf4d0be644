import { join } from 'node:path';
import { startKafka } from '@netfold/embedded-kafka';
import { startPostgres } from '@netfold/embedded-postgres';
import type { ConnectionSettings } from '@netfold/embedded-postgres';
import { Supervised } from './supervised.ts';
import type { Keep, Kept, Running } from './supervised.ts';

/** Four processes use one PostgreSQL, each with its pools. */
const connectionsMax = 200;

export type Stores = {
  /** The PostgreSQL of the log and the accounts. */
  readonly log: ConnectionSettings;
  /** The PostgreSQL in which the projectors build the read models. */
  readonly tables: ConnectionSettings;
  /** `host:port` of the broker. */
  readonly kafka: string;
};

/** Starts the stores side by side. @throws PostgresProblem, KafkaProblem */
export async function startStores(
  root: string,
  keep: Keep,
  say: (line: string) => void,
): Promise<Stores> {
  const log = databaseOf(root, 'postgres-log', say);
  const tables = databaseOf(root, 'postgres-tables', say);
  const kafka = brokerOf(root, say);
  await keep(log, tables, kafka);
  return { log: log.address(), tables: tables.address(), kafka: kafka.at() };
}

function databaseOf(
  root: string,
  name: string,
  say: (line: string) => void,
): Kept & { readonly address: () => ConnectionSettings } {
  let found: ConnectionSettings | null = null;
  const start = async (): Promise<Running> => {
    const postgres = await startPostgres({ folder: join(root, name), connectionsMax });
    found = postgres.connection;
    return postgres;
  };
  const address = (): ConnectionSettings => {
    if (found === null) throw new Error(`${name} has not been started`);
    return found;
  };
  return { part: new Supervised(name, start, say), at: () => address().host, address };
}

function brokerOf(root: string, say: (line: string) => void): Kept {
  let found = '';
  const start = async (): Promise<Running> => {
    const { running, at } = await startBroker(join(root, 'kafka'));
    found = at;
    return running;
  };
  return { part: new Supervised('kafka', start, say), at: () => found };
}

async function startBroker(folder: string): Promise<{ running: Running; at: string }> {
  const kafka = await startKafka({ brokers: 1, folder });
  const [broker] = kafka.brokers;
  if (broker === undefined) throw new Error('a Kafka without a broker');
  const { processId, address } = broker;
  return { running: { processId, ended: broker.ended(), stop: () => kafka.stop() }, at: address };
}

/** For settings of services. */
export function urlOf({ host, user, password, database, port }: ConnectionSettings): string {
  const query = new URLSearchParams({ host, port: String(port) });
  return `postgres://${user}:${encodeURIComponent(password)}@/${database}?${query.toString()}`;
}
