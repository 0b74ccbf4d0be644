/** The actor may not do this. `notFound` where the actor may not even know that the lab exists. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
  readonly reason: 'notFound' | 'forbidden';

  constructor(reason: 'notFound' | 'forbidden') {
    super(reason === 'notFound' ? 'no such lab' : 'this needs a right that you do not have');
    this.reason = reason;
  }
}

/** Too much at once: the same request may succeed later. */
export class RateExceeded extends Error {
  override readonly name = 'RateExceeded';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super(`too many requests; try again in ${Math.ceil(retryAfterMs / 1000)} s`);
    this.retryAfterMs = retryAfterMs;
  }
}

/** A size limit of the tenant is reached: waiting does not help. */
export class QuotaExceeded extends Error {
  override readonly name = 'QuotaExceeded';
  readonly quota: string;
  readonly limit: number;
  readonly used: number;

  constructor(quota: string, limit: number, used: number) {
    super(`the quota ${quota} is used up (${used} of ${limit})`);
    this.quota = quota;
    this.limit = limit;
    this.used = used;
  }
}
