import { HealthChecks, ProcessGate, systemClock, systemTimers } from '@netfold/application';
import type { CommandGate } from '@netfold/application';
import type { Configuration } from '../configuration/configuration.ts';
import { filesOf } from '@netfold/configuration';
import {
  Started,
  announceServer,
  codeVersion,
  demandFolderOf,
  doorSettingsOf,
  lockDataFolder,
  migrate,
  openAccess,
  openDatabase,
  openFaces,
  rebuildReadModels,
  withOwner,
  withdrawServer,
} from '@netfold/runtime';
import type { Database, LabCore } from '@netfold/runtime';
import { startLabCore } from './lab-core.ts';
import type { Logger } from 'pino';

export type RunningServer = {
  readonly url: string;
  /** Of the TLS listener for Docker clients elsewhere; `null`: there is none. */
  readonly dockerTls: string | null;
  readonly tokenPath: string;
  readonly dataFolder: string;
  readonly databaseDescription: string;
  /** Resolves when the server cannot go on. */
  readonly failed: Promise<string>;
  stop(): Promise<void>;
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
  demandFolderOf('oneProcess', files);
  const door = doorSettingsOf(configuration, files.root);
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
  const access = await openAccess({
    accounts: database.owner,
    tables: database.owner,
    tokenFolder: files.root,
  });
  started.add(() => access.close());
  const { url, dockerTls } = await openFaces(
    {
      core,
      access,
      sockets: files.sockets,
      http: configuration,
      door,
      logger,
      gateOf: (gate) => withPrograms(gate, core, logger),
    },
    started,
  );
  announceServer(files, { url, postgres: database.owner });
  started.add(() => withdrawServer(files));
  return {
    url,
    dockerTls,
    tokenPath: files.token,
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

/** Runs the programs of the containers that commands, timers and restarts bring up. */
function withPrograms(gate: CommandGate, { states }: LabCore, logger: Logger): ProcessGate {
  const onProblem = (problem: string, cause: Error | null): void =>
    logger.warn({ err: cause }, problem);
  const programs = new ProcessGate({
    gate,
    states,
    timers: systemTimers,
    onProblem,
  });
  programs.watch(states);
  new HealthChecks({ gate, timers: systemTimers, clock: systemClock, onProblem }).watch(states);
  return programs;
}
