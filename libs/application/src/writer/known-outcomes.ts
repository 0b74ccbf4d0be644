import type { TenantId } from '@netfold/contracts';
import type { RememberedOutcome } from '../event-log.ts';
import { RecentlyUsed } from '../labs/recently-used.ts';
import type { Settlement } from './waiting-command.ts';
import { commandsUnderWayMax, commandsUnderWayPerTenantMax } from './writer-options.ts';

/** Outcomes that are kept in memory for repeats; older ones are found in the log. */
const recentOutcomesMax = 10_000;

/**
 * What is known of command ids without asking the log: those under way, and recent outcomes.
 * An id that is not known here may still be in the log; the flush finds that out.
 */
export class KnownOutcomes {
  readonly #underWay = new Map<string, Promise<RememberedOutcome | null>>();
  readonly #waiting = new Map<TenantId, number>();
  readonly #recent = new RecentlyUsed<string, RememberedOutcome>({ weightMax: recentOutcomesMax });

  get underWay(): number {
    return this.#underWay.size;
  }

  /** Whether one more command of the tenant is too many. */
  isFull(tenantId: TenantId): boolean {
    return (
      this.#underWay.size >= commandsUnderWayMax ||
      this.#underWayOf(tenantId) >= commandsUnderWayPerTenantMax
    );
  }

  /** The outcome, once it is durable; `null` when the command under way failed. */
  find(key: string): RememberedOutcome | Promise<RememberedOutcome | null> | undefined {
    return this.#recent.get(key) ?? this.#underWay.get(key);
  }

  begin(
    key: string,
    tenantId: TenantId,
  ): {
    readonly settled: Promise<Settlement>;
    readonly settle: (settlement: Settlement) => void;
  } {
    let settle: (settlement: Settlement) => void = () => {};
    const settled = new Promise<Settlement>((resolve) => {
      settle = (settlement) => {
        this.#end(key, tenantId, settlement);
        resolve(settlement);
      };
    });
    const outcome = settled.then((it) => (it.kind === 'durable' ? it.remembered : null));
    this.#underWay.set(key, outcome);
    this.#waiting.set(tenantId, this.#underWayOf(tenantId) + 1);
    return { settled, settle };
  }

  #underWayOf(tenantId: TenantId): number {
    return this.#waiting.get(tenantId) ?? 0;
  }

  #end(key: string, tenantId: TenantId, settlement: Settlement): void {
    if (!this.#underWay.delete(key)) return;
    const waiting = this.#underWayOf(tenantId) - 1;
    if (waiting === 0) this.#waiting.delete(tenantId);
    else this.#waiting.set(tenantId, waiting);
    if (settlement.kind === 'durable') this.#recent.set(key, settlement.remembered);
  }
}
