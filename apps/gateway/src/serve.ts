import { ProcessGate, asError, systemTimers } from '@netfold/application';
import { filesOf } from '@netfold/configuration';
import { gatewaySealIn } from '@netfold/log-kafka';
import {
  Started,
  codeVersion,
  connectionOf,
  doorSettingsOf,
  kafkaTransport,
  patiently,
  lockDataFolder,
  openAccess,
  openFaces,
} from '@netfold/runtime';
import type { Faces, Service, StandIn } from '@netfold/runtime';
import type { Logger } from 'pino';
import type { Configuration } from './configuration.ts';
import { startGatewayCore } from './gateway-core.ts';
import { changesHosts } from './host-changes.ts';

/** Serves GraphQL and the Docker API; commands go to Kafka. @throws NetfoldProblem */
export const serve = (configuration: Configuration, logger: Logger): Promise<Service> =>
  patiently({ http: configuration, logger }, (standIn) =>
    Started.all((started) => startAll(configuration, logger, standIn, started)),
  );

async function startAll(
  configuration: Configuration,
  logger: Logger,
  standIn: StandIn,
  started: Started,
): Promise<Service> {
  const files = filesOf(configuration.dataFolder);
  const door = doorSettingsOf(configuration, files.root);
  started.add(lockDataFolder(files.root));
  const onProblem = (problem: string, cause: Error | null): void =>
    logger.warn({ err: cause }, problem);
  const log = connectionOf(configuration.logPostgres);
  const tables = connectionOf(configuration.tablesPostgres);
  let faces: Faces | null = null;
  const core = await startGatewayCore(
    {
      log,
      tables,
      transport: kafkaTransport(configuration, logger),
      seal: gatewaySealIn(configuration.key, configuration.publicKeys),
      instance: configuration.instance,
      codeVersion: codeVersion(import.meta.dirname),
      onCommit: (commit) => {
        if (!changesHosts(commit)) return;
        faces?.endpoints
          .sync(commit.labId)
          .catch((cause: unknown) =>
            onProblem('the endpoints of a lab could not be opened', asError(cause)),
          );
      },
      onProblem,
    },
    started,
  );
  const tokenFolder = configuration.operatorToken === 'create' ? files.root : null;
  const access = await openAccess({ accounts: log, tables, tokenFolder });
  started.add(() => access.close());
  await standIn.leave();
  faces = await openFaces(
    {
      core,
      access,
      sockets: files.sockets,
      http: configuration,
      door,
      logger,
      // Those that timers and restarts bring up are run where their partition is written.
      gateOf: (gate) =>
        new ProcessGate({ gate, states: core.states, timers: systemTimers, onProblem }),
    },
    started,
  );
  started.add(() => core.stop());
  return { failed: new Promise<string>(() => {}), stop: () => started.stop() };
}
