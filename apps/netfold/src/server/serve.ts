import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ProcessGate, systemClock } from '@netfold/application';
import type { Actor } from '@netfold/application';
import { localOperator, localTenant } from '@netfold/auth';
import type { Configuration } from '../configuration/configuration.ts';
import { filesOf } from '../configuration/data-folder.ts';
import { NetfoldProblem } from '../configuration/problem.ts';
import { openAccess } from './access.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { migrate, openDatabase, withOwner } from './database.ts';
import type { Database } from './database.ts';
import { EndpointsGate } from './endpoints-gate.ts';
import { graphqlParts } from './graphql-parts.ts';
import { HostEndpoints } from './host-endpoints.ts';
import { startLabCore } from './lab-core.ts';
import type { LabCore } from './lab-core.ts';
import { codeVersion } from './code-version.ts';
import type { Logger } from 'pino';
import { NetfoldModule } from './netfold.module.ts';
import { rebuildReadModels } from '../operations/rebuild-read-models.ts';
import { announceServer, withdrawServer } from './server-files.ts';

export type RunningServer = {
  readonly url: string;
  readonly tokenPath: string;
  readonly dataFolder: string;
  readonly databaseDescription: string;
  /** Resolves when the server cannot go on. */
  readonly failed: Promise<string>;
  stop(): Promise<void>;
};

/** Whoever can open the sockets of the hosts: the person who started the server. */
const localActor: Actor = {
  id: localOperator,
  tenantId: localTenant,
  role: 'operator',
  scopes: null,
  labIds: null,
};

/** What was started, to be stopped in the opposite order. */
type Started = (() => Promise<void> | void)[];

/**
 * Starts everything in one process. What was started before a failure is stopped again.
 * @throws NetfoldProblem, PostgresProblem
 */
export async function serve(configuration: Configuration, logger: Logger): Promise<RunningServer> {
  const started: Started = [];
  const stop = async (): Promise<void> => {
    for (const undo of started.splice(0).toReversed()) await undo();
  };
  try {
    return await startAll(configuration, logger, started, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(
  configuration: Configuration,
  logger: Logger,
  started: Started,
  stop: () => Promise<void>,
): Promise<RunningServer> {
  const files = filesOf(configuration.dataFolder);
  started.push(lockDataFolder(files.root));
  const database = await openDatabase({
    folder: files.postgres,
    url: configuration.postgres,
    onLog: (line) => logger.debug({ line }, 'postgres'),
  });
  started.push(() => database.stop());
  await bringUpToDate(database, logger);
  const core = await startLabCore({
    owner: database.owner,
    codeVersion: codeVersion(import.meta.dirname),
    onProblem: (problem, cause) => logger.warn({ err: cause }, problem),
    onCaughtUp: (labId, version) => logger.info({ labId, version }, 'rows have caught up'),
  });
  started.push(() => core.stop());
  const access = await openAccess(database.owner, files.root);
  started.push(() => access.close());
  const gate = gateOf(core, () => endpoints);
  const endpoints = new HostEndpoints({
    folder: files.sockets,
    // The same way as every other face's: rights and quotas first.
    gate: { submit: (request) => graphql.gate.submit(localActor, request) },
    states: core.states,
    actor: localActor,
  });
  started.push(() => endpoints.close());
  const graphql = graphqlParts({ core, gate, access, endpoints, logger });
  const app = await startHttp(configuration, {
    graphql,
    metrics: core.metrics,
    readiness: { problem: () => core.problem() },
  });
  started.push(() => app.close());
  await openEndpoints(core, endpoints);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://${hostOf(configuration.address)}:${port}`;
  announceServer(files, { url, postgres: database.owner });
  started.push(() => withdrawServer(files));
  return {
    url,
    tokenPath: access.tokenPath,
    dataFolder: files.root,
    databaseDescription: database.description,
    failed: database.ended.then(() => 'the embedded PostgreSQL ended by itself'),
    stop,
  };
}

async function bringUpToDate(database: Database, logger: Logger): Promise<void> {
  const { needsRebuild } = await migrate(database.owner);
  if (!needsRebuild) return;
  logger.info('the read models have another shape than this build: rebuilding them');
  await withOwner(database.owner, (client) => rebuildReadModels(client, database.owner, () => {}));
}

/** From the face inwards: programs of started containers, sockets of hosts, figures, the writer. */
const gateOf = (core: LabCore, endpoints: () => HostEndpoints) =>
  new ProcessGate({
    gate: new EndpointsGate(core.gate, endpoints),
    states: core.states,
    clock: systemClock,
  });

async function openEndpoints(core: LabCore, endpoints: HostEndpoints): Promise<void> {
  for await (const { labId, isRemoved } of core.log.labs()) {
    if (!isRemoved) await endpoints.sync(labId);
  }
}

const hostOf = (address: Configuration['address']): string =>
  address === '::1' ? '[::1]' : address;

async function startHttp(
  { port, address }: Configuration,
  parts: Parameters<typeof NetfoldModule.forRoot>[0],
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(
    NetfoldModule.forRoot(parts),
    adapter,
    // What fails is told by us, once.
    { logger: false, abortOnError: false },
  );
  try {
    await app.listen(port, address);
    return app;
  } catch (cause) {
    await app.close();
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') {
      throw portInUse(port, cause);
    }
    throw cause;
  }
}

const portInUse = (port: number, cause: Error): NetfoldProblem =>
  new NetfoldProblem(
    {
      code: 'NF1306',
      problem: `the port ${port} is in use`,
      cause: cause.message,
      fix: 'stop the program that has it, or choose another with --port (0 picks a free one)',
    },
    { cause },
  );
