import { NetfoldProblem } from '@netfold/configuration';
import type { Partitions } from '@netfold/application';
import { commandTopic, commitTopic, outcomeTopic } from '@netfold/log-kafka';
import type { LogAdmin, LogTransport } from '@netfold/log-kafka';

/**
 * Makes sure that this process counts partitions as the installation does: the first start records
 * the number, and a later one that was told another is refused, since the commands of a lab would
 * go to two writers.
 *
 * @throws NetfoldProblem
 */
export async function recordPartitions(partitions: Partitions, count: number): Promise<void> {
  const recorded = await partitions.record(count);
  if (recorded === count) return;
  throw new NetfoldProblem({
    code: 'NF1502',
    problem: 'the number of writer partitions is another one',
    cause: `this process was told ${count}, and the installation was made with ${recorded}`,
    fix: `set NETFOLD_PARTITIONS to ${recorded}`,
  });
}

/**
 * The number of partitions that the first commander recorded.
 * @throws NetfoldProblem before that
 */
export async function recordedPartitions(partitions: Partitions): Promise<number> {
  const count = await partitions.count();
  if (count !== null) return count;
  throw new NetfoldProblem({
    code: 'NF1503',
    problem: 'the number of writer partitions is not known yet',
    cause: 'no commander has started on this log, and the first one records it',
    fix: 'start a commander, then this process again',
  });
}

/** Creates the topics that are missing. @throws when one exists with other partitions */
export async function ensureTopics(
  transport: LogTransport,
  shape: { readonly partitions: number; readonly replicas: number },
): Promise<void> {
  const admin = await transport.admin();
  try {
    await ensure(admin, shape);
  } finally {
    await admin.close();
  }
}

async function ensure(
  admin: LogAdmin,
  shape: { readonly partitions: number; readonly replicas: number },
): Promise<void> {
  for (const topic of [commandTopic, commitTopic, outcomeTopic]) {
    await admin.ensureTopic(topic, shape);
  }
}
