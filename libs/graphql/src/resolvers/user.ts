import { can } from '@netfold/application';
import type { Actor, Token, User } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import { isGiven } from '../given.ts';
import { failure } from '../failure/failure.ts';
import { nodeId } from '../node-id.ts';
import { connection, demandPageSize } from './connection.ts';
import type { Connection, PageArguments } from './connection.ts';
import { openLabObject } from './lab-object.ts';
import type { ResolverContext, ResolverParts } from './parts.ts';

export type UserObject = User & { readonly __typename: 'User' };

export const userObject = (user: User): UserObject => ({ ...user, __typename: 'User' });
export const tokenObject = (token: Token) => ({ ...token, tokenId: token.id });

/** Users stand outside of labs: the place of the lab is empty in their ids. */
const userNodeId = ({ id }: User): string =>
  nodeId({ type: 'User', labId: '', version: null, key: [id] });

const isAdministrator = (actor: Actor): boolean =>
  can(actor, { kind: 'graphql', field: 'Query.users', labId: null }, null);

/** @throws UNAUTHENTICATED when the user behind the credential is gone */
export async function userOf(parts: ResolverParts, actor: Actor): Promise<UserObject> {
  const user = await parts.accounts.findUser(actor.tenantId, actor.id);
  if (user === null) throw failure('UNAUTHENTICATED', 'the user of this token is gone');
  return userObject(user);
}

export async function usersPage(
  parts: ResolverParts,
  actor: Actor,
  args: PageArguments,
): Promise<Connection<UserObject>> {
  if (!isAdministrator(actor))
    throw failure('FORBIDDEN', 'only instructors and operators see users');
  demandPageSize(args.first);
  const after = !isGiven(args.after) ? null : nameOf(args.after);
  const found = await parts.accounts.users(actor.tenantId, args.first + 1, after);
  const nodes = found.slice(0, args.first).map(userObject);
  const cursors = nodes.map(({ name }) => cursorOfName(name));
  const page = { cursors, hasNext: found.length > args.first };
  return connection(nodes, page, () => parts.accounts.countUsers(actor.tenantId));
}

const cursorOfName = (name: string): string => Buffer.from(`users:${name}`).toString('base64url');

function nameOf(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!text.startsWith('users:')) throw failure('INVALID_CURSOR', 'this is no cursor of this list');
  return text.slice('users:'.length);
}

/** Payloads that name a lab open it only when it is asked for. */
const lab = ({ labId }: { readonly labId?: LabId }, _: unknown, context: ResolverContext) =>
  labId === undefined ? null : openLabObject(labId, { kind: 'now', atLeast: null }, context);

export const userResolvers = (parts: ResolverParts) => ({
  User: {
    id: userNodeId,
    userId: ({ id }: User) => id,
    tokens: (user: User, _: unknown, { request: { actor } }: ResolverContext) =>
      actor.id === user.id || isAdministrator(actor)
        ? parts.accounts.tokens(actor.tenantId, user.id).then((all) => all.map(tokenObject))
        : null,
  },
  LabMemberAddPayload: { lab },
  LabMemberRemovePayload: { lab },
});
