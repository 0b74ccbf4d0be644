import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { HttpAddress } from '../http/start-http.ts';
import { notThereYet } from './not-there-yet.ts';
import { StandIn } from './stand-in.ts';

const firstPauseMs = 200;
const pauseMsMax = 2_000;
/** What is waited for is logged when it changes, and again so often. */
const sayAgainMs = 30_000;

/**
 * Starts a service as soon as what it needs is there, however long that takes: stores, and what
 * other processes of the installation set up in them. Meanwhile `/healthz` is answered, `/readyz`
 * says what is missing, and so does the log.
 *
 * @param of.http where the service will listen
 * @param start lets the stand-in leave before it listens there
 * @throws what waiting does not mend
 */
export async function patiently<T>(
  of: { readonly http: HttpAddress; readonly logger: Logger },
  start: (standIn: StandIn) => Promise<T>,
): Promise<T> {
  const standIn = new StandIn(of.http);
  let said = { problem: '', at: 0 };
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, pauseMsMax)) {
    try {
      return await start(standIn);
    } catch (error) {
      const problem = notThereYet(error);
      if (problem === null) {
        await standIn.leave();
        throw error;
      }
      const now = performance.now();
      if (problem !== said.problem || now - said.at > sayAgainMs) {
        of.logger.warn({ problem }, 'waiting');
        said = { problem, at: now };
      }
      await standIn.say(problem);
      await wait(pauseMs);
    }
  }
}
