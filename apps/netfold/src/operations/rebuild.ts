import { tableHashes } from '@netfold/readmodel-postgres';
import { withOwner } from '@netfold/runtime';
import type { Client } from 'pg';
import { readConfiguration } from '../configuration/configuration.ts';
import { ProgressBar } from './progress-bar.ts';
import { reachDatabase } from './reach-database.ts';
import { readModelsOf } from './read-models.ts';

/**
 * `netfold rebuild`: makes the read models anew from the log, beside the live ones, swaps them, and
 * says whether they were the same.
 *
 * @returns the exit code
 */
export async function rebuild(args: readonly string[]): Promise<number> {
  const isJson = args.includes('--json');
  const configuration = readConfiguration(
    args.filter((argument) => argument !== '--json'),
    process.env,
  );
  const database = await reachDatabase(configuration);
  const readModels = await readModelsOf(database);
  const started = performance.now();
  const commitsAtStart = await withOwner(database.owner, countCommits);
  const report = await withOwner(readModels.tables, async (client) => {
    const before = await tableHashes(client, 'read');
    const bar = new ProgressBar('rebuilding');
    const progress = await readModels.rebuild(client, ({ commits, labs }) => {
      bar.show(commits, commitsAtStart, `${labs} labs`);
    });
    bar.end();
    const after = await tableHashes(client, 'read');
    const changed = after.filter(({ hash }, index) => before[index]?.hash !== hash);
    return { ...progress, tables: after, changed: changed.map(({ table }) => table) };
  });
  await database.close();
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(
    isJson ? `${JSON.stringify({ ...report, seconds })}\n` : text(report, seconds),
  );
  return 0;
}

async function countCommits(client: Client): Promise<number> {
  const { rows } = await client.query<{ commits: number }>(
    'select coalesce(sum(version), 0)::float8 as commits from log.lab_head',
  );
  return rows[0]?.commits ?? 0;
}

type Report = {
  readonly labs: number;
  readonly commits: number;
  readonly rows: number;
  readonly tables: readonly {
    readonly table: string;
    readonly rows: number;
    readonly hash: string;
  }[];
  readonly changed: readonly string[];
};

function text({ labs, commits, rows, tables, changed }: Report, seconds: number): string {
  const lines = tables.map(
    ({ table, rows: count, hash }) =>
      `  ${table.padEnd(18)} ${String(count).padStart(9)} rows  ${hash.slice(0, 16)}`,
  );
  const verdict =
    changed.length === 0
      ? 'the rebuilt rows are those that were there\n'
      : `other rows than before in: ${changed.join(', ')}\n`;
  const of = `${labs} labs from ${commits} commits`;
  const head = `rebuilt ${rows} rows of ${of} in ${seconds.toFixed(1)} s\n`;
  return `${head}${lines.join('\n')}\n${verdict}`;
}
