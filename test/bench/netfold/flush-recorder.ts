import pg from 'pg';
import type { QueryConfig } from 'pg';

/** One call of `log.flush` with its parameters as they went to PostgreSQL. */
export type RecordedFlush = { readonly text: string; readonly values: readonly unknown[] };

/**
 * Notes what the service sends, by watching the driver: whatever a later build sends, the same is
 * sent again by the limit it is compared with.
 *
 * @returns what was recorded, and how to stop
 */
export function recordFlushes(): { readonly flushes: RecordedFlush[]; readonly stop: () => void } {
  const flushes: RecordedFlush[] = [];
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const { query } = prototype;
  prototype.query = function recorded(this: unknown, ...args: unknown[]): unknown {
    const [config] = args as [Partial<QueryConfig> | undefined];
    if (config?.name === 'log.flush' && config.text !== undefined) {
      flushes.push({ text: config.text, values: config.values ?? [] });
    }
    return query.apply(this, args);
  };
  return { flushes, stop: () => void (prototype.query = query) };
}
