/**
 * Linux signals by name without `SIG`, in the engine's table.
 *
 * @source moby/moby pkg/signal/signal_linux.go SignalMap
 */
const numbers: Readonly<Record<string, number>> = {
  ABRT: 6,
  ALRM: 14,
  BUS: 7,
  CHLD: 17,
  CLD: 17,
  CONT: 18,
  FPE: 8,
  HUP: 1,
  ILL: 4,
  INT: 2,
  IO: 29,
  IOT: 6,
  KILL: 9,
  PIPE: 13,
  POLL: 29,
  PROF: 27,
  PWR: 30,
  QUIT: 3,
  SEGV: 11,
  STKFLT: 16,
  STOP: 19,
  SYS: 31,
  TERM: 15,
  TRAP: 5,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  USR1: 10,
  USR2: 12,
  VTALRM: 26,
  WINCH: 28,
  XCPU: 24,
  XFSZ: 25,
};

const realTimeMin = 34;
const realTimeMax = 64;

export const sigint = 2;
export const sigquit = 3;
export const sigkill = 9;
export const sigterm = 15;

/** What a process that a signal ended leaves: 128 and the signal's number. */
export const exitCodeOf = (signal: number): number => 128 + signal;

/**
 * Reads `KILL`, `SIGKILL`, `9` or `RTMIN+3`.
 *
 * @returns the number, also one that no signal has; `null` where the engine says `Invalid signal`
 * @source moby/moby pkg/signal/signal.go ParseSignal
 */
export function parseSignal(text: string): number | null {
  if (/^[+-]?[0-9]{1,9}$/.test(text)) return Number(text) === 0 ? null : Number(text);
  const name = text.toUpperCase().replace(/^SIG/, '');
  return numbers[name] ?? parseRealTime(name);
}

/** Whether Linux has the signal. The table leaves 32 and 33 out: the C library keeps them. */
export function isSignal(signal: number): boolean {
  if (signal >= realTimeMin && signal <= realTimeMax) return true;
  return Object.values(numbers).includes(signal);
}

function parseRealTime(name: string): number | null {
  const match = /^RTM(IN|AX)(?:([+-])([0-9]{1,2}))?$/.exec(name);
  if (match === null) return null;
  const [, end, sign = '', digits = '0'] = match;
  const offset = Number(digits);
  if (end === 'IN') return sign !== '-' && offset <= 15 ? realTimeMin + offset : null;
  return sign !== '+' && offset <= 14 ? realTimeMax - offset : null;
}
