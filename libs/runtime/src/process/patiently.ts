import { setTimeout as wait } from 'node:timers/promises';
import { StoreUnavailable } from '@netfold/application';
import { TransportFailed } from '@netfold/log-kafka';

/** Services of one installation are started together, in no order: a store may take so long. */
const patienceMsMax = 30_000;
const firstPauseMs = 200;
const pauseMsMax = 2_000;

/** Starts something that needs stores, again while they are not there yet. */
export async function patiently<T>(start: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patienceMsMax;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, pauseMsMax)) {
    try {
      return await start();
    } catch (error) {
      const isAway = error instanceof StoreUnavailable || error instanceof TransportFailed;
      if (!isAway || performance.now() > deadline) throw error;
      await wait(pauseMs);
    }
  }
}
