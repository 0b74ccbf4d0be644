import { can } from '@netfold/application';
import type { Actor, ReadAt, RememberedOutcome } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import { isGiven } from '../given.ts';
import { failure } from '../failure/failure.ts';
import { parseNodeId } from '../node-id.ts';
import type { NodeReference } from '../node-id.ts';
import { commitAt, versionAtTime } from './commit.ts';
import type { PageArguments } from './connection.ts';
import { openLabObject } from './lab-object.ts';
import { labIdOf, labIdOfName, labsFor } from './lab-reference.ts';
import { rowObjectOf, tableOfType } from './object.ts';
import type { RowType } from './object.ts';
import { entriesOf } from './on-host.ts';
import type { ResolverContext, ResolverParts } from './parts.ts';
import { userErrorOf } from './user-error.ts';
import { userObject, userOf, usersPage } from './user.ts';

type LabArguments = {
  readonly id?: string | null;
  readonly name?: string | null;
  readonly asOf?: { readonly version?: number | null; readonly time?: number | null } | null;
  readonly atLeastVersion?: number | null;
};

export const queryResolvers = (parts: ResolverParts) => ({
  node: (_: unknown, { id }: { readonly id: string }, context: ResolverContext) =>
    findNode(parts, parseNodeId(id), context),
  lab: (_: unknown, args: LabArguments, context: ResolverContext) => findLab(parts, args, context),
  labs: (_: unknown, args: PageArguments, { request }: ResolverContext) => {
    demand(request.actor, 'Query.labs');
    return labsFor(parts, request.actor, args);
  },
  command: (_: unknown, { id }: { readonly id: string }, { request }: ResolverContext) =>
    findCommand(parts, request.actor, id),
  viewer: async (_: unknown, __: unknown, { request: { actor } }: ResolverContext) => ({
    user: await userOf(parts, actor),
    scopes: actor.scopes,
    labIds: actor.labIds,
  }),
  me: (_: unknown, __: unknown, { request }: ResolverContext) => userOf(parts, request.actor),
  users: (_: unknown, args: PageArguments, { request }: ResolverContext) =>
    usersPage(parts, request.actor, args),
});

function demand(actor: Actor, field: string): void {
  if (can(actor, { kind: 'graphql', field, labId: null }, null)) return;
  throw failure('FORBIDDEN', 'this needs a right that you do not have');
}

async function findLab(parts: ResolverParts, args: LabArguments, context: ResolverContext) {
  const { actor } = context.request;
  if (isGiven(args.id) === isGiven(args.name)) {
    throw failure('INVALID_ARGUMENT', 'a lab is asked for by `id` or by `name`, one of them');
  }
  const labId = !isGiven(args.id)
    ? await labIdOfName(parts, actor, args.name ?? '')
    : await labIdOf(parts, actor, args.id);
  if (labId === null) return null;
  return openLabObject(labId, await readAt(parts, actor, { ...args, labId }), context);
}

async function readAt(
  parts: ResolverParts,
  actor: Actor,
  { labId, asOf, atLeastVersion }: LabArguments & { readonly labId: LabId },
): Promise<ReadAt> {
  if (!isGiven(asOf)) return { kind: 'now', atLeast: atLeastVersion ?? null };
  const { version, time } = asOf;
  if (isGiven(version) === isGiven(time)) {
    throw failure('INVALID_ARGUMENT', '`asOf` has a `version` or a `time`, one of them');
  }
  if (isGiven(version)) return { kind: 'asOf', version };
  const request = { kind: 'graphql', field: 'Query.lab', labId } as const;
  const isAllowed = await parts.access.isAllowed(actor, request);
  const head = isAllowed ? await parts.states.committed(labId) : null;
  if (head === null || !isGiven(time)) return { kind: 'now', atLeast: null };
  return { kind: 'asOf', version: await versionAtTime(parts.log, labId, head.version, time) };
}

async function findNode(parts: ResolverParts, reference: NodeReference, context: ResolverContext) {
  const { type, labId, version, key } = reference;
  const { actor } = context.request;
  const at: ReadAt = version === null ? { kind: 'now', atLeast: null } : { kind: 'asOf', version };
  if (type === 'User') return findUserNode(parts, actor, key[0]);
  if (type === 'Lab') return openLabObject(labId, at, context);
  if (type === 'Commit') {
    const request = { kind: 'graphql', field: 'Query.lab', labId } as const;
    const isAllowed = await parts.access.isAllowed(actor, request);
    const wanted = key[0];
    return isAllowed && typeof wanted === 'number' ? commitAt(parts.log, labId, wanted) : null;
  }
  if (!Object.hasOwn(tableOfType, type)) {
    throw failure('INVALID_ARGUMENT', 'this is no id of this server');
  }
  const scope = await context.request.scope(labId, at);
  return scope === null ? null : rowObjectOf(type as RowType, scope, key);
}

/** Oneself, or anybody of the tenant for who administers them. */
async function findUserNode(parts: ResolverParts, actor: Actor, id: unknown) {
  if (typeof id !== 'string') return null;
  const maySee =
    id === actor.id || can(actor, { kind: 'graphql', field: 'Query.users', labId: null }, null);
  const user = maySee ? await parts.accounts.findUser(actor.tenantId, id) : null;
  return user === null ? null : userObject(user);
}

async function findCommand(parts: ResolverParts, actor: Actor, id: string) {
  demand(actor, 'Query.command');
  const found = await parts.log.findOutcome(actor.tenantId, id);
  if (found === null || !(await maySeeOutcome(parts, actor, found.labId))) return null;
  return commandRecord(found);
}

/** A lab that was never created has no members: who sees the whole tenant sees its refusal. */
async function maySeeOutcome(parts: ResolverParts, actor: Actor, labId: LabId): Promise<boolean> {
  const request = { kind: 'graphql', field: 'Query.lab', labId } as const;
  return (await parts.access.isAllowed(actor, request)) || can(actor, request, null);
}

function commandRecord(found: RememberedOutcome) {
  const { outcome } = found;
  const answer = outcome.kind === 'accepted' ? outcome.answer : null;
  return {
    commandId: found.commandId,
    labId: found.labId,
    isAccepted: answer !== null,
    userErrors: outcome.kind === 'refused' ? [userErrorOf(outcome.refusal)] : [],
    ids: entriesOf(answer?.ids ?? {}),
    warnings: answer?.warnings ?? [],
    position: found.position,
    version: found.labVersion,
    labTime: found.labTime,
  };
}
