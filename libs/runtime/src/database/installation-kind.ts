import { existsSync } from 'node:fs';
import { NetfoldProblem } from '@netfold/configuration';
import type { filesOf } from '@netfold/configuration';
import type { ClientBase } from 'pg';

type Files = ReturnType<typeof filesOf>;

/**
 * Everything in one process, or services on Kafka. The data of the one is no data of the other: a
 * log has other writers then, and its read models stand elsewhere.
 */
export type InstallationKind = 'oneProcess' | 'scaled';

/**
 * Looks whose data folder it is, and changes nothing in it. One that nobody has used is anybody's.
 * @throws NetfoldProblem when it is of the other kind
 */
export function demandFolderOf(kind: InstallationKind, files: Files): void {
  const foreign = kind === 'scaled' ? files.postgres : files.postgresLog;
  if (!existsSync(foreign)) return;
  const where = `the data folder \`${files.root}\` belongs to`;
  if (kind === 'scaled') throw isOfOneProcess(where, foreign);
  throw isScaled(
    `${where} a scaled installation`,
    `it has the database of its log, ${foreign}`,
    `serve it with \`npm run scaled -- --data ${files.root}\`, or choose another with --data`,
  );
}

/**
 * Looks whether services write this log, and changes nothing.
 *
 * @param client as the owner
 * @throws NetfoldProblem when it has more than the one writer of a single process
 */
export async function demandLogOfOneProcess(client: ClientBase): Promise<void> {
  const there = await client.query<{ isThere: boolean }>(
    'select to_regclass(\'log.installation\') is not null as "isThere"',
  );
  // Absent, or from before there were scaled installations.
  if (there.rows[0]?.isThere !== true) return;
  const { rows } = await client.query<{ partitions: number | null; written: number }>(
    'select (select partitions from log.installation),' +
      ' (select count(*)::int from log.writer_partition where partition > 0) as written',
  );
  const { partitions = null, written = 0 } = rows[0] ?? {};
  if (partitions === null && written === 0) return;
  throw isScaled(
    'the database belongs to a scaled installation',
    `its log has ${partitions ?? written + 1} writer partitions, which commanders write`,
    'ask a gateway of that installation, or give this server a database of its own; ' +
      '`netfold verify` and `netfold rebuild` need NETFOLD_TABLES_POSTGRES, too',
  );
}

const isScaled = (problem: string, cause: string, fix: string): NetfoldProblem =>
  new NetfoldProblem({ code: 'NF1307', problem, cause, fix });

const isOfOneProcess = (where: string, foreign: string): NetfoldProblem =>
  new NetfoldProblem({
    code: 'NF1308',
    problem: `${where} an installation of one process`,
    cause: `it has that server's database, ${foreign}`,
    fix: 'serve it with `npm start -- --data FOLDER`, or choose another folder with --data',
  });
