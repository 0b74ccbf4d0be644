import { PostgresLog } from '@netfold/log-postgres';
import type { ConnectionSettings } from '@netfold/log-postgres';
import { rebuild } from '@netfold/readmodel-postgres';
import type { RebuildProgress } from '@netfold/readmodel-postgres';
import type { Client } from 'pg';
import { as } from '../database/database.ts';
import { rebuildSource } from './rebuild-source.ts';

/** Makes the read models anew from the log, beside the live ones, and swaps them. */
export async function rebuildReadModels(
  client: Client,
  owner: ConnectionSettings,
  onProgress: (progress: RebuildProgress) => void,
): Promise<RebuildProgress> {
  const log = new PostgresLog({ connection: as('netfold_writer', owner), changesOf: null });
  try {
    return await rebuild(client, rebuildSource(log), onProgress);
  } finally {
    await log.close();
  }
}
