import type { Refusal, TenantId } from '@netfold/contracts';
import type { Actor } from '../actor.ts';
import type { CommandRequest, CommandResult } from '../command-request.ts';
import type { EventLog } from '../event-log.ts';
import type { LabReaders } from '../lab-reader.ts';
import type { CommandGate } from '../lab-states.ts';
import { rowsPerPageMax } from '../row-order.ts';
import { AccessDenied, QuotaExceeded, RateExceeded } from './access-denied.ts';
import type { Memberships } from './accounts.ts';
import type { LabAccess } from './lab-access.ts';
import { unrememberedResult } from '../writer/command-result.ts';
import { RateLimit } from './quotas.ts';
import type { Clock, Quotas } from './quotas.ts';

const labNameTaken = (name: string): Refusal => ({
  class: 'conflict',
  code: 'NF2401',
  message: `there is already a lab \`${name}\``,
  fix: 'choose another name, or remove that lab',
  field: ['name'],
});

export type GuardedGateParts = {
  readonly gate: CommandGate;
  readonly access: LabAccess;
  readonly memberships: Memberships;
  readonly readers: Pick<LabReaders, 'labs'>;
  readonly log: Pick<EventLog, 'findOutcome'>;
  readonly quotas: Quotas;
  readonly clock: Clock;
};

/** The way of a command of any face: rate, right, quota, and then the writer. */
export class GuardedGate {
  readonly #parts: GuardedGateParts;
  readonly #rate: RateLimit;
  /** Labs are created one after the other per tenant, so that the quota cannot be overrun. */
  readonly #creations = new Map<TenantId, Promise<unknown>>();

  constructor(parts: GuardedGateParts) {
    this.#parts = parts;
    const { commandsPerSecond, commandBurst } = parts.quotas;
    this.#rate = new RateLimit(commandsPerSecond, commandBurst, parts.clock);
  }

  /**
   * @throws AccessDenied, RateExceeded, QuotaExceeded, and what the gate throws
   */
  async submit(actor: Actor, request: CommandRequest): Promise<CommandResult> {
    if (request.tenantId !== actor.tenantId) throw new AccessDenied('notFound');
    const verdict = this.#rate.take(actor.tenantId, 1);
    if (verdict.kind === 'refused') throw new RateExceeded(verdict.retryAfterMs);
    const { labId, face, body } = request;
    await this.#parts.access.demand(actor, { kind: 'command', labId, face, body });
    if (body.type !== 'CreateLab') return this.#parts.gate.submit(request);
    const { labsPerTenant } = this.#parts.quotas;
    const { name } = body;
    return this.#inTurn(actor.tenantId, async () => {
      const earlier = await this.#parts.log.findOutcome(request.tenantId, request.id);
      if (earlier === null) {
        if (labsPerTenant !== Number.POSITIVE_INFINITY) {
          await this.#demandRoomForLab(request, labsPerTenant);
        }
        if (await this.#isNameTaken(actor, name)) {
          return unrememberedResult(request, labNameTaken(name));
        }
      }
      return this.#createLab(actor, request);
    });
  }

  async #createLab(actor: Actor, request: CommandRequest): Promise<CommandResult> {
    const result = await this.#parts.gate.submit(request);
    // After the fact, and again on a repeat: a crash in between is healed by the client's retry.
    // `claim` leaves a lab alone that has its owner, so that a repeat by another gains nothing.
    if (result.outcome.kind === 'accepted') {
      await this.#parts.memberships.claim(actor.tenantId, request.labId, actor.id);
    }
    return result;
  }

  async #demandRoomForLab(request: CommandRequest, limit: number): Promise<void> {
    const used = await this.#countLabs(request.tenantId, limit);
    if (used >= limit) throw new QuotaExceeded('labsPerTenant', limit, used);
  }

  /** Among the labs that the actor can call by name: two students may both have a `shop`. */
  async #isNameTaken(actor: Actor, name: string): Promise<boolean> {
    const page = { first: rowsPerPageMax, after: null };
    const { rows } = await this.#parts.readers.labs(actor.tenantId, page, name);
    for (const { labId, state } of rows) {
      const asked = { kind: 'graphql', field: 'Query.lab', labId } as const;
      if (state === 'active' && (await this.#parts.access.isAllowed(actor, asked))) return true;
    }
    return false;
  }

  /** Counts up to the limit and no further. */
  async #countLabs(tenantId: TenantId, limit: number): Promise<number> {
    let count = 0;
    let after: string | null = null;
    do {
      const page = await this.#parts.readers.labs(tenantId, { first: rowsPerPageMax, after });
      count += page.rows.filter((row) => row.state === 'active').length;
      after = page.hasNext ? (page.cursors.at(-1) ?? null) : null;
    } while (after !== null && count < limit);
    return count;
  }

  async #inTurn<T>(tenantId: TenantId, work: () => Promise<T>): Promise<T> {
    const before = this.#creations.get(tenantId) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.catch(() => undefined);
    this.#creations.set(tenantId, settled);
    try {
      return await mine;
    } finally {
      if (this.#creations.get(tenantId) === settled) this.#creations.delete(tenantId);
    }
  }
}
