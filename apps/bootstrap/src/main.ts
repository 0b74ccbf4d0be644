import { PostgresLog } from '@netfold/log-postgres';
import { gatewaySealIn } from '@netfold/log-kafka';
import {
  as,
  connectionOf,
  ensureTopics,
  kafkaTransport,
  makeLogger,
  makeOperatorToken,
  migrateStores,
  recordPartitions,
  runMain,
} from '@netfold/runtime';
import { readConfiguration } from './configuration.ts';
import type { Configuration } from './configuration.ts';
import { makeLogins } from './logins.ts';

/** Sets a scaled installation up, or brings it up to this build, and ends. */
await runMain(async () => {
  const configuration = readConfiguration(process.argv.slice(2), process.env);
  const logger = makeLogger(configuration.instance, configuration.logLevel);
  await setUpDatabases(configuration);
  logger.info('roles, logins and schemas are of this build');
  await ensureTopics(kafkaTransport(configuration, logger), configuration);
  logger.info({ partitions: configuration.partitions }, 'the topics are there');
  gatewaySealIn(configuration.key, configuration.publicKeys);
  await makeOperatorToken(connectionOf(configuration.logPostgres), configuration.dataFolder);
  logger.info({ folder: configuration.dataFolder }, 'the operator’s token is there');
  return 0;
});

async function setUpDatabases(of: Configuration): Promise<void> {
  const log = connectionOf(of.logPostgres);
  await makeLogins(log, 'roles-log.sql', {
    netfold_gateway: of.gatewayPassword,
    netfold_commander: of.commanderPassword,
    netfold_projector: of.projectorPassword,
  });
  await migrateStores(as('netfold_owner', log));
  await makeLogins(connectionOf(of.tablesPostgres), 'roles-tables.sql', {
    netfold_gateway: of.gatewayPassword,
    netfold_projector: of.projectorPassword,
  });
  const writer = new PostgresLog({ connection: as('netfold_writer', log), changesOf: null });
  try {
    await recordPartitions(writer.distribution, of.partitions);
  } finally {
    await writer.close();
  }
}
