import { defaultDataFolder } from '@netfold/configuration';
import {
  addressSetting,
  dataFolderSetting,
  dockerTlsSettings,
  logLevelSetting,
  partitionsSetting,
  portSetting,
  readSettings,
} from '@netfold/runtime';

const defaultPort = 4000;

/** What `npm run scaled` can be told, checked before anything is started. */
export const readConfiguration = (args: readonly string[], environment: NodeJS.ProcessEnv) =>
  readSettings(
    'npm run scaled --',
    {
      dataFolder: dataFolderSetting(`${defaultDataFolder(environment)}-scaled`),
      port: portSetting(defaultPort),
      address: addressSetting,
      partitions: partitionsSetting,
      logLevel: logLevelSetting,
      ...dockerTlsSettings,
    },
    args,
    environment,
  );

export type Configuration = ReturnType<typeof readConfiguration>;
