import { verifyLog } from '@netfold/application';
import { PostgresLog } from '@netfold/log-postgres';
import { createReadSchema, projectLab, tableHashes } from '@netfold/readmodel-postgres';
import type { TableHash } from '@netfold/readmodel-postgres';
import type { Client } from 'pg';
import { readConfiguration } from '../configuration/configuration.ts';
import { as, migrate, rebuildSource, withOwner } from '@netfold/runtime';
import { ProgressBar } from './progress-bar.ts';
import { reachDatabase } from './reach-database.ts';

/** The rows to compare with stand here; never visible to others, since it is never committed. */
const aside = 'read_verify';

/**
 * `netfold verify`: audits the log, then folds every lab and compares its rows with the live ones.
 *
 * @returns the exit code: 1 when something was found
 */
export async function verify(args: readonly string[]): Promise<number> {
  const isJson = args.includes('--json');
  const configuration = readConfiguration(
    args.filter((argument) => argument !== '--json'),
    process.env,
  );
  const database = await reachDatabase(configuration);
  await migrate(database.owner);
  const log = new PostgresLog({
    connection: as('netfold_writer', database.owner),
    changesOf: null,
  });
  const bar = new ProgressBar('auditing');
  const audit = await verifyLog(log, ({ commits, of }) => bar.show(commits, of));
  bar.end();
  const tables = await withOwner(database.owner, (client) => compareRows(client, log));
  await log.close();
  await database.close();
  const differing = tables.filter(({ isEqual }) => !isEqual);
  const report = { ...audit, tables };
  process.stdout.write(isJson ? `${JSON.stringify(report)}\n` : text(report));
  return audit.problemsFound + differing.length === 0 ? 0 : 1;
}

type ComparedTable = TableHash & { readonly isEqual: boolean };

/** While it runs, writers wait: both sides must show the same moment. */
async function compareRows(client: Client, log: PostgresLog): Promise<readonly ComparedTable[]> {
  const source = rebuildSource(log);
  await client.query('begin');
  try {
    await source.lockWriters(client);
    await createReadSchema(client, aside);
    for await (const head of source.labs()) {
      await projectLab(client, aside, await source.fold(head));
    }
    const live = await tableHashes(client, 'read');
    const folded = await tableHashes(client, aside);
    return live.map((of, index) => ({ ...of, isEqual: of.hash === folded[index]?.hash }));
  } finally {
    await client.query('rollback');
  }
}

function text(report: {
  readonly commits: number;
  readonly labs: number;
  readonly problems: readonly { readonly message: string }[];
  readonly problemsFound: number;
  readonly tables: readonly ComparedTable[];
}): string {
  const lines = report.tables.map(
    ({ table, rows, isEqual }) =>
      `  ${table.padEnd(18)} ${String(rows).padStart(9)} rows  ${isEqual ? 'equal' : 'DIFFERENT'}`,
  );
  const problems = report.problems.map(({ message }) => `  ${message}`);
  return [
    `${report.commits} commits of ${report.labs} labs: ${report.problemsFound} problems in the log`,
    ...problems,
    'read models against the fold of the log:',
    ...lines,
    '',
  ].join('\n');
}
