/** From number 1 on. */
export const signalNames: readonly string[] = (
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP ' +
  'TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH POLL PWR SYS'
).split(' ');

/** What a process that has no handler does not end of: they are nothing to it, or stop it. */
const harmless: ReadonlySet<number> = new Set([0, 17, 18, 19, 20, 21, 22, 23, 28]);

/** Whether a process without a handler ends of it. */
export const isDeadly = (signal: number): boolean => !harmless.has(signal);

/** @param text  `TERM`, `SIGTERM`, `15`, also 0, which only asks; `null`: there is none */
export const signalNumber = (text: string): number | null => {
  if (/^\d{1,2}$/.test(text)) return Number(text) <= signalNames.length ? Number(text) : null;
  const at = signalNames.indexOf(text.toUpperCase().replace(/^SIG/, ''));
  return at < 0 ? null : at + 1;
};

/** `KILL` of 9, and of 137 with which a process ends of it. */
export const signalName = (number: number): string =>
  signalNames[(number & 0x7f) - 1] ?? String(number & 0x7f);

/** `kill -l` of BusyBox. */
export const signalList = (): readonly string[] =>
  signalNames.map((name, at) => `${String(at + 1).padStart(2)}) ${name}`);

/** What a shell says of a process that ended of it; most are seldom met. */
const ends: Readonly<Record<number, string>> = {
  1: 'Hangup',
  3: 'Quit',
  4: 'Illegal instruction',
  6: 'Aborted',
  7: 'Bus error',
  8: 'Floating point exception',
  9: 'Killed',
  10: 'User defined signal 1',
  11: 'Segmentation fault',
  12: 'User defined signal 2',
  14: 'Alarm clock',
  15: 'Terminated',
};

/** `Terminated`. @source glibc strsignal */
export const signalEnd = (signal: number): string => ends[signal] ?? `Signal ${signal}`;
