import type { CommandBody, Face, LabId } from '@netfold/contracts';
import type { Actor, Membership, Role } from '../actor.ts';
import {
  permissionOfDockerRoute,
  permissionOfGraphqlField,
  permissionsOfCommand,
  permissionsOnLab,
  scopeOfPermission,
} from './permission.ts';
import type { Permission } from './permission.ts';

/** A command or query after parsing: never a raw request, whose bytes may say something else. */
export type AccessRequest =
  | {
      readonly kind: 'command';
      readonly labId: LabId;
      readonly face: Face;
      readonly body: CommandBody;
    }
  /** A root field of the GraphQL schema, e.g. `Query.lab`. */
  | { readonly kind: 'graphql'; readonly field: string; readonly labId: LabId | null }
  /** A route of the Engine API, e.g. `GET /networks`. */
  | { readonly kind: 'docker'; readonly route: string; readonly labId: LabId };

/** What a role may do: everywhere in its tenant, from a membership on, or never. */
export type Grant = 'tenant' | NonNullable<Membership> | 'never';

/** One row per role; a permission that stands in no row is never granted. */
export const grants: Readonly<Record<Role, Readonly<Partial<Record<Permission, Grant>>>>> = {
  operator: {
    'account.self': 'tenant',
    'token.manage': 'tenant',
    'user.administer': 'tenant',
    'lab.list': 'tenant',
    'lab.create': 'tenant',
    'lab.read': 'tenant',
    'lab.operate': 'tenant',
    'lab.remove': 'tenant',
    'lab.share': 'tenant',
    'docker.read': 'tenant',
    'docker.operate': 'tenant',
  },
  instructor: {
    'account.self': 'tenant',
    'token.manage': 'tenant',
    'user.administer': 'tenant',
    'lab.list': 'tenant',
    'lab.create': 'tenant',
    'lab.read': 'tenant',
    'lab.operate': 'tenant',
    'lab.remove': 'tenant',
    'lab.share': 'tenant',
    'docker.read': 'tenant',
    'docker.operate': 'tenant',
  },
  student: {
    'account.self': 'tenant',
    'token.manage': 'tenant',
    'lab.list': 'tenant',
    'lab.create': 'tenant',
    'lab.read': 'viewer',
    'lab.operate': 'member',
    'lab.remove': 'owner',
    'lab.share': 'owner',
    'docker.read': 'viewer',
    'docker.operate': 'member',
  },
  automation: {
    'account.self': 'tenant',
    'lab.list': 'tenant',
    'lab.create': 'tenant',
    'lab.read': 'tenant',
    'lab.operate': 'tenant',
    'lab.remove': 'tenant',
    'lab.share': 'tenant',
    'docker.read': 'tenant',
    'docker.operate': 'tenant',
  },
  observer: {
    'account.self': 'tenant',
    'lab.list': 'tenant',
    'lab.read': 'tenant',
    'docker.read': 'tenant',
  },
};

/**
 * Whether the actor may do what was asked. The only place that decides so, for every face.
 * The lab is one of the actor's tenant: a lab of another tenant is not found before this is asked.
 *
 * @param membership  what the actor is to the lab of the request; `null` for none or no lab
 */
export function can(actor: Actor, request: AccessRequest, membership: Membership): boolean {
  const asked = askedBy(request);
  if (asked.length === 0) return false;
  return asked.every((permission) => isGranted(actor, permission, request.labId, membership));
}

/** The permissions that a request needs; empty for a route that nobody has listed. */
export function askedBy(request: AccessRequest): readonly Permission[] {
  switch (request.kind) {
    case 'command':
      return [...permissionsOfCommand(request.body)].map((permission) =>
        request.face === 'docker' && permission === 'lab.operate' ? 'docker.operate' : permission,
      );
    case 'graphql': {
      const permission = Object.hasOwn(permissionOfGraphqlField, request.field)
        ? permissionOfGraphqlField[request.field]
        : undefined;
      return permission === undefined ? [] : [permission];
    }
    case 'docker':
      return [permissionOfDockerRoute(request.route)];
    default:
      return request satisfies never;
  }
}

function isGranted(
  actor: Actor,
  permission: Permission,
  labId: LabId | null,
  membership: Membership,
): boolean {
  if (!isInScope(actor, permission)) return false;
  if (actor.labIds !== null && !isInLabs(actor.labIds, permission, labId)) return false;
  const grant = grants[actor.role][permission] ?? 'never';
  if (grant === 'never') return false;
  if (grant === 'tenant') return true;
  return membership !== null && rankOf[membership] >= rankOf[grant];
}

/** An automation has what its scopes say and nothing else; scopes narrow any other role as well. */
function isInScope(actor: Actor, permission: Permission): boolean {
  const scope = scopeOfPermission[permission];
  if (scope === null) return true;
  if (actor.scopes === null) return actor.role !== 'automation';
  return actor.scopes.includes(scope);
}

/** A token for some labs reaches these labs, makes no other, and administers nothing. */
function isInLabs(labIds: readonly LabId[], permission: Permission, labId: LabId | null): boolean {
  if (permissionsOnLab.has(permission)) return labId !== null && labIds.includes(labId);
  return permission === 'account.self' || permission === 'lab.list';
}

const rankOf: Readonly<Record<NonNullable<Membership>, number>> = {
  viewer: 1,
  member: 2,
  owner: 3,
};
