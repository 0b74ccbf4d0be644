import type { ActorId, LabId, TenantId } from '@netfold/contracts';

export type Role = 'operator' | 'instructor' | 'student' | 'automation' | 'observer';

/** What a token of an automation may do; other roles have no scopes. */
export type Scope = 'lab:read' | 'lab:write' | 'class:admin' | 'host:docker';

/** Who asks, after authentication. */
export type Actor = {
  readonly id: ActorId;
  readonly tenantId: TenantId;
  readonly role: Role;
  /** `null`: not restricted by scopes. */
  readonly scopes: readonly Scope[] | null;
  /** `null`: not restricted to a list of labs. */
  readonly labIds: readonly LabId[] | null;
  /** Of the token that let them in; absent for who owns the sockets of the hosts. */
  readonly tokenId?: string;
};

/** What the actor is to one lab; `null` for none. */
export type Membership = 'owner' | 'member' | 'viewer' | null;
