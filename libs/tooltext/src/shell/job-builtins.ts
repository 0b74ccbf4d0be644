import { readKill, sendSignal } from '../processes/kill.ts';
import type { KillOrder } from '../processes/kill.ts';
import { exitCodeOf, sigterm } from '@netfold/domain';
import {
  isDeadly,
  signalEnd,
  signalName,
  signalNames,
  signalNumber,
} from '../processes/signals.ts';
import { failed, printed } from '../tool.ts';
import { findJob, killJob, ownNumber, showJobs, waitFor } from './jobs.ts';
import { Leave, shellMessage } from './session.ts';
import type { Io, Job, Session } from './session.ts';

/** `wait [PID...]`: time goes on until they have ended. */
export const wait = (session: Session, argv: readonly string[], io: Io): number => {
  const asked = argv.slice(1).filter((word) => !word.startsWith('-'));
  let status = 0;
  if (asked.length === 0) {
    for (const job of session.jobs) {
      // Who waits for all is not told how each ended.
      if (session.flavour === 'busybox') job.isTold = true;
      waitFor(session, job, io);
    }
  }
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

/** `kill [-SIGNAL] PID...`: jobs of the shell, the shell itself, and other processes. */
export const kill = (session: Session, argv: readonly string[], io: Io): number => {
  const order =
    session.flavour === 'busybox'
      ? readKill(argv.slice(1), session.name)
      : orderOf(session, argv.slice(1));
  if ('exitCode' in order) {
    io.print('stdout', order.stdout);
    io.print('stderr', order.stderr);
    return order.exitCode;
  }
  const statuses = order.targets.map((target) => killOne(session, { target, ...order }, io));
  const sum = statuses.reduce((one, other) => one + other, 0);
  return session.flavour === 'busybox' ? sum : Math.max(...statuses);
};

/** The words of dash's and bash's own `kill`. */
const orderOf = (session: Session, words: readonly string[]): KillOrder => {
  if (words[0] === '-l') {
    const [, asked] = words;
    const names = signalNames.join(' ');
    return printed(`${asked === undefined ? names : signalName(Number(asked))}\n`);
  }
  const isNamed = words[0] === '-s' || words[0] === '-n';
  const option = isNamed ? words[1] : words[0]?.replace(/^-/, '');
  const hasOption = words[0]?.startsWith('-') === true && words[0] !== '--';
  const signal = hasOption ? signalNumber(option ?? '') : sigterm;
  const targets = words.slice(hasOption ? (isNamed ? 2 : 1) : 0).filter((word) => word !== '--');
  if (targets.length === 0) return failed(2, usageOf(session));
  if (signal !== null) return { signal, targets, isQuiet: false };
  const isBash = session.flavour === 'bash';
  const text = isBash
    ? `kill: ${option}: invalid signal specification`
    : `Illegal option ${words[0]}`;
  return failed(isBash ? 1 : 2, shellMessage(session, text));
};

type Shot = { readonly target: string; readonly signal: number };

const killOne = (session: Session, { target, signal }: Shot, io: Io): number => {
  const tell = (text: string, status = 1): number => {
    io.print('stderr', text);
    return status;
  };
  const { flavour } = session;
  if (!/^[%-]?\d+$/.test(target))
    return tell(noNumber(session, target), flavour === 'dash' ? 2 : 1);
  const number = Number(target.replace('%', ''));
  const isJob = target.startsWith('%');
  const job = isJob ? (session.jobs[number - 1] ?? null) : findJob(session, number);
  if (job === null && isJob) return tell(noJob(session, target), flavour === 'bash' ? 1 : 2);
  if (job === null && number === ownNumber(session)) return killItself(session, signal, io);
  const problem =
    job === null
      ? sendSignal(session.world, number, signal)
      : killJob(session, job, signal)
        ? null
        : 'No such process';
  if (problem === null) return 0;
  if (problem === 'not simulated') {
    return tell('netfold: `kill` of a process that the line has not started is not simulated\n');
  }
  const words = {
    dash: `${shellMessage(session, `kill: ${problem}`)}\n`,
    bash: shellMessage(session, `kill: (${target}) - ${problem}`),
    busybox: `${session.name}: can't kill pid ${target}: ${problem}\n`,
  };
  return tell(words[flavour]);
};

/** Its handler, or its end; the first process of a container has no end by its own hand. */
const killItself = (session: Session, signal: number, io: Io): number => {
  const handler = session.traps.get(signalName(signal));
  if (signal !== 0 && handler !== undefined) return session.evaluate(session, handler, io);
  if (!isDeadly(signal) || ownNumber(session) === 1) return 0;
  session.traps.delete('EXIT');
  throw new Leave('exit', exitCodeOf(signal));
};

const noNumber = (session: Session, target: string): string => {
  if (session.flavour === 'busybox') return `${session.name}: invalid number '${target}'\n`;
  const isBash = session.flavour === 'bash';
  const problem = `${target}: arguments must be process or job IDs`;
  return shellMessage(session, isBash ? `kill: ${problem}` : `kill: Illegal number: ${target}`);
};

const noJob = (session: Session, target: string, builtin = 'kill'): string => {
  const words = {
    busybox: `${session.name}: ${builtin}: line 0: ${target}: no such job\n`,
    dash: shellMessage(session, `${builtin}: No such job: ${target}`),
    bash: shellMessage(session, `${builtin}: ${target}: no such job`),
  };
  return words[session.flavour];
};

/** Blanks before the commands of a job, which only a shell at a terminal knows. */
const jobColumns = 33;

/** `jobs [-lp] [%N...]`: the newest first; what has ended is shown once. */
export const jobs = (session: Session, argv: readonly string[], io: Io): number => {
  if (session.flavour === 'bash') {
    io.print('stderr', 'netfold: `jobs` of bash is not simulated\n');
    return 1;
  }
  const letters = argv.filter((word) => word.startsWith('-')).join('');
  const asked = argv.slice(1).filter((word) => !word.startsWith('-'));
  const now = session.budget.durationMs;
  const isOver = ({ endMs }: Job): boolean => endMs !== null && endMs < now;
  const known = session.jobs.filter((job) => !job.isShown);
  for (const target of asked) {
    const job = session.jobs[Number(target.replace('%', '')) - 1];
    if (job !== undefined) continue;
    io.print('stderr', noJob(session, target, 'jobs'));
    return 2;
  }
  for (const job of known.toReversed()) {
    const number = session.jobs.indexOf(job) + 1;
    if (asked.length > 0 && !asked.includes(`%${number}`)) continue;
    if (letters.includes('p')) {
      io.print('stdout', `${job.processId}\n`);
      continue;
    }
    const [current, previous] = session.jobs.filter((one) => !one.isShown).toReversed();
    const mark = job === current ? '+' : job === previous ? '-' : ' ';
    const id = letters.includes('l') ? `${job.processId} ` : '';
    const isDone = isOver(job) || job.isReaped;
    const head = `[${number}]${mark}  ${id}${isDone ? endOf(job) : 'Running'}`;
    io.print('stdout', `${head.padEnd(jobColumns)}${' | '.repeat(job.commandCount - 1)}\n`);
    job.isShown = isDone;
  }
  return 0;
};

const endOf = ({ status, killedBy }: Job): string => {
  if (status === 0) return 'Done';
  return killedBy === null ? `Done(${status})` : signalEnd(killedBy);
};

/** @source dash 0.5.12 jobs.c, bash 5.2 kill.def */
const usageOf = (session: Session): string => {
  if (session.flavour === 'bash') {
    return (
      'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... ' +
      'or kill -l [sigspec]\n'
    );
  }
  const forms = 'kill: Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or';
  return `${shellMessage(session, forms)}kill -l [exitstatus]\n`;
};
