import { setTimeout as wait } from 'node:timers/promises';

export type Load = {
  /** From the first command to the last answer. */
  readonly seconds: number;
  /** Milliseconds of each command, in the order of their answers. */
  readonly latencies: readonly number[];
};

/**
 * Closed loop: each caller sends its next command when the last one is answered.
 * @param callers every command of each caller, in order
 */
export async function closedLoop(
  callers: readonly (readonly (() => Promise<unknown>)[])[],
): Promise<Load> {
  const latencies: number[] = [];
  const started = performance.now();
  await Promise.all(
    callers.map(async (commands) => {
      for (const command of commands) {
        const sent = performance.now();
        await command();
        latencies.push(performance.now() - sent);
      }
    }),
  );
  return { seconds: (performance.now() - started) / 1000, latencies };
}

/**
 * Open loop: commands arrive at a fixed rate whatever the other side does; each one's time counts
 * from the moment it was due.
 */
export async function openLoop(
  perSecond: number,
  commands: readonly (() => Promise<unknown>)[],
): Promise<Load> {
  const latencies: number[] = [];
  const under: Promise<void>[] = [];
  const started = performance.now();
  for (let next = 0; next < commands.length;) {
    const due = Math.min(
      commands.length,
      1 + Math.floor(((performance.now() - started) / 1000) * perSecond),
    );
    for (; next < due; next += 1) {
      const dueAt = started + (next / perSecond) * 1000;
      const command = commands[next] as () => Promise<unknown>;
      under.push(command().then(() => void latencies.push(performance.now() - dueAt)));
    }
    await pause(started + (next / perSecond) * 1000 - performance.now());
  }
  await Promise.all(under);
  return { seconds: (performance.now() - started) / 1000, latencies };
}

/** A timer cannot wait for less than a millisecond: what is shorter is waited out turn by turn. */
async function pause(milliseconds: number): Promise<void> {
  const until = performance.now() + milliseconds;
  if (milliseconds > 2) await wait(milliseconds - 1.5);
  while (performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
}
