import { existsSync, readFileSync } from 'node:fs';
import { filesOf } from '@netfold/configuration';
import type { ConnectionSettings } from '@netfold/log-postgres';
import { connectionOf, lockDataFolder, openDatabase, Started } from '@netfold/runtime';
import type { Configuration } from '../configuration/configuration.ts';

export type ReachedDatabase = {
  readonly owner: ConnectionSettings;
  /** Where projectors build the read models; `null`: they stand beside the log. */
  readonly tables: ConnectionSettings | null;
  close(): Promise<void>;
};

/** The databases of a running server when there is one; else its own are started for a while. */
export async function reachDatabase(configuration: Configuration): Promise<ReachedDatabase> {
  const given = givenDatabases(configuration);
  if (given !== null) return given;
  const files = filesOf(configuration.dataFolder);
  const running = readServer(files.server);
  if (running !== null) {
    const { postgres, tables = null } = running;
    return { owner: postgres, tables, close: () => Promise.resolve() };
  }
  return Started.all(async (started) => {
    started.add(lockDataFolder(files.root));
    const open = async (folder: string): Promise<ConnectionSettings> => {
      const url = configuration.postgres;
      const database = await openDatabase({ folder, url, onLog: () => {} });
      started.add(() => database.stop());
      return database.owner;
    };
    const isScaled = configuration.postgres === null && existsSync(files.postgresLog);
    const owner = await open(isScaled ? files.postgresLog : files.postgres);
    const tables = isScaled ? await open(files.postgresTables) : null;
    return { owner, tables, close: () => started.stop() };
  });
}

/** Both databases of a scaled installation, by their URLs. */
function givenDatabases({ postgres, tablesPostgres }: Configuration): ReachedDatabase | null {
  if (postgres === null || tablesPostgres === null) return null;
  const [owner, tables] = [connectionOf(postgres), connectionOf(tablesPostgres)];
  return { owner, tables, close: () => Promise.resolve() };
}

type Announced = {
  readonly processId: number;
  readonly postgres: ConnectionSettings;
  readonly tables?: ConnectionSettings;
};

/** What a running server left in its data folder. */
function readServer(path: string): Announced | null {
  try {
    const announced = JSON.parse(readFileSync(path, 'utf8')) as Announced;
    process.kill(announced.processId, 0);
    return announced;
  } catch {
    return null; // No file, or its process is gone: no server runs.
  }
}
