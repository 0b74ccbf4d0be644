import { exitCodeOf, sigint, sigquit } from '@netfold/domain';
import { isDeadly, signalEnd } from '../processes/signals.ts';
import { numbersIn } from '../files/ps.ts';
import type { PrintedPiece } from '../program-call.ts';
import { Leave, shellLimits } from './session.ts';
import type { Io, Job, Session } from './session.ts';

/** What an endless loop takes of the commands of its line: so that more can stand beside it. */
const endlessCommands = shellLimits.commandsMax / 10;

/** So many numbers behind its shell's own is the first job's: who starts a shell uses some. */
const numbersBefore = 6;

/** The number of the shell, as its place counts; 1 where it is not known. */
export const ownNumber = ({ world }: Session): number =>
  numbersIn(world.processes, world.place === 'container').get(world.processId) ?? 1;

/** Runs a command beside what follows: the line's time goes on from where it began. */
export const startJob = (session: Session, commandCount: number, run: (io: Io) => number): void => {
  const { budget } = session;
  const startMs = budget.durationMs;
  const { commands } = budget;
  const pieces: PrintedPiece[] = [];
  const print: Io['print'] = (stream, text, atMs = budget.durationMs) => {
    budget.output += text.length;
    if (budget.output > shellLimits.outputMax) throw new Leave('stopped', 1);
    pieces.push({ stream, text, atMs });
  };
  let status = 0;
  let isEndless = false;
  try {
    status = run({ input: { rest: '' }, print });
  } catch (error) {
    if (!(error instanceof Leave) || error.kind !== 'stopped') throw error;
    // A loop that waits in each turn goes on for longer than it is played.
    isEndless = budget.isEndless || budget.durationMs > startMs;
    if (!isEndless) throw error;
    budget.isEndless = false;
    budget.commands = Math.min(budget.commands, commands + endlessCommands);
  }
  const endMs = isEndless ? null : budget.durationMs;
  budget.durationMs = startMs;
  session.jobs.push({
    processId: nextProcessId(session),
    pieces,
    endMs,
    status,
    commandCount,
    killedBy: null,
    isTold: false,
    isReaped: false,
    isShown: false,
  });
};

const nextProcessId = (session: Session): number => {
  const last = session.jobs.at(-1)?.processId;
  return last === undefined ? ownNumber(session) + numbersBefore : last + 1;
};

export const lastJob = ({ jobs }: Session): Job | null => jobs.at(-1) ?? null;

export const findJob = ({ jobs }: Session, processId: number): Job | null =>
  jobs.find((job) => job.processId === processId) ?? null;

/** Goes on when the job has ended. @returns its status */
export const waitFor = (session: Session, job: Job, io: Io): number => {
  const { budget } = session;
  if (job.endMs === null) {
    budget.isEndless = true;
    throw new Leave('stopped', 0);
  }
  budget.durationMs = Math.max(budget.durationMs, job.endMs);
  // Bash says so where somebody types alone.
  if (job.killedBy !== null && !job.isTold && session.flavour !== 'bash') {
    io.print('stderr', `${signalEnd(job.killedBy)}\n`);
  }
  job.isTold = true;
  job.isReaped = true;
  return job.status;
};

/** Those that a job in the background does not get from its terminal ignores them. */
const ignored: readonly number[] = [sigint, sigquit];

/**
 * Sends it a signal, which ends it where it has not ended before.
 * @returns whether it was there
 */
export const killJob = ({ budget }: Session, job: Job, signal: number): boolean => {
  const now = budget.durationMs;
  if (job.isReaped || (job.endMs !== null && job.endMs < now)) return false;
  const isOver = job.endMs !== null && job.endMs <= now;
  if (isOver || !isDeadly(signal) || ignored.includes(signal)) return true;
  job.endMs = now;
  job.status = exitCodeOf(signal);
  job.killedBy = signal;
  return true;
};

/** Prints what jobs have printed by now. */
export const showJobs = ({ jobs, budget }: Session, io: Io): void => {
  for (const { pieces, endMs } of jobs) {
    const lastMs = Math.min(endMs ?? budget.durationMs, budget.durationMs);
    const shown = pieces.filter(({ atMs = 0 }) => atMs <= lastMs);
    pieces.splice(0, shown.length);
    for (const { stream, text, atMs } of shown) io.print(stream, text, atMs);
  }
};
