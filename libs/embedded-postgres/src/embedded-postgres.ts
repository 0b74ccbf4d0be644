import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from './binaries.ts';
import { chooseWay, launcherOf } from './launcher.ts';
import type { Launcher, LauncherWay } from './launcher.ts';
import { PostgresProblem } from './postgres-problem.ts';
import { socketFolder } from './socket-folder.ts';
import { stopStalePostmaster } from './stale-postmaster.ts';

/** PostgreSQL has to answer within so long after its start (recovery after a crash included). */
const startMsMax = 60_000;
/** A fast shutdown takes less; then it is killed, which is as safe. */
const stopMsMax = 15_000;
/** Session processes of a killed server get so long to end. */
const leftoversMsMax = 15_000;
/** Connections that PostgreSQL allows: pools of the service, commands of the operator, reserve. */
const connectionsUsual = 60;

const port = 5432;
export const ownerName = 'netfold_owner';
export const databaseName = 'netfold';

export type ConnectionSettings = {
  /** Folder of the unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
};

export type EmbeddedPostgres = {
  readonly connection: ConnectionSettings;
  readonly processId: number;
  /** Resolves when PostgreSQL has ended without being asked to. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Everything of PostgreSQL stands in here. */
  readonly folder: string;
  /** What PostgreSQL prints, line by line. */
  readonly onLog?: (line: string) => void;
  /** Connections that it allows; 60 unless said. */
  readonly connectionsMax?: number;
  /** How to get around running as root; chosen by itself unless a test says. */
  readonly way?: LauncherWay;
};

/**
 * Starts the PostgreSQL of a folder, creating its cluster at the first time.
 * @throws PostgresProblem when it cannot be started
 */
export async function startPostgres(of: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  mkdirSync(of.folder, { recursive: true, mode: 0o700 });
  const way = of.way ?? chooseWay();
  const launcher = launcherOf(way, findBinaries(), join(of.folder, 'data'));
  const password = passwordOf(of.folder);
  await createCluster(launcher, password);
  await stopStalePostmaster(launcher.data);
  const host = socketFolder(of.folder, way !== 'copyAsNobody');
  if (way === 'copyAsNobody') chownSync(host, 65_534, 65_534);
  const connection = { host, port, user: ownerName, password, database: databaseName };
  const retryUntil = performance.now() + leftoversMsMax;
  for (;;) {
    const child = launcher.run(
      launcher.binaries.postgres,
      postgresArguments(launcher.data, host, of.connectionsMax ?? connectionsUsual),
    );
    const output = collect(child, of.onLog);
    if (await isReadyInTime(child, connection)) return running(child, connection);
    child.kill('SIGINT');
    const mayRetry = areLeftoversAlive(output) && performance.now() < retryUntil;
    if (!mayRetry) throw notStarted('it did not become ready', output);
    await wait(100);
  }
}

/**
 * When the server process was killed, its session processes notice it within moments; until they
 * are gone a new server refuses to start on their shared memory (sysv_shmem.c).
 */
const areLeftoversAlive = ({ lines }: Output): boolean =>
  lines.some((line) => line.includes('pre-existing shared memory block'));

/** Random, made once; PostgreSQL listens on a socket that only its owner can reach besides. */
function passwordOf(folder: string): string {
  const path = join(folder, 'password');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}

/** A cluster that was half made by a killed process is made anew: its last file is missing. */
async function createCluster(launcher: Launcher, password: string): Promise<void> {
  const done = join(launcher.data, 'netfold-cluster');
  if (existsSync(done)) return;
  rmSync(launcher.data, { recursive: true, force: true });
  const passwordFile = `${launcher.data}.new-password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (isCopy(launcher)) chownSync(passwordFile, 65_534, 65_534);
  const child = launcher.run(launcher.binaries.initdb, [
    `--pgdata=${launcher.data}`,
    `--username=${ownerName}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
    '--no-instructions',
  ]);
  const output = collect(child);
  const [code] = (await once(child, 'exit')) as [number | null];
  rmSync(passwordFile, { force: true });
  if (code !== 0) throw notStarted('its cluster could not be made', output);
  writeFileSync(done, '');
}

const isCopy = ({ data }: Launcher): boolean => data.startsWith('/var/lib/netfold/');

const postgresArguments = (
  data: string,
  host: string,
  connectionsMax: number,
): readonly string[] => [
  `-D${data}`,
  `-k${host}`,
  `-p${port}`,
  ...Object.entries({
    listen_addresses: '',
    unix_socket_permissions: '0700',
    max_connections: String(connectionsMax),
    shared_buffers: '128MB',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    max_wal_size: '2GB',
    wal_compression: 'pglz',
    jit: 'off',
    log_min_messages: 'warning',
    // Its own locale is C; the texts of errors are matched by code, never by words.
    lc_messages: 'C',
  }).map(([name, value]) => `-c${name}=${value}`),
];

type Output = { readonly lines: readonly string[] };

const linesKept = 30;

function collect(child: ChildProcess, onLog?: (line: string) => void): Output {
  const lines: string[] = [];
  const add = (chunk: Buffer): void => {
    for (const line of chunk.toString().split('\n').filter(Boolean)) {
      lines.push(line);
      if (lines.length > linesKept) lines.shift();
      onLog?.(line);
    }
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  child.on('error', (error) => add(Buffer.from(error.message)));
  return { lines };
}

async function isReadyInTime(
  child: ChildProcess,
  connection: ConnectionSettings,
): Promise<boolean> {
  const deadline = performance.now() + startMsMax;
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    if (await isReady(connection)) return true;
    await wait(15);
  }
  return false;
}

/** Ready means: it answers, and our database is there. */
async function isReady(connection: ConnectionSettings): Promise<boolean> {
  const client = new pg.Client({
    ...connection,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => {}); // The failed attempt is the answer; the loop tries again.
  try {
    await client.connect();
    const found = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
    return true;
  } catch {
    return false; // Not yet: the socket is not there, or recovery is under way.
  } finally {
    await client.end().catch(() => {});
  }
}

function running(child: ChildProcess, connection: ConnectionSettings): EmbeddedPostgres {
  let isStopping = false;
  const exited = once(child, 'exit');
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  child.once('exit', () => {
    if (!isStopping) resolve();
  });
  return {
    connection,
    processId: child.pid ?? 0,
    ended,
    stop: async () => {
      isStopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGINT');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopMsMax);
      await exited;
      clearTimeout(timer);
    },
  };
}

const notStarted = (cause: string, { lines }: Output): PostgresProblem =>
  new PostgresProblem({
    code: 'NF1204',
    problem: 'the embedded PostgreSQL could not be started',
    cause: `${cause}; it printed: ${lines.slice(-5).join(' | ') || 'nothing'}`,
    fix: 'check the free space and the rights of the data folder, then start again',
  });
