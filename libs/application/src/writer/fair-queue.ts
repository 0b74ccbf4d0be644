import type { TenantId } from '@netfold/contracts';
import type { WaitingCommand } from './waiting-command.ts';

/** So many commands go into one flush; measured, larger transactions gain little. */
export const batchCommandsMax = 256;
/** Stored bytes of facts in one flush, so that no flush is long. */
export const batchBytesMax = 4 * 1024 * 1024;
/**
 * Rows of the read models that one flush changes. Larger transactions gain nothing; smaller ones
 * let the writer decide the next commands while the database is at work on these.
 */
export const batchRowsMax = 2_000;

/**
 * Commands that wait for a flush. Each tenant's keep their order (so each lab's do);
 * tenants take turns when a flush cannot take everything.
 */
export class FairQueue {
  readonly #queues = new Map<TenantId, WaitingCommand[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  sizeOf(tenantId: TenantId): number {
    return this.#queues.get(tenantId)?.length ?? 0;
  }

  push(waiting: WaitingCommand): void {
    const { tenantId } = waiting.request;
    const queue = this.#queues.get(tenantId);
    if (queue === undefined) this.#queues.set(tenantId, [waiting]);
    else queue.push(waiting);
    this.#size += 1;
  }

  /** Takes the next batch; at least one when any waits. */
  take(): WaitingCommand[] {
    const batch: WaitingCommand[] = [];
    let bytes = 0;
    let rows = 0;
    const places = new Map<TenantId, number>();
    while (batch.length < batchCommandsMax && bytes < batchBytesMax && rows < batchRowsMax) {
      const before = batch.length;
      for (const [tenantId, queue] of this.#queues) {
        const place = places.get(tenantId) ?? 0;
        const waiting = queue[place];
        if (waiting === undefined || batch.length === batchCommandsMax) continue;
        places.set(tenantId, place + 1);
        batch.push(waiting);
        bytes += waiting.decided.eventsText.length;
        rows += waiting.decided.delta?.length ?? 0;
      }
      if (batch.length === before) break;
    }
    this.#leave(places);
    return batch;
  }

  /** Puts commands of a failed flush back before all others of their tenants. */
  putBack(batch: readonly WaitingCommand[]): void {
    for (const waiting of batch.toReversed()) {
      const { tenantId } = waiting.request;
      const queue = this.#queues.get(tenantId);
      if (queue === undefined) this.#queues.set(tenantId, [waiting]);
      else queue.unshift(waiting);
    }
    this.#size += batch.length;
  }

  /** All that wait now, each tenant's in order. */
  all(): readonly WaitingCommand[] {
    return [...this.#queues.values()].flat();
  }

  remove(waiting: WaitingCommand): void {
    const queue = this.#queues.get(waiting.request.tenantId) ?? [];
    const place = queue.indexOf(waiting);
    if (place === -1) return;
    queue.splice(place, 1);
    this.#size -= 1;
    if (queue.length === 0) this.#queues.delete(waiting.request.tenantId);
  }

  clear(): readonly WaitingCommand[] {
    const all = this.all();
    this.#queues.clear();
    this.#size = 0;
    return all;
  }

  /** A tenant that was served goes behind those that were not. */
  #leave(places: ReadonlyMap<TenantId, number>): void {
    for (const [tenantId, taken] of places) {
      const queue = this.#queues.get(tenantId) ?? [];
      this.#queues.delete(tenantId);
      queue.splice(0, taken);
      if (queue.length > 0) this.#queues.set(tenantId, queue);
      this.#size -= taken;
    }
  }
}
