import { nodeId } from '../node-id.ts';
import { commitAt, commitConnection } from './commit.ts';
import { rowConnection } from './connection.ts';
import type { PageArguments } from './connection.ts';
import { labSelf, scopeOf } from './lab-object.ts';
import type { LabObject } from './lab-object.ts';
import type { ResolverContext, ResolverParts } from './parts.ts';
import { hostOf } from './references.ts';

export const labResolvers = (parts: ResolverParts) => ({
  id: ({ labId, asOf }: LabObject) => nodeId({ type: 'Lab', labId, version: asOf, key: [] }),
  name: async (lab: LabObject, _: unknown, context: ResolverContext) =>
    (await labSelf(lab, context)).name,
  state: async (lab: LabObject, _: unknown, context: ResolverContext) =>
    (await labSelf(lab, context)).state,
  version: async (lab: LabObject, _: unknown, context: ResolverContext) =>
    (await scopeOf(lab, context)).version,
  hosts: async (lab: LabObject, args: PageArguments, context: ResolverContext) =>
    rowConnection('Host', await scopeOf(lab, context), {}, args),
  host: async (lab: LabObject, args: { readonly name: string }, context: ResolverContext) =>
    hostOf(await scopeOf(lab, context), args.name),
  commits: async (lab: LabObject, args: PageArguments, context: ResolverContext) =>
    commitConnection(parts.log, await scopeOf(lab, context), args),
  commit: async (lab: LabObject, args: { readonly version: number }, context: ResolverContext) => {
    const scope = await scopeOf(lab, context);
    return args.version > scope.version ? null : commitAt(parts.log, lab.labId, args.version);
  },
  members: async (lab: LabObject, _: unknown, { request: { actor } }: ResolverContext) => {
    const found = await parts.memberships.membersOf(actor.tenantId, lab.labId);
    return found.map(({ user, membership }) => ({
      user: { ...user, __typename: 'User' },
      membership,
    }));
  },
});
