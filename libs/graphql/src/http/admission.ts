import { RateLimit } from '@netfold/application';
import type { Actor, Clock, Quotas } from '@netfold/application';
import { RateExceeded } from '@netfold/application';
import type { DocumentNode } from 'graphql';
import { demandCheap } from '../limits/cost.ts';

export type CostQuestion = Parameters<typeof demandCheap>[0];

/** Lets queries in by what they may cost: each for itself, and all of an actor per minute. */
export class Admission {
  readonly #perMinute: RateLimit;
  /** Costs of queries without variables, which are the same each time. */
  readonly #known = new WeakMap<DocumentNode, Map<string | null, number>>();

  constructor(quotas: Quotas, clock: Clock) {
    const { queryCostPerMinute } = quotas;
    this.#perMinute = new RateLimit(queryCostPerMinute / 60, queryCostPerMinute, clock);
  }

  /** @throws QUERY_TOO_EXPENSIVE, BAD_PAGE_SIZE, RateExceeded */
  admit(actor: Actor, question: CostQuestion): void {
    const cost = this.#costOf(question);
    const verdict = this.#perMinute.take(`${actor.tenantId}/${actor.id}`, cost);
    if (verdict.kind === 'refused') throw new RateExceeded(verdict.retryAfterMs);
  }

  #costOf(question: CostQuestion): number {
    if (Object.keys(question.variables).length > 0) return demandCheap(question);
    const { document, operationName } = question;
    const known = this.#known.get(document) ?? new Map<string | null, number>();
    const cost = known.get(operationName) ?? demandCheap(question);
    this.#known.set(document, known.set(operationName, cost));
    return cost;
  }
}
