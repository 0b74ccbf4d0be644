import {
  addressSetting,
  instanceSetting,
  kafkaSessionSetting,
  kafkaSetting,
  logLevelSetting,
  logPostgresSetting,
  portSetting,
  readSettings,
  replicasSetting,
  tablesPostgresSetting,
} from '@netfold/runtime';

/** Health and metrics. */
const defaultPort = 4200;

/** What a projector can be told, checked before anything is started. */
export const readConfiguration = (args: readonly string[], environment: NodeJS.ProcessEnv) =>
  readSettings(
    'projector',
    {
      port: portSetting(defaultPort),
      address: addressSetting,
      logLevel: logLevelSetting,
      instance: instanceSetting,
      kafka: kafkaSetting,
      kafkaSessionMs: kafkaSessionSetting,
      replicas: replicasSetting,
      logPostgres: logPostgresSetting,
      tablesPostgres: tablesPostgresSetting,
    },
    args,
    environment,
  );

export type Configuration = ReturnType<typeof readConfiguration>;
