import { readFileSync } from 'node:fs';
import type { ConnectionSettings } from '@netfold/log-postgres';
import type { Configuration } from '../configuration/configuration.ts';
import { filesOf } from '@netfold/configuration';
import { lockDataFolder, openDatabase } from '@netfold/runtime';

export type ReachedDatabase = {
  readonly owner: ConnectionSettings;
  close(): Promise<void>;
};

/** The database of a running server when there is one; else its own is started for a while. */
export async function reachDatabase(configuration: Configuration): Promise<ReachedDatabase> {
  const files = filesOf(configuration.dataFolder);
  const running = readServer(files.server);
  if (running !== null) return { owner: running, close: () => Promise.resolve() };
  const unlock = lockDataFolder(files.root);
  const database = await openDatabase({
    folder: files.postgres,
    url: configuration.postgres,
    onLog: () => {},
  });
  const close = async (): Promise<void> => {
    await database.stop();
    unlock();
  };
  return { owner: database.owner, close };
}

/** What a running server left in its data folder. */
function readServer(path: string): ConnectionSettings | null {
  try {
    const { processId, postgres } = JSON.parse(readFileSync(path, 'utf8')) as {
      readonly processId: number;
      readonly postgres: ConnectionSettings;
    };
    process.kill(processId, 0);
    return postgres;
  } catch {
    return null; // No file, or its process is gone: no server runs.
  }
}
