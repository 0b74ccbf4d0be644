import type { PrintedPiece } from '../program-call.ts';
import { Leave, shellLimits } from './session.ts';
import type { Io, Job, Session } from './session.ts';

/** The number of the first job; nobody sees it before a shell says so. */
const firstProcessId = 7;
const killedStatus = 143;

/** Runs a command beside what follows: the line's time goes on from where it began. */
export const startJob = (session: Session, run: (io: Io) => number): void => {
  const { budget } = session;
  const startMs = budget.durationMs;
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
    isEndless = budget.isEndless;
    if (!isEndless) throw error;
    budget.isEndless = false;
  }
  const endMs = isEndless ? null : budget.durationMs;
  budget.durationMs = startMs;
  session.jobs.push({ processId: nextProcessId(session), pieces, endMs, status, wasKilled: false });
};

const nextProcessId = ({ jobs }: Session): number =>
  (jobs.at(-1)?.processId ?? firstProcessId - 1) + 1;

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
  if (job.wasKilled && session.flavour !== 'bash') io.print('stderr', 'Terminated\n');
  job.wasKilled = false;
  return job.status;
};

/** Ends it now, where it has not ended before. @returns whether it was there to be ended */
export const killJob = ({ budget }: Session, job: Job): boolean => {
  if (job.endMs !== null && job.endMs <= budget.durationMs && job.status === killedStatus) {
    return false;
  }
  if (job.endMs === null || job.endMs > budget.durationMs) {
    job.endMs = budget.durationMs;
    job.status = killedStatus;
    job.wasKilled = true;
  }
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
