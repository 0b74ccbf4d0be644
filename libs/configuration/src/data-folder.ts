import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where the data is when nobody says: the user's own data folder. */
export function defaultDataFolder(environment: NodeJS.ProcessEnv): string {
  const base = environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share');
  return join(base, 'netfold');
}

/** What stands where in the data folder; other programs may rely on `token` and `server.json`. */
export function filesOf(dataFolder: string) {
  const root = resolve(dataFolder);
  return {
    root,
    /** The operator's token, 0600. */
    token: join(root, 'token'),
    /** `{url, pid}` of the server that runs, 0600; gone when it has stopped. */
    server: join(root, 'server.json'),
    postgres: join(root, 'postgres'),
    /** Of a scaled installation: one PostgreSQL for the log, one for the read models. */
    postgresLog: join(root, 'postgres-log'),
    postgresTables: join(root, 'postgres-tables'),
    /** One folder per lab, in it one unix socket per simulated host. */
    sockets: join(root, 'run'),
  } as const;
}
