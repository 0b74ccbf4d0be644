import { createRequire } from 'node:module';

type RequestQueue = {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests: (this: RequestQueue) => void;
};

const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
  readonly prototype: RequestQueue & { [patched]?: true };
};
const patched = Symbol('netfold: idle spin');

/**
 * Keeps kafkajs 2.2.4 from waking up every millisecond for each idle connection, which takes about
 * 2 % of a core and makes Node 24 warn of a negative timeout (tulios/kafkajs issue 1751).
 *
 * Its queue asks for a look at the requests that wait, also when none does; a request that has to
 * wait asks for the look itself, so nothing is lost by leaving this one out.
 */
export function stopIdleSpin(): void {
  if (prototype[patched]) return;
  prototype[patched] = true;
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function scheduleWhenPending(this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };
}
