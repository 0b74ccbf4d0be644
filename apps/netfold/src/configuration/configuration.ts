import { defaultDataFolder } from '@netfold/configuration';
import type { ReadSettings } from '@netfold/runtime';
import {
  addressSetting,
  dockerTlsSettings,
  dataFolderSetting,
  logLevelSetting,
  portSetting,
  postgresUrl,
  readSettings,
  tablesPostgresSetting,
} from '@netfold/runtime';

const defaultPort = 4000;

/** Everything the server can be told, checked before anything is started. */
export type Configuration = {
  readonly dataFolder: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly address: '127.0.0.1' | '::1';
  /** URL of a PostgreSQL of the user's own; `null`: an embedded one. */
  readonly postgres: string | null;
  /** URL of the read models' PostgreSQL of a scaled installation; `null`: beside the log. */
  readonly tablesPostgres: string | null;
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
} & ReadSettings<typeof dockerTlsSettings>;

/** @throws NetfoldProblem naming the value, where it came from and what is expected */
export const readConfiguration = (
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Configuration =>
  readSettings(
    'netfold up',
    {
      dataFolder: dataFolderSetting(defaultDataFolder(environment)),
      port: portSetting(defaultPort),
      address: addressSetting,
      postgres: {
        flag: null,
        variable: 'NETFOLD_POSTGRES',
        fallback: null,
        schema: postgresUrl.nullable(),
        expected: 'a URL such as postgres://user@host/database',
      },
      tablesPostgres: {
        ...tablesPostgresSetting,
        fallback: null,
        schema: postgresUrl.nullable(),
      },
      logLevel: logLevelSetting,
      ...dockerTlsSettings,
    },
    args,
    environment,
  );
