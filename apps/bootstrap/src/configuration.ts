import { defaultDataFolder } from '@netfold/configuration';
import {
  dataFolderSetting,
  instanceSetting,
  kafkaSetting,
  logLevelSetting,
  logPostgresSetting,
  partitionsSetting,
  readSettings,
  replicasSetting,
  tablesPostgresSetting,
} from '@netfold/runtime';
import { z } from 'zod';

/** The password of a login; `null`: it keeps the one it has. */
const passwordSetting = (variable: string) =>
  ({
    flag: null,
    variable,
    fallback: null,
    schema: z.string().min(16).nullable(),
    expected: 'a password of at least 16 characters, or nothing',
  }) as const;

/** What `bootstrap` can be told, checked before anything is changed. */
export const readConfiguration = (args: readonly string[], environment: NodeJS.ProcessEnv) =>
  readSettings(
    'bootstrap',
    {
      dataFolder: dataFolderSetting(defaultDataFolder(environment)),
      logLevel: logLevelSetting,
      instance: instanceSetting,
      partitions: partitionsSetting,
      kafka: kafkaSetting,
      replicas: replicasSetting,
      logPostgres: logPostgresSetting,
      tablesPostgres: tablesPostgresSetting,
      gatewayPassword: passwordSetting('NETFOLD_GATEWAY_PASSWORD'),
      commanderPassword: passwordSetting('NETFOLD_COMMANDER_PASSWORD'),
      projectorPassword: passwordSetting('NETFOLD_PROJECTOR_PASSWORD'),
      key: {
        flag: null,
        variable: 'NETFOLD_GATEWAY_KEY',
        fallback: undefined,
        schema: z.string().min(1),
        expected: 'the path of the private key that gateways sign commands with',
      },
      publicKeys: {
        flag: null,
        variable: 'NETFOLD_GATEWAY_KEYS',
        fallback: undefined,
        schema: z.string().min(1),
        expected: 'the folder with the public keys of the gateways',
      },
    },
    args,
    environment,
  );

export type Configuration = ReturnType<typeof readConfiguration>;
