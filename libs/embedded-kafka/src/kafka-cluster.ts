import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deployFolder } from './deploy-folder.ts';
import { freePorts } from './free-ports.ts';
import { kafkaClassPath } from './kafka-jars.ts';
import { forgetBroker, noteBroker, stopStaleBroker } from './stale-broker.ts';

const template = join(deployFolder, 'broker.properties');
const java = process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin/java') : 'java';

/** Small and quick to start: the serial collector, the first compiler only. */
const jvmFlags = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];
const heap = ['-Xms96m', '-Xmx384m'];

const startMsMax = 90_000;
const stopMsMax = 20_000;

export type Broker = {
  readonly nodeId: number;
  /** Where clients connect: `host:port`. */
  readonly address: string;
  /** Where it keeps each partition, in a folder such as `netfold.commits-0`. */
  readonly dataFolder: string;
  /** A second listener that tells clients to come by way of `proxyPort`. */
  readonly behindProxy: { readonly port: number; readonly proxyPort: number };
  /** Ends it as an operator does; it hands over and closes its files. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Resolves when the broker that runs now has ended, for whatever reason. */
  ended(): Promise<void>;
  /** `null` while it does not run. */
  readonly processId: number | null;
};

export type KafkaCluster = {
  readonly brokers: readonly Broker[];
  readonly addresses: readonly string[];
  /** Stops all brokers and removes their data. */
  stop(): Promise<void>;
};

export type KafkaOptions = {
  readonly brokers: number;
  /** Where the data stays, for the next start with it; `null`: a folder that goes at the stop. */
  readonly folder: string | null;
  /**
   * The version of the jars, 3.9.0 or newer. By default the one that NETFOLD_KAFKA_VERSION names,
   * else that of deploy/kafka/pom.xml.
   */
  readonly version?: string;
};

/** Starts Apache Kafka on free ports: the first node is also the controller. */
export async function startKafka(of: KafkaOptions): Promise<KafkaCluster> {
  const version = of.version ?? process.env['NETFOLD_KAFKA_VERSION'] ?? '';
  const classPath = await kafkaClassPath(version);
  const folder = of.folder ?? mkdtempSync(join(tmpdir(), 'netfold-kafka-'));
  const cluster: Cluster = { ...(await identityIn(folder, of.brokers)), folder, classPath };
  const brokers = cluster.ports.map((ports, index) => brokerOf(cluster, index + 1, ports));
  const stop = async (): Promise<void> => {
    // The controller last, since the others say goodbye to it.
    for (const broker of brokers.toReversed()) await broker.stop();
    if (of.folder === null) rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(brokers.map((broker) => broker.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { brokers, addresses: brokers.map(({ address }) => address), stop };
}

/** What a cluster keeps for its life; its data knows the ports. */
type Identity = {
  readonly id: string;
  readonly controllerPort: number;
  /** By broker: for clients, behind a proxy, of that proxy. */
  readonly ports: readonly (readonly number[])[];
};

type Cluster = Identity & { readonly folder: string; readonly classPath: string };

async function identityIn(folder: string, brokers: number): Promise<Identity> {
  const file = join(folder, 'cluster.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Identity;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [controllerPort = 0, ...free] = await freePorts(1 + 3 * brokers);
  const ports = Array.from({ length: brokers }, (_, index) => free.slice(3 * index, 3 * index + 3));
  const identity = { id: randomBytes(16).toString('base64url'), controllerPort, ports };
  writeFileSync(file, JSON.stringify(identity));
  return identity;
}

function brokerOf(cluster: Cluster, nodeId: number, ports: readonly number[]): Broker {
  const [port = 0, behindPort = 0, proxyPort = 0] = ports;
  const properties = writeProperties(cluster, nodeId, { port, behindPort, proxyPort });
  const logFile = join(cluster.folder, `node-${nodeId}.log`);
  let running: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const child = running;
    running = null;
    if (child !== null) await ended(child, signal);
    forgetBroker(properties);
  };
  return {
    nodeId,
    address: `127.0.0.1:${port}`,
    dataFolder: dataOf(cluster, nodeId),
    behindProxy: { port: behindPort, proxyPort },
    get processId() {
      return running?.pid ?? null;
    },
    ended: async () => {
      if (running !== null && running.exitCode === null) await once(running, 'exit');
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    start: async () => {
      if (!existsSync(metaFileOf(cluster, nodeId))) format(cluster, nodeId, properties);
      await stopStaleBroker(properties);
      running = launch(cluster.classPath, properties, logFile);
      noteBroker(properties, running.pid ?? 0);
      await listening(running, port, logFile);
    },
  };
}

const dataOf = ({ folder }: Cluster, nodeId: number): string => join(folder, `node-${nodeId}`);

/** Stands in the data folder of a node once it is formatted. */
const metaFileOf = (cluster: Cluster, nodeId: number): string =>
  join(dataOf(cluster, nodeId), 'meta.properties');

function writeProperties(
  cluster: Cluster,
  nodeId: number,
  ports: { readonly port: number; readonly behindPort: number; readonly proxyPort: number },
): string {
  const isController = nodeId === 1;
  const own = `CLIENTS://127.0.0.1:${ports.port}`;
  const controller = `CONTROLLER://127.0.0.1:${cluster.controllerPort}`;
  const listeners = [own, `PROXIED://127.0.0.1:${ports.behindPort}`];
  const values: Readonly<Record<string, string>> = {
    ROLES: isController ? 'broker,controller' : 'broker',
    NODE_ID: String(nodeId),
    LISTENERS: [...listeners, ...(isController ? [controller] : [])].join(','),
    ADVERTISED: `${own},PROXIED://127.0.0.1:${ports.proxyPort}`,
    CONTROLLER_PORT: String(cluster.controllerPort),
    REPLICAS: String(Math.min(cluster.ports.length, 3)),
    DATA: dataOf(cluster, nodeId),
  };
  const file = join(cluster.folder, `node-${nodeId}.properties`);
  const text = readFileSync(template, 'utf8').replace(/^[^#].*$/gm, (line) =>
    line.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`broker.properties: nobody fills in ${name}`);
      return value;
    }),
  );
  writeFileSync(file, text);
  return file;
}

function format(cluster: Cluster, nodeId: number, properties: string): void {
  const role = nodeId === 1 ? '--standalone' : '--no-initial-controllers';
  // In one word: an id may begin with a hyphen.
  const id = `--cluster-id=${cluster.id}`;
  const args = ['kafka.tools.StorageTool', 'format', role, id, '-c', properties];
  const run = spawnSync(java, [...jvmFlags, '-cp', cluster.classPath, ...args], {
    encoding: 'utf8',
    timeout: startMsMax,
  });
  if (run.status !== 0) {
    throw new Error(`could not format node ${nodeId}:\n${run.stdout}${run.stderr}`);
  }
}

function launch(classPath: string, properties: string, logFile: string): ChildProcess {
  const log = openSync(logFile, 'a');
  const args = [...heap, ...jvmFlags, '-cp', classPath, 'kafka.Kafka', properties];
  // A Ctrl-C of the terminal is for who started it, and stops it in order.
  const child = spawn(java, args, { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  // A program that ends abruptly must not leave brokers behind.
  const onExit = (): boolean => child.kill('SIGKILL');
  process.once('exit', onExit);
  child.once('exit', () => process.removeListener('exit', onExit));
  return child;
}

async function listening(child: ChildProcess, port: number, logFile: string): Promise<void> {
  const deadline = Date.now() + startMsMax;
  while (!(await accepts(port))) {
    const isDead = child.exitCode !== null || child.signalCode !== null;
    if (isDead || Date.now() > deadline) {
      const end = readFileSync(logFile, 'utf8').slice(-4000);
      throw new Error(`the broker did not start (${isDead ? 'it ended' : 'too slow'}):\n${end}`);
    }
    await sleep(100);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  const tooLong = setTimeout(() => child.kill('SIGKILL'), stopMsMax);
  await exit;
  clearTimeout(tooLong);
}
