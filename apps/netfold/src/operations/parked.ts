import { readConfiguration } from '../configuration/configuration.ts';
import { reachDatabase } from './reach-database.ts';
import { readModelsOf } from './read-models.ts';
import type { ParkedLab, ReadModels } from './read-models.ts';

const ownFlags = ['--json', '--retry'];

/**
 * `netfold parked`: lists the labs whose rows are behind their facts, with the reason; `--retry`
 * first makes their rows anew. For whoever may open the databases, as the other operations.
 *
 * @returns the exit code: 1 when labs are parked, after the retry
 */
export async function parked(args: readonly string[]): Promise<number> {
  const [isJson, isRetry] = ownFlags.map((flag) => args.includes(flag));
  const configuration = readConfiguration(
    args.filter((argument) => !ownFlags.includes(argument)),
    process.env,
  );
  const database = await reachDatabase(configuration);
  const readModels = await readModelsOf(database);
  const retried = isRetry === true ? await readModels.retryParked() : [];
  const labs = await readModels.parked();
  await database.close();
  process.stdout.write(
    isJson === true ? `${JSON.stringify({ parked: labs, retried })}\n` : text(labs, retried),
  );
  return labs.length === 0 ? 0 : 1;
}

function text(
  labs: readonly ParkedLab[],
  retried: Awaited<ReturnType<ReadModels['retryParked']>>,
): string {
  const back = retried.flatMap(({ labId, version }) =>
    version === null ? [] : [`the rows of ${labId} show version ${version} again`],
  );
  const stillParked = labs.flatMap(({ labId, parkedAt, reason }) => [
    `  ${labId}  since ${new Date(parkedAt).toISOString()}`,
    `    ${reason.split('\n')[0] ?? ''}`,
  ]);
  const head = labs.length === 0 ? 'no lab is parked' : `${labs.length} labs are parked:`;
  return `${[...back, head, ...stillParked].join('\n')}\n`;
}
