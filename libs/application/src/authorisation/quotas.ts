import type { TenantId } from '@netfold/contracts';

/** Limits of a tenant that no single lab can see; those within a lab are the domain's. */
export type Quotas = {
  readonly labsPerTenant: number;
  readonly tokensPerTenant: number;
  readonly usersPerTenant: number;
  readonly commandsPerSecond: number;
  /** So many commands at once before `commandsPerSecond` counts. */
  readonly commandBurst: number;
  /** Points of GraphQL cost per actor. */
  readonly queryCostPerMinute: number;
};

export const defaultQuotas: Quotas = {
  labsPerTenant: 50,
  tokensPerTenant: 50,
  usersPerTenant: 500,
  commandsPerSecond: 50,
  commandBurst: 200,
  queryCostPerMinute: 50_000,
};

/**
 * For an installation whose only tenant is the person who started it: rates would protect
 * nobody from anybody, and how many labs there are is the owner's own business.
 */
export const localQuotas: Quotas = {
  labsPerTenant: Number.POSITIVE_INFINITY,
  tokensPerTenant: 1_000,
  usersPerTenant: 10_000,
  commandsPerSecond: Number.POSITIVE_INFINITY,
  commandBurst: Number.POSITIVE_INFINITY,
  queryCostPerMinute: Number.POSITIVE_INFINITY,
};

/** Milliseconds; any clock that does not go back. */
export type Clock = () => number;

export type RateVerdict =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly retryAfterMs: number };

/** As many buckets as are remembered at once: full ones are forgotten first. */
export const rateBucketsMax = 10_000;

/** Token buckets by key: `ratePerSecond` flow in, at most `burst` lie in one. */
export class RateLimit {
  readonly #buckets = new Map<string, { level: number; at: number }>();
  readonly #ratePerSecond: number;
  readonly #burst: number;
  readonly #clock: Clock;

  constructor(ratePerSecond: number, burst: number, clock: Clock) {
    this.#ratePerSecond = ratePerSecond;
    this.#burst = burst;
    this.#clock = clock;
  }

  take(key: TenantId, amount: number): RateVerdict {
    if (this.#ratePerSecond === Number.POSITIVE_INFINITY) return { kind: 'taken' };
    const now = this.#clock();
    const level = this.#levelOf(key, now);
    if (level < amount) {
      const missing = Math.min(amount, this.#burst) - level;
      return { kind: 'refused', retryAfterMs: Math.ceil((missing / this.#ratePerSecond) * 1000) };
    }
    this.#buckets.delete(key);
    this.#buckets.set(key, { level: level - amount, at: now });
    if (this.#buckets.size > rateBucketsMax) this.#forgetOldest();
    return { kind: 'taken' };
  }

  #levelOf(key: string, now: number): number {
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) return this.#burst;
    const gained = ((now - bucket.at) / 1000) * this.#ratePerSecond;
    return Math.min(this.#burst, bucket.level + Math.max(0, gained));
  }

  /** The map keeps the order of use, so the first is the one that has refilled most. */
  #forgetOldest(): void {
    const oldest = this.#buckets.keys().next();
    if (oldest.done !== true) this.#buckets.delete(oldest.value);
  }
}
