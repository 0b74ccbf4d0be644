import type { LabId } from '@netfold/contracts';
import type { Actor, Membership } from '../actor.ts';
import type { LabStates } from '../lab-states.ts';
import { AccessDenied } from './access-denied.ts';
import type { Memberships } from './accounts.ts';
import { askedBy, can, grants } from './can.ts';
import type { AccessRequest } from './can.ts';

/** Asks `can` with the membership that it needs, and only then looks it up. */
export class LabAccess {
  readonly #states: Pick<LabStates, 'committed'>;
  readonly #memberships: Memberships;

  constructor(states: Pick<LabStates, 'committed'>, memberships: Memberships) {
    this.#states = states;
    this.#memberships = memberships;
  }

  /**
   * Passes when the lab belongs to the actor's tenant and the request is allowed.
   * @throws AccessDenied
   */
  async demand(actor: Actor, request: AccessRequest): Promise<void> {
    if (!(await this.isAllowed(actor, request))) {
      const mayRead = await this.isAllowed(actor, { ...request, ...readOf(request) });
      throw new AccessDenied(mayRead ? 'forbidden' : 'notFound');
    }
  }

  async isAllowed(actor: Actor, request: AccessRequest): Promise<boolean> {
    if (request.labId !== null && !isCreation(request)) {
      const lab = await this.#states.committed(request.labId);
      if (lab === null || lab.tenantId !== actor.tenantId) return false;
    }
    return can(actor, request, await this.#membershipFor(actor, request));
  }

  /** A membership is looked up only where the answer may hang on it. */
  async #membershipFor(actor: Actor, request: AccessRequest): Promise<Membership> {
    if (request.labId === null) return null;
    const needsIt = askedBy(request).some((permission) => {
      const grant = grants[actor.role][permission] ?? 'never';
      return grant !== 'tenant' && grant !== 'never';
    });
    return needsIt ? this.#memberships.membershipOf(actor, request.labId) : null;
  }
}

const isCreation = (request: AccessRequest): boolean =>
  request.kind === 'command' && request.body.type === 'CreateLab';

/** Whoever may read a lab is told "forbidden"; to all others it does not exist. */
const readOf = (
  request: AccessRequest,
): { kind: 'graphql'; field: string; labId: LabId | null } => ({
  kind: 'graphql',
  field: request.labId === null ? 'Query.viewer' : 'Query.lab',
  labId: request.labId,
});
