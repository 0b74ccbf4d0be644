import { findJob, killJob, showJobs, waitFor } from './jobs.ts';
import { shellMessage } from './session.ts';
import type { Io, Session } from './session.ts';

/** `wait [PID...]`: time goes on until they have ended. */
export const wait = (session: Session, argv: readonly string[], io: Io): number => {
  const asked = argv.slice(1).filter((word) => !word.startsWith('-'));
  let status = 0;
  if (asked.length === 0) for (const job of session.jobs) waitFor(session, job, io);
  for (const word of asked) {
    const job = findJob(session, Number(word.replace('%', '')));
    if (job === null) {
      status = 127;
      if (session.flavour === 'bash') {
        const text = `wait: pid ${word} is not a child of this shell`;
        io.print('stderr', shellMessage(session, text));
      }
    } else status = waitFor(session, job, io);
  }
  showJobs(session, io);
  return status;
};

const signals = 'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM'.split(' ');

/** `kill [-SIGNAL] PID...`: ends what the shell has started; other programs are not its own. */
export const kill = (session: Session, argv: readonly string[], io: Io): number => {
  const words = argv.slice(1);
  if (words[0] === '-l') {
    const number = Number(words[1] ?? '');
    io.print(
      'stdout',
      `${words[1] === undefined ? signals.join(' ') : (signals[number - 1] ?? '')}\n`,
    );
    return 0;
  }
  const targets = words.filter((word, at) => !word.startsWith('-') && words[at - 1] !== '-s');
  if (targets.length === 0) {
    io.print('stderr', usageOf(session));
    return session.flavour === 'busybox' ? 1 : 2;
  }
  const isQuestion = words[0] === '-0';
  return Math.max(...targets.map((target) => killOne(session, target, isQuestion, io)));
};

const killOne = (session: Session, target: string, isQuestion: boolean, io: Io): number => {
  const processId = Number(target.replace('%', ''));
  const job = target.startsWith('%')
    ? (session.jobs[processId - 1] ?? null)
    : findJob(session, processId);
  if (job !== null && (isQuestion || killJob(session, job))) return 0;
  const isThere =
    processId === 1 || session.world.processes.some((one) => one.processId === processId);
  if (isThere && isQuestion) return 0;
  if (isThere) {
    io.print(
      'stderr',
      'netfold: `kill` of a process that the line has not started is not simulated\n',
    );
    return 1;
  }
  const words = {
    dash: `${shellMessage(session, 'kill: No such process')}\n`,
    bash: shellMessage(session, `kill: (${target}) - No such process`),
    busybox: shellMessage(session, `can't kill pid ${target}: No such process`),
  };
  io.print('stderr', words[session.flavour]);
  return 1;
};

/** @source dash 0.5.12 jobs.c, bash 5.2 kill.def, BusyBox 1.35 procps/kill.c */
const usageOf = (session: Session): string => {
  if (session.flavour === 'busybox') {
    return shellMessage(session, 'you need to specify whom to kill');
  }
  if (session.flavour === 'bash') {
    return (
      'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... ' +
      'or kill -l [sigspec]\n'
    );
  }
  const forms = 'kill: Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or';
  return `${shellMessage(session, forms)}kill -l [exitstatus]\n`;
};
