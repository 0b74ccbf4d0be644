import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf } from '@netfold/configuration';
import { freePorts } from '@netfold/embedded-kafka';
import type { EmbeddedPostgres } from '@netfold/embedded-postgres';
import { gatewaySealIn } from '@netfold/log-kafka';
import {
  Started,
  announceServer,
  lockDataFolder,
  makeOperatorToken,
  migrateStores,
  withdrawServer,
} from '@netfold/runtime';
import type { Configuration } from './configuration.ts';
import { startService } from './service-process.ts';
import type { ServiceOptions } from './service-process.ts';
import { startBroker, startDatabase, storeFolders } from './stores.ts';
import { Supervised } from './supervised.ts';

export type Part = { readonly name: string; readonly at: string; processId(): number | null };

export type Installation = {
  /** Of the first gateway, then of the others. */
  readonly urls: readonly string[];
  readonly tokenPath: string;
  readonly parts: readonly Part[];
  stop(): Promise<void>;
};

type Connection = EmbeddedPostgres['connection'];

/** Of each service there are two, so that one may go. */
const ofEachService = [1, 2] as const;

/**
 * Brings a whole scaled installation up on this machine: two PostgreSQL, Kafka, and of each
 * service two processes. What ends by itself is started again.
 *
 * @throws NetfoldProblem, PostgresProblem, KafkaProblem
 */
export const install = (
  configuration: Configuration,
  say: (line: string) => void,
): Promise<Installation> => Started.all((started) => installAll(configuration, say, started));

async function installAll(
  configuration: Configuration,
  say: (line: string) => void,
  started: Started,
): Promise<Installation> {
  const files = filesOf(configuration.dataFolder);
  started.add(lockDataFolder(files.root));
  const logs = join(files.root, 'logs');
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const parts: Part[] = [];
  const keep = async (part: Supervised, at: () => string): Promise<void> => {
    await part.start();
    started.add(() => part.stop());
    parts.push({ name: part.name, at: at(), processId: () => part.processId });
  };
  const stores = await startStores(files.root, keep, say);
  const { log, tables, kafka } = stores;
  await migrateStores(log);
  await makeOperatorToken(log, files.root);
  const keys = join(files.root, 'keys');
  const key = join(keys, 'gateway.pem');
  gatewaySealIn(key, keys);
  const common = {
    NETFOLD_ADDRESS: configuration.address,
    NETFOLD_LOG_LEVEL: configuration.logLevel,
    NETFOLD_PARTITIONS: String(configuration.partitions),
    NETFOLD_KAFKA: kafka,
    NETFOLD_LOG_POSTGRES: urlOf(log),
  };
  const service = async (
    app: ServiceOptions['app'],
    number: number,
    own: { readonly port: number; readonly environment: Readonly<Record<string, string>> },
  ): Promise<void> => {
    const name = `${app}-${number}`;
    const logFile = join(logs, `${name}.log`);
    const environment = { ...common, ...own.environment, NETFOLD_INSTANCE: name };
    const options = { app, name, logFile, ...own, environment };
    const part = new Supervised(name, () => startService(options), say);
    await keep(part, () => `http://127.0.0.1:${own.port}`);
  };
  const free = await freePorts(2 * ofEachService.length + 2);
  const [first = 0, second = 0, ...others] = free;
  const both = (start: (number: number) => Promise<void>): Promise<unknown> =>
    Promise.all(ofEachService.map(start));
  // The first commander records what the others ask for.
  await both((number) =>
    service('commander', number, {
      port: others[number - 1] ?? 0,
      environment: { NETFOLD_GATEWAY_KEYS: keys },
    }),
  );
  await both((number) =>
    service('projector', number, {
      port: others[number + 1] ?? 0,
      environment: { NETFOLD_TABLES_POSTGRES: urlOf(tables) },
    }),
  );
  const ports = [configuration.port === 0 ? first : configuration.port, second];
  await both((number) =>
    service('gateway', number, {
      port: ports[number - 1] ?? 0,
      environment: {
        NETFOLD_TABLES_POSTGRES: urlOf(tables),
        NETFOLD_GATEWAY_KEY: key,
        NETFOLD_DATA: join(files.root, `gateway-${number}`),
      },
    }),
  );
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  announceServer(files, { url: urls[0] ?? '', postgres: log, tables });
  started.add(() => withdrawServer(files));
  return { urls, tokenPath: files.token, parts, stop: () => started.stop() };
}

async function startStores(
  root: string,
  keep: (part: Supervised, at: () => string) => Promise<void>,
  say: (line: string) => void,
): Promise<{ readonly log: Connection; readonly tables: Connection; readonly kafka: string }> {
  const folders = storeFolders(root);
  const connections: Record<'log' | 'tables', Connection | null> = { log: null, tables: null };
  let kafka = '';
  for (const name of ['log', 'tables'] as const) {
    const start = () =>
      startDatabase(folders[name], (connection) => {
        connections[name] = connection;
      });
    await keep(new Supervised(`postgres-${name}`, start, say), () => connections[name]?.host ?? '');
  }
  const start = () =>
    startBroker(folders.kafka, (address) => {
      kafka = address;
    });
  await keep(new Supervised('kafka', start, say), () => kafka);
  const { log, tables } = connections;
  if (log === null || tables === null) throw new Error('a PostgreSQL that runs has an address');
  return { log, tables, kafka };
}

function urlOf({ host, user, password, database, port }: Connection): string {
  const query = new URLSearchParams({ host, port: String(port) });
  return `postgres://${user}:${encodeURIComponent(password)}@/${database}?${query.toString()}`;
}
