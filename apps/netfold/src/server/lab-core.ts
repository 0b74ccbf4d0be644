import {
  FoldedLabs,
  LabWriter,
  PartitionKeeper,
  ReadersOfLabs,
  SystemEntropy,
  systemClock,
  systemTimers,
  labModel,
} from '@netfold/application';
import { PostgresLog, poolConfig } from '@netfold/log-postgres';
import type { ConnectionSettings } from '@netfold/log-postgres';
import { PostgresLabTables, changesOf } from '@netfold/readmodel-postgres';
import type { LabId } from '@netfold/contracts';
import type { LabCore } from '@netfold/runtime';
import { Pool } from 'pg';
import { CatchUp, MeasuredGate, Metrics, as } from '@netfold/runtime';

/** Readers that may be open at the same time; more wait. */
const readerConnectionsMax = 16;

/** The embedded installation has one partition, and so one writer for all labs. */
const partition = 0;

/** @throws when the log cannot be reached */
export async function startLabCore(of: {
  readonly owner: ConnectionSettings;
  readonly codeVersion: string;
  readonly onProblem: (problem: string, cause: Error | null) => void;
  readonly onCaughtUp: (labId: LabId, version: number) => void;
}): Promise<LabCore> {
  const onProblem = (problem: string, cause: Error | null): void => {
    metrics.problems.inc();
    of.onProblem(problem, cause);
  };
  const log = new PostgresLog({ connection: as('netfold_writer', of.owner), changesOf, onProblem });
  const states = new FoldedLabs({
    log,
    model: labModel,
    timers: systemTimers,
    codeVersion: of.codeVersion,
    onProblem: (cause) => onProblem('a snapshot could not be used', cause),
  });
  const writer = new LabWriter({
    log,
    labs: states,
    model: labModel,
    partition,
    clock: systemClock,
    entropy: new SystemEntropy(),
    timers: systemTimers,
    onFlushed: ({ commands }) => metrics.flushCommands.observe(commands),
    onProblem,
  });
  const metrics = new Metrics(() => writer.underWay);
  await writer.start();
  const keeper = new PartitionKeeper(writer, systemTimers);
  keeper.start();
  const catchUp = new CatchUp({
    connection: as('netfold_writer', of.owner),
    log,
    onCaughtUp: of.onCaughtUp,
    onProblem,
  });
  catchUp.start();
  const readerSettings = as('netfold_reader', of.owner);
  const pool = new Pool({
    ...poolConfig(readerSettings, 'netfold reader'),
    max: readerConnectionsMax,
  });
  pool.on('error', (cause) => onProblem('an idle connection of readers was lost', cause));
  return {
    log,
    states,
    readers: new ReadersOfLabs(states, new PostgresLabTables(pool)),
    gate: new MeasuredGate(writer, metrics),
    metrics,
    problem: () => problemOf(writer, pool),
    stop: async () => {
      await catchUp.stop();
      await keeper.stop();
      await writer.stop();
      await pool.end();
      await log.close();
    },
  };
}

async function problemOf(writer: LabWriter, pool: Pool): Promise<string | null> {
  if (!writer.isClaimed) return 'the writer does not hold its partition';
  try {
    await pool.query('select 1');
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `the database does not answer: ${reason}`;
  }
}
