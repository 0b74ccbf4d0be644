import { ProcessGate, systemTimers } from '@netfold/application';
import type { Actor } from '@netfold/application';
import { localOperator, localTenant } from '@netfold/auth';
import type { Configuration } from '../configuration/configuration.ts';
import { filesOf } from '@netfold/configuration';
import {
  EndpointsGate,
  HostEndpoints,
  NetfoldModule,
  Started,
  announceServer,
  codeVersion,
  graphqlParts,
  lockDataFolder,
  migrate,
  openAccess,
  openDatabase,
  rebuildReadModels,
  startHttp,
  withOwner,
  withdrawServer,
} from '@netfold/runtime';
import type { Database, LabCore } from '@netfold/runtime';
import { startLabCore } from './lab-core.ts';
import type { Logger } from 'pino';

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

/**
 * Starts everything in one process. What was started before a failure is stopped again.
 * @throws NetfoldProblem, PostgresProblem
 */
export const serve = (configuration: Configuration, logger: Logger): Promise<RunningServer> =>
  Started.all((started) => startAll(configuration, logger, started));

async function startAll(
  configuration: Configuration,
  logger: Logger,
  started: Started,
): Promise<RunningServer> {
  const files = filesOf(configuration.dataFolder);
  started.add(lockDataFolder(files.root));
  const database = await openDatabase({
    folder: files.postgres,
    url: configuration.postgres,
    onLog: (line) => logger.debug({ line }, 'postgres'),
  });
  started.add(() => database.stop());
  await bringUpToDate(database, logger);
  const core = await startLabCore({
    owner: database.owner,
    codeVersion: codeVersion(import.meta.dirname),
    onProblem: (problem, cause) => logger.warn({ err: cause }, problem),
    onCaughtUp: (labId, version) => logger.info({ labId, version }, 'rows have caught up'),
  });
  started.add(() => core.stop());
  const access = await openAccess(database.owner, files.root);
  started.add(() => access.close());
  const gate = gateOf(core, () => endpoints, logger);
  const endpoints = new HostEndpoints({
    folder: files.sockets,
    // The same way as every other face's: rights and quotas first.
    gate: { submit: (request) => graphql.gate.submit(localActor, request) },
    states: core.states,
    actor: localActor,
  });
  started.add(() => endpoints.close());
  const graphql = graphqlParts({ core, gate, access, endpoints, logger });
  const readiness = { problem: () => core.problem() };
  const http = await startHttp(
    NetfoldModule.forRoot({ graphql, metrics: core.metrics, readiness }),
    configuration,
  );
  started.add(() => http.close());
  await openEndpoints(core, endpoints);
  announceServer(files, { url: http.url, postgres: database.owner });
  started.add(() => withdrawServer(files));
  return {
    url: http.url,
    tokenPath: access.tokenPath,
    dataFolder: files.root,
    databaseDescription: database.description,
    failed: database.ended.then(() => 'the embedded PostgreSQL ended by itself'),
    stop: () => started.stop(),
  };
}

async function bringUpToDate(database: Database, logger: Logger): Promise<void> {
  const { needsRebuild } = await migrate(database.owner);
  if (!needsRebuild) return;
  logger.info('the read models have another shape than this build: rebuilding them');
  await withOwner(database.owner, (client) => rebuildReadModels(client, database.owner, () => {}));
}

/** From the face inwards: programs of started containers, sockets of hosts, figures, the writer. */
function gateOf(core: LabCore, endpoints: () => HostEndpoints, logger: Logger): ProcessGate {
  const gate = new ProcessGate({
    gate: new EndpointsGate(core.gate, endpoints),
    states: core.states,
    timers: systemTimers,
    onProblem: (problem, cause) => logger.warn({ err: cause }, problem),
  });
  gate.watch(core.states);
  return gate;
}

async function openEndpoints(core: LabCore, endpoints: HostEndpoints): Promise<void> {
  for await (const { labId, isRemoved } of core.log.labs()) {
    if (!isRemoved) await endpoints.sync(labId);
  }
}
