import {
  absentFold,
  FoldedLabs,
  foldCommit,
  labModel,
  LabWriter,
  SystemEntropy,
  systemClock,
  systemTimers,
} from '@netfold/application';
import type { CommandGate, EventLog, LabStates } from '@netfold/application';
import { lockWriters, migrateLog, PostgresLog } from '@netfold/log-postgres';
import type { ConnectionSettings } from '@netfold/log-postgres';
import { changesOf, createReadSchema } from '@netfold/readmodel-postgres';
import type { RebuildSource } from '@netfold/readmodel-postgres';
import pg from 'pg';

/** Writer, log and tables of labs, wired as the service wires them. */
export type LiveLabs = {
  readonly gate: CommandGate;
  readonly states: LabStates;
  readonly log: PostgresLog;
  /** What went wrong without anybody being answered so. */
  readonly problems: readonly string[];
  /** Ends what is under way; the log can be read until `close`. */
  stop(): Promise<void>;
  close(): Promise<void>;
};

/** @param owner of an empty database */
export async function startLiveLabs(owner: ConnectionSettings): Promise<LiveLabs> {
  await withClient(owner, async (client) => {
    await migrateLog(client);
    await createReadSchema(client, 'read');
  });
  const problems: string[] = [];
  const onProblem = (problem: string, cause: Error | null): void => {
    problems.push(`${problem}: ${cause?.message ?? ''}`);
  };
  const log = openLog(owner, changesOf, onProblem);
  const states = new FoldedLabs({
    log,
    model: labModel,
    timers: systemTimers,
    codeVersion: 'simulation',
    onProblem: (cause) => onProblem('a snapshot could not be used', cause),
  });
  const writer = new LabWriter({
    log,
    labs: states,
    model: labModel,
    partition: 0,
    clock: systemClock,
    entropy: new SystemEntropy(),
    timers: systemTimers,
    onFlushed: () => {},
    onProblem,
  });
  await writer.start();
  return {
    gate: writer,
    states,
    log,
    problems,
    stop: () => writer.stop(),
    close: () => log.close(),
  };
}

export function openLog(
  owner: ConnectionSettings,
  changes: typeof changesOf | null,
  onProblem: (problem: string, cause: Error | null) => void,
): PostgresLog {
  const connection = { ...owner, role: 'netfold_writer' } as const;
  return new PostgresLog({ connection, changesOf: changes, onProblem });
}

/** What a rebuild draws from: the log alone. */
export const rebuildSource = (log: EventLog): RebuildSource => ({
  labs: () => log.labs(),
  fold: async (head) => {
    let fold = absentFold(labModel, head.labId, head.tenantId);
    for await (const commit of log.readLab(head.labId, 0, head.version)) {
      fold = foldCommit(labModel, fold, commit);
    }
    return fold;
  },
  lockWriters,
});

/** Runs work on a connection of the owner that ends with it. */
export async function withClient<T>(
  owner: ConnectionSettings,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
