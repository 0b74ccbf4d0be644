import { verifyLog } from '@netfold/application';
import { PostgresLog } from '@netfold/log-postgres';
import type { ComparedTable } from '@netfold/readmodel-postgres';
import { as, withOwner } from '@netfold/runtime';
import { readConfiguration } from '../configuration/configuration.ts';
import { ProgressBar } from './progress-bar.ts';
import { reachDatabase } from './reach-database.ts';
import { readModelsOf } from './read-models.ts';

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
  const readModels = await readModelsOf(database);
  const log = new PostgresLog({
    connection: as('netfold_writer', database.owner),
    changesOf: null,
  });
  const bar = new ProgressBar('auditing');
  const audit = await verifyLog(log, ({ commits, of }) => bar.show(commits, of));
  bar.end();
  await log.close();
  const { tables, behind } = await withOwner(readModels.tables, (client) =>
    readModels.compare(client),
  );
  await database.close();
  const differing = tables.filter(({ isEqual }) => !isEqual);
  const report = { ...audit, tables, behind };
  process.stdout.write(isJson ? `${JSON.stringify(report)}\n` : text(report));
  return audit.problemsFound + differing.length + behind.length === 0 ? 0 : 1;
}

function text(report: {
  readonly commits: number;
  readonly labs: number;
  readonly problems: readonly { readonly message: string }[];
  readonly problemsFound: number;
  readonly tables: readonly ComparedTable[];
  readonly behind: readonly string[];
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
    ...report.behind.map((labId) => `  the rows of ${labId} are behind the log`),
    '',
  ].join('\n');
}
