import { setTimeout as sleep } from 'node:timers/promises';

/** Generous: a loaded machine with two cores runs the broker and the tests. */
export const patienceMs = 30_000;

/** Waits until a condition holds. @throws when it does not in time */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${patienceMs} ms until ${what}`);
    await sleep(10);
  }
}
