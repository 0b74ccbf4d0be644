import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePorts } from './free-port.ts';
import { kafkaClassPath } from './kafka-jars.ts';

const template = fileURLToPath(new URL('../../deploy/kafka/broker.properties', import.meta.url));
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
  /** A second listener that tells clients to come by way of `proxyPort`. */
  readonly behindProxy: { readonly port: number; readonly proxyPort: number };
  /** Ends it as an operator does; it hands over and closes its files. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  start(): Promise<void>;
};

export type KafkaCluster = {
  readonly brokers: readonly Broker[];
  readonly addresses: readonly string[];
  /** Stops all brokers and removes their data. */
  stop(): Promise<void>;
};

/** Starts Apache Kafka on free ports: the first node is also the controller. */
export async function startKafka(brokerCount: number): Promise<KafkaCluster> {
  const classPath = await kafkaClassPath();
  const folder = mkdtempSync(join(tmpdir(), 'netfold-kafka-'));
  const [controllerPort = 0, ...ports] = await freePorts(1 + 3 * brokerCount);
  const cluster: Cluster = {
    folder,
    controllerPort,
    brokerCount,
    id: randomBytes(16).toString('base64url'),
    classPath,
  };
  const brokers = Array.from({ length: brokerCount }, (_, index) =>
    brokerOf(cluster, index + 1, ports.slice(3 * index, 3 * index + 3)),
  );
  const stop = async (): Promise<void> => {
    // The controller last, since the others say goodbye to it.
    for (const broker of brokers.toReversed()) await broker.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(brokers.map((broker) => broker.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { brokers, addresses: brokers.map(({ address }) => address), stop };
}

type Cluster = {
  readonly folder: string;
  readonly controllerPort: number;
  readonly brokerCount: number;
  readonly id: string;
  readonly classPath: string;
};

function brokerOf(cluster: Cluster, nodeId: number, ports: readonly number[]): Broker {
  const [port = 0, behindPort = 0, proxyPort = 0] = ports;
  const properties = writeProperties(cluster, nodeId, { port, behindPort, proxyPort });
  const logFile = join(cluster.folder, `node-${nodeId}.log`);
  let running: ChildProcess | null = null;
  let isFormatted = false;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const child = running;
    running = null;
    if (child !== null) await ended(child, signal);
  };
  return {
    nodeId,
    address: `127.0.0.1:${port}`,
    behindProxy: { port: behindPort, proxyPort },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    start: async () => {
      if (!isFormatted) format(cluster, nodeId, properties);
      isFormatted = true;
      running = launch(cluster.classPath, properties, logFile);
      await listening(running, port, logFile);
    },
  };
}

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
    REPLICAS: String(Math.min(cluster.brokerCount, 3)),
    DATA: join(cluster.folder, `node-${nodeId}`),
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
  const args = ['kafka.tools.StorageTool', 'format', role, '-t', cluster.id, '-c', properties];
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
  const child = spawn(java, args, { stdio: ['ignore', log, log] });
  closeSync(log);
  // A test run that ends abruptly must not leave brokers behind.
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
