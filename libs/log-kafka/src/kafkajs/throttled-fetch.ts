import { createRequire } from 'node:module';

type Runner = {
  readonly heartbeatInterval: number;
  heartbeat(this: Runner): Promise<void>;
  fetch: (this: Runner, nodeId: number) => Promise<readonly unknown[]>;
};

const { prototype } = createRequire(import.meta.url)('kafkajs/src/consumer/runner') as {
  readonly prototype: Runner & { [patched]?: true };
};
const patched = Symbol('netfold: heartbeats while fetching');

/**
 * A fetch that takes longer gets no more heartbeats, so that the member counts as dead. A broker
 * holds a fetch back for some ten seconds at most, as long as its window of quotas is.
 */
export const heldFetchMsMax = 60_000;

/**
 * Keeps a member in its group while a broker holds its fetch back.
 *
 * kafkajs 2.2.4 beats only between fetches, and a broker that throttles a client has it wait with
 * the next one for longer than a session may be silent. The member was thrown out, came back, read
 * the same records again and was held back again, without end.
 */
export function beatWhileFetching(): void {
  if (prototype[patched]) return;
  prototype[patched] = true;
  const fetch = prototype.fetch;
  prototype.fetch = async function fetchAndBeat(this: Runner, nodeId) {
    const fetching = fetch.call(this, nodeId);
    const beginAt = performance.now();
    const timer = setInterval(() => {
      if (performance.now() - beginAt > heldFetchMsMax) clearInterval(timer);
      // What the group answers, it answers again after the fetch, where kafkajs listens.
      else this.heartbeat().catch(() => {});
    }, this.heartbeatInterval);
    try {
      return await fetching;
    } finally {
      clearInterval(timer);
    }
  };
}
