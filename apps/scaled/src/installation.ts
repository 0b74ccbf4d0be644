import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf } from '@netfold/configuration';
import { freePorts } from '@netfold/embedded-kafka';
import { gatewaySealIn } from '@netfold/log-kafka';
import {
  announceServer,
  demandFolderOf,
  lockDataFolder,
  makeOperatorToken,
  migrateStores,
  withdrawServer,
} from '@netfold/runtime';
import type { Started } from '@netfold/runtime';
import type { Configuration } from './configuration.ts';
import { startService } from './service-process.ts';
import type { ServiceOptions } from './service-process.ts';
import { startStores, urlOf } from './stores.ts';
import type { Stores } from './stores.ts';
import { Supervised } from './supervised.ts';
import type { Keep, Kept } from './supervised.ts';

type Part = {
  readonly name: string;
  readonly at: string;
  readonly processId: () => number | null;
};

export type Installation = {
  /** Of the first gateway, then of the others. */
  readonly urls: readonly string[];
  readonly tokenPath: string;
  readonly parts: readonly Part[];
};

/** Of each service there are two, so that one may go. */
const ofEachService = [1, 2] as const;

/**
 * Brings a whole scaled installation up on this machine: two PostgreSQL, Kafka, and of each
 * service two processes. What ends by itself is started again.
 *
 * @throws NetfoldProblem, PostgresProblem, KafkaProblem
 */
export async function install(
  configuration: Configuration,
  say: (line: string) => void,
  started: Started,
): Promise<Installation> {
  const files = filesOf(configuration.dataFolder);
  demandFolderOf('scaled', files);
  started.add(lockDataFolder(files.root));
  const parts: Part[] = [];
  let announce = (): void => {};
  const keep: Keep = async (...kept) => {
    started.add(() => Promise.all(kept.map(({ part }) => part.stop())));
    await Promise.all(kept.map(({ part }) => part.start()));
    for (const { part, at } of kept) {
      part.onRestarted = () => announce();
      parts.push({ name: part.name, at: at(), processId: () => part.processId });
    }
  };
  const stores = await startStores(files.root, keep, say);
  await migrateStores(stores.log);
  await makeOperatorToken(stores.log, files.root);
  const urls = await startServices({ configuration, stores, root: files.root, keep, say });
  announce = () => {
    const services = parts.map(({ name, at, processId }) => ({ name, at, processId: processId() }));
    const { log: postgres, tables } = stores;
    announceServer(files, { url: urls[0] ?? '', postgres, tables, services });
  };
  announce();
  started.add(() => {
    announce = () => {};
    withdrawServer(files);
  });
  return { urls, tokenPath: files.token, parts };
}

type ServicesOptions = {
  readonly configuration: Configuration;
  readonly stores: Stores;
  /** The data folder. */
  readonly root: string;
  readonly keep: Keep;
  readonly say: (line: string) => void;
};

/** @returns the URLs of the gateways */
async function startServices(of: ServicesOptions): Promise<readonly string[]> {
  const { configuration, root, stores } = of;
  const keys = join(root, 'keys');
  const key = join(keys, 'gateway.pem');
  // Commanders read the keys of the gateways when they start.
  gatewaySealIn(key, keys);
  mkdirSync(join(root, 'logs'), { recursive: true, mode: 0o700 });
  const tables = { NETFOLD_TABLES_POSTGRES: urlOf(stores.tables) };
  const [first = 0, ...free] = await freePorts(4 * ofEachService.length);
  // The first commander records how many partitions there are, which the others ask for.
  await startBoth(of, 'commander', free.splice(0, 2), () => ({ NETFOLD_GATEWAY_KEYS: keys }));
  await startBoth(of, 'projector', free.splice(0, 2), () => tables);
  const [firstDoor = 0, secondDoor = 0] = free.splice(0, 2);
  // The port that was asked for is the first gateway's.
  const doors = [configuration.dockerTlsPort || firstDoor, secondDoor];
  const ports = [configuration.port === 0 ? first : configuration.port, ...free];
  await startBoth(of, 'gateway', ports, (name, index) => ({
    ...dockerTlsOf(configuration, root, doors[index] ?? 0),
    ...tables,
    NETFOLD_GATEWAY_KEY: key,
    NETFOLD_DATA: join(root, name),
  }));
  return ports.map((port) => `http://127.0.0.1:${port}`);
}

/** One authority for both gateways: a context of one is good for the other. */
function dockerTlsOf(
  { dockerTlsPort, dockerTlsHost, dockerTlsAddress, dockerTlsFolder }: Configuration,
  root: string,
  port: number,
): Readonly<Record<string, string>> {
  if (dockerTlsPort === null) return {};
  return {
    NETFOLD_DOCKER_TLS_PORT: String(port),
    NETFOLD_DOCKER_TLS_ADDRESS: dockerTlsAddress,
    NETFOLD_DOCKER_TLS_FOLDER: dockerTlsFolder ?? join(root, 'docker-tls'),
    ...(dockerTlsHost === null ? {} : { NETFOLD_DOCKER_TLS_HOST: dockerTlsHost }),
  };
}

async function startBoth(
  { configuration, stores, root, keep, say }: ServicesOptions,
  app: ServiceOptions['app'],
  ports: readonly number[],
  environmentOf: (name: string, index: number) => Readonly<Record<string, string>>,
): Promise<void> {
  const common = {
    NETFOLD_ADDRESS: configuration.address,
    NETFOLD_LOG_LEVEL: configuration.logLevel,
    NETFOLD_PARTITIONS: String(configuration.partitions),
    NETFOLD_KAFKA: stores.kafka,
    NETFOLD_LOG_POSTGRES: urlOf(stores.log),
  };
  const kept = ofEachService.map((number): Kept => {
    const name = `${app}-${number}`;
    const port = ports[number - 1] ?? 0;
    const environment = { ...common, ...environmentOf(name, number - 1), NETFOLD_INSTANCE: name };
    const logFile = join(root, 'logs', `${name}.log`);
    const options = { app, name, port, environment, logFile };
    const part = new Supervised(name, () => startService(options), say);
    return { part, at: () => `http://127.0.0.1:${port}` };
  });
  await keep(...kept);
}
