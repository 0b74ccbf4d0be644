import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, startKafka } from '@netfold/embedded-kafka';
import type { KafkaCluster } from '@netfold/embedded-kafka';
import { startPostgres } from '@netfold/embedded-postgres';
import type { ConnectionSettings } from '@netfold/embedded-postgres';
import type { ServerAddress } from '../graphql-post.ts';
import { CutterProcess } from './cutter-process.ts';
import { Kept } from './kept.ts';
import { runToEnd, startService } from './service-process.ts';
import type { App, Environment } from './service-process.ts';

const netfold = join(import.meta.dirname, '../../../apps/netfold/dist/main.js');
const socketName = '.s.PGSQL.5432';
const connectionsMax = 200;

export const partitionCount = 4;

/** Everything that may be killed. */
export type ServiceName = `${App}-${1 | 2}` | 'postgres-log' | 'postgres-tables' | 'kafka';

/** What `netfold verify --json` tells. */
export type Verified = {
  readonly commits: number;
  readonly problemsFound: number;
  readonly behind: readonly string[];
  readonly tables: readonly {
    readonly table: string;
    readonly rows: number;
    readonly hash: string;
    readonly isEqual: boolean;
  }[];
};

/** As short as brokers take it: the rounds wait for its end again and again. */
export const kafkaSessionMs = 6_000;

/**
 * A scaled installation that a test may hurt. Its services are the built apps, started with their
 * environment alone, as a supervisor other than ours would: so that a proxy can stand between the
 * commanders and the log, which `npm run scaled` has no place for.
 */
export class ScaledInstallation {
  readonly #folder: string;
  readonly #kept = new Map<ServiceName, Kept>();
  readonly #gateways: string[] = [];
  #cutter: CutterProcess | null = null;
  #log: ConnectionSettings | null = null;
  #tables: ConnectionSettings | null = null;
  #kafka: KafkaCluster | null = null;

  /** @param folder  an empty one, on a short path: unix sockets stand in it */
  constructor(folder: string) {
    this.#folder = folder;
  }

  get data(): string {
    return join(this.#folder, 'data');
  }

  get gateways(): readonly ServerAddress[] {
    const token = readFileSync(join(this.data, 'token'), 'utf8').trim();
    return this.#gateways.map((url) => ({ url, token }));
  }

  /** Between the commanders and the log. */
  get cutter(): CutterProcess {
    return there(this.#cutter);
  }

  get log(): ConnectionSettings {
    return there(this.#log);
  }

  get tables(): ConnectionSettings {
    return there(this.#tables);
  }

  get brokers(): readonly string[] {
    return there(this.#kafka).addresses;
  }

  service(name: ServiceName): Kept {
    return there(this.#kept.get(name) ?? null);
  }

  /** Of a gateway; `null`: the service is none. */
  urlOf(name: ServiceName): string | null {
    return this.#gateways[['gateway-1', 'gateway-2'].indexOf(name)] ?? null;
  }

  async start(seed: number): Promise<void> {
    mkdirSync(this.data, { recursive: true, mode: 0o700 });
    await this.#startStores();
    const upstream = join(this.log.host, socketName);
    const path = join(this.#folder, socketName);
    this.#cutter = await CutterProcess.start({ upstream, path, seed });
    await runToEnd('bootstrap', this.#environment('bootstrap'), this.#logFile('bootstrap'));
    const ports = await freePorts(6);
    await this.#startBoth('commander', ports.slice(0, 2));
    await this.#startBoth('projector', ports.slice(2, 4));
    await this.#startBoth('gateway', ports.slice(4));
    this.#gateways.push(...ports.slice(4).map((port) => `http://127.0.0.1:${port}`));
    const server = { url: this.#gateways[0], postgres: this.log, tables: this.tables };
    const text = JSON.stringify({ ...server, processId: process.pid });
    writeFileSync(join(this.data, 'server.json'), text, { mode: 0o600 });
  }

  /** Audits the log, folds every lab and compares its rows with the projectors'. */
  async verify(): Promise<Verified> {
    const child = spawn(process.execPath, [netfold, 'verify', '--json', '--data', this.data], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    await once(child, 'close');
    try {
      return JSON.parse(printed) as Verified;
    } catch (cause) {
      throw new Error(`netfold verify told nothing: ${complaint}`, { cause });
    }
  }

  async stop(): Promise<void> {
    const names = [...this.#kept.keys()].toReversed();
    for (const name of names) await this.#kept.get(name)?.stop();
    await this.#cutter?.close();
  }

  async #startStores(): Promise<void> {
    const postgres = (name: 'postgres-log' | 'postgres-tables', short: string) =>
      this.#keep(name, async () => {
        const running = await startPostgres({ folder: join(this.#folder, short), connectionsMax });
        if (name === 'postgres-log') this.#log = running.connection;
        else this.#tables = running.connection;
        return running;
      });
    const kafka = this.#keep('kafka', async () => {
      const cluster = await startKafka({ brokers: 1, folder: join(this.#folder, 'kafka') });
      this.#kafka = cluster;
      const broker = there(cluster.brokers[0] ?? null);
      const { processId } = broker;
      return { processId, ended: broker.ended(), stop: () => cluster.stop() };
    });
    await Promise.all([postgres('postgres-log', 'l'), postgres('postgres-tables', 't'), kafka]);
  }

  async #startBoth(app: App, ports: readonly number[]): Promise<void> {
    await Promise.all(
      ports.map((port, index) => {
        const name = `${app}-${index + 1}` as ServiceName;
        const environment = this.#environment(name);
        const logFile = this.#logFile(name);
        return this.#keep(name, () => startService({ app, port, environment, logFile }));
      }),
    );
  }

  async #keep(name: ServiceName, start: ConstructorParameters<typeof Kept>[1]): Promise<void> {
    const kept = new Kept(name, start);
    this.#kept.set(name, kept);
    await kept.start();
  }

  #environment(name: string): Environment {
    const keys = join(this.#folder, 'keys');
    const isCommander = name.startsWith('commander');
    return {
      NETFOLD_INSTANCE: name,
      NETFOLD_LOG_LEVEL: 'warn',
      NETFOLD_DATA: name === 'bootstrap' ? this.data : join(this.#folder, name),
      NETFOLD_PARTITIONS: String(partitionCount),
      NETFOLD_KAFKA: this.brokers.join(),
      NETFOLD_KAFKA_SESSION_MS: String(kafkaSessionMs),
      NETFOLD_LOG_POSTGRES: urlOf(this.log, isCommander ? this.#folder : this.log.host),
      NETFOLD_TABLES_POSTGRES: urlOf(this.tables, this.tables.host),
      NETFOLD_GATEWAY_KEY: join(keys, 'gateway.pem'),
      NETFOLD_GATEWAY_KEYS: keys,
    };
  }

  #logFile(name: string): string {
    return join(this.#folder, `${name}.log`);
  }
}

/** @param host  folder of the unix socket */
function urlOf({ user, password, database }: ConnectionSettings, host: string): string {
  return `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(host)}`;
}

function there<T>(value: T | null): T {
  if (value === null) throw new Error('the installation has not been started');
  return value;
}
