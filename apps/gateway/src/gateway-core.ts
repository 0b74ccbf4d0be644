import {
  CaughtUpTables,
  FoldedLabs,
  FreshStates,
  LogTail,
  OutcomeTail,
  ReadersOfLabs,
  systemClock,
  systemTimers,
  labModel,
} from '@netfold/application';
import type { Commit, LabId } from '@netfold/contracts';
import { LabPartitions, PublishedCommands, EventualProducer } from '@netfold/log-kafka';
import type { GatewaySeal, LogTransport } from '@netfold/log-kafka';
import { WakeUpListener, poolConfig } from '@netfold/log-postgres';
import type { ConnectionSettings, PostgresLog } from '@netfold/log-postgres';
import { PostgresLabTables, PostgresProjectedPositions } from '@netfold/readmodel-postgres';
import { MeasuredGate, Metrics, as, followerLog, recordedPartitions } from '@netfold/runtime';
import type { LabCore, Started } from '@netfold/runtime';
import { Pool } from 'pg';

/** Readers that may be open at the same time; more wait. */
const readerConnectionsMax = 16;

export type GatewayCoreOptions = {
  /** Whoever may take on the role `netfold_follower`. */
  readonly log: ConnectionSettings;
  /** Whoever may take on the role `netfold_reader`, where the projectors write. */
  readonly tables: ConnectionSettings;
  readonly transport: LogTransport;
  readonly seal: GatewaySeal;
  readonly instance: string;
  readonly codeVersion: string;
  /** Commits of all labs as the tail reads them, whichever process caused them. */
  readonly onCommit: (commit: Commit) => void;
  readonly onProblem: (problem: string, cause: Error | null) => void;
};

/** Log, labs, the way of commands and readers of a gateway, which writes nothing itself. */
export async function startGatewayCore(of: GatewayCoreOptions, started: Started): Promise<LabCore> {
  const onProblem = (problem: string, cause: unknown): void => {
    metrics.problems.inc();
    of.onProblem(problem, cause instanceof Error ? cause : null);
  };
  const log = followerLog(of.log, onProblem);
  started.add(() => log.close());
  const labs = new FoldedLabs({
    log,
    model: labModel,
    timers: systemTimers,
    codeVersion: of.codeVersion,
    onProblem: (cause) => onProblem('a snapshot could not be used', cause),
  });
  const states = new FreshStates({ log, labs });
  const outcomes = await startTails({ ...of, wakeUps: of.log, log, labs, onProblem }, started);
  const commands = await startCommands({ ...of, log, labs, states, outcomes, onProblem }, started);
  const metrics = new Metrics(() => commands.underWay);
  const pool = new Pool({
    ...poolConfig(as('netfold_reader', of.tables), 'netfold reader'),
    max: readerConnectionsMax,
  });
  pool.on('error', (cause) => onProblem('an idle connection of readers was lost', cause));
  started.add(() => pool.end());
  const tables = new CaughtUpTables({
    tables: new PostgresLabTables(pool),
    log,
    feed: log.distribution,
    positions: new PostgresProjectedPositions(pool),
    timers: systemTimers,
    onBehind: () => onProblem('a list was answered while its rows were behind', null),
  });
  return {
    log,
    states: Object.assign(states, { listen: labs.listen.bind(labs) }),
    readers: new ReadersOfLabs(states, tables),
    gate: new MeasuredGate(commands, metrics),
    metrics,
    problem: () => problemOf(log, pool),
    stop: () => commands.stop(),
  };
}

type Parts = Omit<GatewayCoreOptions, 'log' | 'onProblem'> & {
  readonly log: PostgresLog;
  readonly labs: FoldedLabs;
  readonly onProblem: (problem: string, cause: unknown) => void;
};

/** Both tails hear of news by one hint per flush, and look for themselves without. */
async function startTails(
  of: Parts & { readonly wakeUps: ConnectionSettings },
  started: Started,
): Promise<OutcomeTail> {
  const feed = of.log.distribution;
  const parts = { log: of.log, feed, timers: systemTimers };
  const publishRead = (commit: Commit): void => {
    of.labs.publishRead(commit);
    of.onCommit(commit);
  };
  const onProblem = (cause: unknown): void => of.onProblem('the log could not be followed', cause);
  const commits = new LogTail({ ...parts, labs: { publishRead }, onProblem });
  const outcomes = new OutcomeTail({ ...parts, onProblem });
  await commits.start();
  started.add(() => commits.stop());
  await outcomes.start();
  started.add(() => outcomes.stop());
  const wakeUps = new WakeUpListener(of.wakeUps, () => {
    commits.wake();
    outcomes.wake();
  });
  await wakeUps.start();
  started.add(() => wakeUps.close());
  return outcomes;
}

async function startCommands(
  of: Parts & { readonly states: FreshStates; readonly outcomes: OutcomeTail },
  started: Started,
): Promise<PublishedCommands> {
  const producer = new EventualProducer(of.transport);
  const commands = new PublishedCommands({
    log: of.log,
    model: labModel,
    states: of.states,
    producer,
    outcomes: of.outcomes,
    partitions: new LabPartitions(of.log, await recordedPartitions(of.log.distribution)),
    seal: of.seal,
    source: `/gateways/${of.instance}`,
    timers: systemTimers,
    clock: systemClock,
    peek: (labId: LabId) => of.labs.peek(labId),
    onProblem: of.onProblem,
  });
  started.add(() => producer.close());
  return commands;
}

async function problemOf(log: PostgresLog, pool: Pool): Promise<string | null> {
  try {
    await Promise.all([log.ping(), pool.query('select 1')]);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `a database does not answer: ${reason}`;
  }
}
