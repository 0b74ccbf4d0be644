import { can } from '@netfold/application';
import type { AccessRequest, Actor, Done, User } from '@netfold/application';
import type { LabId, Refusal } from '@netfold/contracts';
import type { z } from 'zod';
import { isGiven } from '../given.ts';
import {
  memberInput,
  tokenInput,
  tokenReference,
  userInput,
  userReference,
} from '../input/account-input.ts';
import { labIdOf } from './lab-reference.ts';
import type { ResolverContext, ResolverParts } from './parts.ts';
import type { UserError } from './user-error.ts';
import { forbidden, labNotFound, userErrorOf, userErrorsOfInput } from './user-error.ts';
import { tokenObject, userObject } from './user.ts';

type Input = { readonly input: unknown };
type Payload = { readonly userErrors: readonly UserError[] } & Readonly<Record<string, unknown>>;
type Mutation = (root: unknown, args: Input, context: ResolverContext) => Promise<Payload>;

const dayMs = 24 * 60 * 60 * 1000;
const refused = (...userErrors: readonly UserError[]): Payload => ({ userErrors });

/** Parses the input and asks `can`; only then does anything. */
const guarded =
  <T>(
    field: string,
    schema: z.ZodType<T>,
    act: (actor: Actor, wish: T) => Promise<Payload>,
  ): Mutation =>
  async (_, { input }, { request: { actor } }) => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) return refused(...userErrorsOfInput(parsed.error));
    const asked: AccessRequest = { kind: 'graphql', field: `Mutation.${field}`, labId: null };
    if (!can(actor, asked, null)) return refused(forbidden);
    return act(actor, parsed.data);
  };

function answer<T>(
  outcome: Done<T>,
  show: (value: T) => Readonly<Record<string, unknown>>,
): Payload {
  if (outcome.kind === 'refused') return refused(userErrorOf(outcome.refusal));
  return { ...show(outcome.value), userErrors: [] };
}

/** Users, tokens and members. */
export function accountMutations(parts: ResolverParts): Readonly<Record<string, Mutation>> {
  const { administration } = parts;
  return {
    labMemberAdd: (_, { input }, context) =>
      changeMember(parts, context, { field: 'labMemberAdd', input }),
    labMemberRemove: (_, { input }, context) =>
      changeMember(parts, context, { field: 'labMemberRemove', input }),
    userCreate: guarded('userCreate', userInput, async (actor, { name, role }) =>
      answer(await administration.createUser(actor, name, role), (user) => ({
        user: userObject(user),
      })),
    ),
    userDisable: guarded('userDisable', userReference, async (actor, wish) => {
      const user = await findUser(parts, actor, wish.user);
      if (user === null) return refused(userErrorOf(noUser(wish.user)));
      const outcome = await administration.disableUser(actor, user.id);
      return answer(outcome, (disabled) => ({ user: userObject(disabled) }));
    }),
    tokenCreate: guarded('tokenCreate', tokenInput, (actor, wish) =>
      createToken(parts, actor, wish),
    ),
    tokenRevoke: guarded('tokenRevoke', tokenReference, async (actor, { tokenId }) =>
      answer(await administration.revokeToken(actor, tokenId), (token) => ({
        token: tokenObject(token),
      })),
    ),
  };
}

async function createToken(
  parts: ResolverParts,
  actor: Actor,
  wish: z.infer<typeof tokenInput>,
): Promise<Payload> {
  const user = !isGiven(wish.user) ? null : await findUser(parts, actor, wish.user);
  if (isGiven(wish.user) && user === null) return refused(userErrorOf(noUser(wish.user)));
  const labIds = !isGiven(wish.labs) ? null : await findLabs(parts, actor, wish.labs);
  const missing = labIds?.indexOf(null) ?? -1;
  if (missing >= 0) return refused(labNotFound(wish.labs?.[missing] ?? ''));
  const outcome = await parts.administration.createToken(actor, {
    userId: user?.id ?? null,
    name: wish.name,
    scopes: wish.scopes ?? null,
    labIds: labIds?.filter((labId) => labId !== null) ?? null,
    lifeMs: wish.days * dayMs,
  });
  return answer(outcome, ({ token, secret }) => ({ token: tokenObject(token), secret }));
}

/** `null` in the place of a lab that there is not, or not for the actor. */
const findLabs = (
  parts: ResolverParts,
  actor: Actor,
  references: readonly string[],
): Promise<readonly (LabId | null)[]> =>
  Promise.all(
    references.map(async (reference) => {
      const labId = await labIdOf(parts, actor, reference);
      if (labId === null) return null;
      const request = { kind: 'graphql', field: 'Query.lab', labId } as const;
      return (await parts.access.isAllowed(actor, request)) ? labId : null;
    }),
  );

async function changeMember(
  parts: ResolverParts,
  context: ResolverContext,
  { field, input }: { readonly field: 'labMemberAdd' | 'labMemberRemove'; readonly input: unknown },
): Promise<Payload> {
  const { actor } = context.request;
  const parsed = memberInput.safeParse(input);
  if (!parsed.success) return refused(...userErrorsOfInput(parsed.error));
  const { lab, user: reference, membership } = parsed.data;
  const labId = await labIdOf(parts, actor, lab);
  const asked = (name: string): AccessRequest => ({ kind: 'graphql', field: name, labId });
  if (labId === null || !(await parts.access.isAllowed(actor, asked('Query.lab')))) {
    return refused(labNotFound(lab));
  }
  if (!(await parts.access.isAllowed(actor, asked(`Mutation.${field}`)))) return refused(forbidden);
  const user = await findUser(parts, actor, reference);
  if (user === null) return refused(userErrorOf(noUser(reference)));
  const outcome =
    field === 'labMemberAdd'
      ? await parts.administration.putMember(actor, labId, user.id, membership ?? 'member')
      : await parts.administration.removeMember(actor, labId, user.id);
  return answer(outcome, (member) => ({
    user: userObject(member),
    labId,
  }));
}

/** By id, else by name, within the tenant. */
const findUser = async (
  { accounts }: ResolverParts,
  actor: Actor,
  reference: string,
): Promise<User | null> =>
  (await accounts.findUser(actor.tenantId, reference)) ??
  (await accounts.findUserByName(actor.tenantId, reference));

const noUser = (reference: string): Refusal => ({
  class: 'notFound',
  code: 'USER_NOT_FOUND',
  message: `there is no user \`${reference}\``,
  fix: 'list the users with `netfold user ls`',
  field: ['user'],
});
