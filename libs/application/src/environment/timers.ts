/** Ends a timer that has not run yet. */
export type Cancel = () => void;

/** The only way to wait, so that tests and simulations decide how time passes. */
export interface Timers {
  after(delayMs: number, run: () => void): Cancel;
  /** After what is already due now, before anything later: lets callers gather. */
  soon(run: () => void): void;
}

/** `setTimeout` counts in 32 bits: a longer delay would run at once. */
const delayMsMax = 2_147_483_647;

/** Timers of the process. */
export const systemTimers: Timers = {
  after(delayMs, run) {
    const timer = setTimeout(run, Math.min(Math.max(delayMs, 0), delayMsMax));
    return () => clearTimeout(timer);
  },
  soon(run) {
    setImmediate(run);
  },
};

export const sleep = (timers: Timers, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    timers.after(delayMs, resolve);
  });
