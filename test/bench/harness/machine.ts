import { cpus, totalmem } from 'node:os';
import type { TestPostgres } from '@netfold/testkit';
import { withClient } from '@netfold/testkit';

export type Machine = {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly postgres: string;
  /** Settings that decide what a commit costs. */
  readonly settings: Readonly<Record<string, string>>;
};

const settingNames = ['fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers'];

export async function machine(postgres: TestPostgres): Promise<Machine> {
  const database = await postgres.database();
  const rows = await withClient(database, async (client) => {
    const { rows: found } = await client.query<{ name: string; value: string }>(
      'select name, current_setting(name) as value from pg_settings where name = any($1)',
      [['server_version', ...settingNames]],
    );
    return found;
  });
  const settings = Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  const { server_version: version = 'unknown', ...rest } = settings;
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    postgres: version,
    settings: rest,
  };
}
