import { defaultDataFolder } from '@netfold/configuration';
import {
  anyAddressSetting,
  behindProxySetting,
  dataFolderSetting,
  demandGuarded,
  dockerTlsSettings,
  instanceSetting,
  kafkaSetting,
  logLevelSetting,
  logPostgresSetting,
  portSetting,
  readSettings,
  tablesPostgresSetting,
} from '@netfold/runtime';
import { z } from 'zod';

const defaultPort = 4000;

/** What a gateway can be told, checked before anything is started. */
export function readConfiguration(args: readonly string[], environment: NodeJS.ProcessEnv) {
  const configuration = readSettings(
    'gateway',
    {
      dataFolder: dataFolderSetting(defaultDataFolder(environment)),
      port: portSetting(defaultPort),
      address: anyAddressSetting,
      behindProxy: behindProxySetting,
      logLevel: logLevelSetting,
      instance: instanceSetting,
      kafka: kafkaSetting,
      logPostgres: logPostgresSetting,
      tablesPostgres: tablesPostgresSetting,
      ...dockerTlsSettings,
      key: {
        flag: null,
        variable: 'NETFOLD_GATEWAY_KEY',
        fallback: undefined,
        schema: z.string().min(1),
        expected: 'the path of the private key that signs this gateway’s commands',
      },
      publicKeys: {
        flag: null,
        variable: 'NETFOLD_GATEWAY_KEYS',
        fallback: null,
        schema: z.string().min(1).nullable(),
        expected: 'the folder that gets the public key when the key is made at the first start',
      },
      operatorToken: {
        flag: null,
        variable: 'NETFOLD_OPERATOR_TOKEN',
        fallback: 'none',
        schema: z.enum(['create', 'none']),
        expected: '`create` to write the first token to the data folder, or `none`',
      },
    },
    args,
    environment,
  );
  demandGuarded(configuration);
  return configuration;
}

export type Configuration = ReturnType<typeof readConfiguration>;
