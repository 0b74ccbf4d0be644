import type { ActorId, LabId, Refusal } from '@netfold/contracts';
import type { Actor, Membership, Role, Scope } from '../actor.ts';
import type { Accounts, Memberships, Token, User } from './accounts.ts';
import type { Clock, Quotas } from './quotas.ts';

export type Done<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type AccountAdministrationParts = {
  readonly accounts: Accounts;
  readonly memberships: Memberships;
  readonly quotas: Quotas;
  readonly clock: Clock;
};

export const userNameMaxLength = 64;
export const tokenNameMaxLength = 64;
export const tokenLabsMax = 50;
const dayMs = 24 * 60 * 60 * 1000;
export const tokenLifeDefaultMs = 90 * dayMs;
/** Nobody needs a token that outlives a school year; a service renews its own. */
export const tokenLifeMaxMs = 366 * dayMs;

/** Whom a role may make, disable, and give tokens to, besides itself. */
const rolesBelow: Readonly<Record<Role, readonly Role[]>> = {
  operator: ['operator', 'instructor', 'student', 'automation', 'observer'],
  instructor: ['student', 'automation', 'observer'],
  student: [],
  automation: [],
  observer: [],
};

export type TokenWish = {
  /** `null`: the actor's own. */
  readonly userId: ActorId | null;
  readonly name: string;
  readonly scopes: readonly Scope[] | null;
  readonly labIds: readonly LabId[] | null;
  /** `null`: `tokenLifeDefaultMs`. */
  readonly lifeMs: number | null;
};

/**
 * Users, tokens and members. The face has asked `can` before; here stand the rules
 * that hang on whom it is about.
 */
export class AccountAdministration {
  readonly #parts: AccountAdministrationParts;

  constructor(parts: AccountAdministrationParts) {
    this.#parts = parts;
  }

  async createUser(actor: Actor, name: string, role: Role): Promise<Done<User>> {
    const { accounts, quotas } = this.#parts;
    if (!rolesBelow[actor.role].includes(role)) return refuse(roleTooHigh(actor.role, role));
    const used = await accounts.countUsers(actor.tenantId);
    if (used >= quotas.usersPerTenant) return refuse(quota('usersPerTenant', quotas, used));
    const user = await accounts.addUser(actor.tenantId, name, role);
    return user === null ? refuse(nameTaken(name)) : done(user);
  }

  /** Revokes all that the user holds: a disabled user's tokens open nothing. */
  async disableUser(actor: Actor, id: ActorId): Promise<Done<User>> {
    const { accounts } = this.#parts;
    const user = await accounts.findUser(actor.tenantId, id);
    if (user === null || !rolesBelow[actor.role].includes(user.role)) return refuse(noUser(id));
    if (user.id === actor.id) return refuse(notYourself);
    return done((await accounts.disableUser(actor.tenantId, id)) ?? user);
  }

  async createToken(
    actor: Actor,
    wish: TokenWish,
  ): Promise<Done<{ readonly token: Token; readonly secret: string }>> {
    const { accounts, quotas, clock } = this.#parts;
    const user = await this.#holder(actor, wish.userId ?? actor.id);
    if (user === null) return refuse(noUser(wish.userId ?? actor.id));
    const used = await accounts.countTokens(actor.tenantId);
    if (used >= quotas.tokensPerTenant) return refuse(quota('tokensPerTenant', quotas, used));
    const problem = refusalOfWish(actor, user, wish);
    if (problem !== null) return refuse(problem);
    const expiresAt = clock() + (wish.lifeMs ?? tokenLifeDefaultMs);
    const { name, scopes, labIds } = wish;
    const userId = user.id;
    return done(
      await accounts.addToken(actor.tenantId, { userId, name, scopes, labIds, expiresAt }),
    );
  }

  async revokeToken(actor: Actor, id: string): Promise<Done<Token>> {
    const { accounts } = this.#parts;
    const token = await accounts.findToken(actor.tenantId, id);
    const holder = token === null ? null : await this.#holder(actor, token.userId);
    if (token === null || holder === null) return refuse(noToken(id));
    return done((await accounts.revokeToken(actor.tenantId, id)) ?? token);
  }

  async putMember(
    actor: Actor,
    labId: LabId,
    userId: ActorId,
    membership: NonNullable<Membership>,
  ): Promise<Done<User>> {
    const user = await this.#parts.accounts.findUser(actor.tenantId, userId);
    if (user === null || user.isDisabled) return refuse(noUser(userId));
    if (await this.#isLastOwner(actor, labId, userId, membership)) return refuse(lastOwner);
    await this.#parts.memberships.put(actor.tenantId, labId, userId, membership);
    return done(user);
  }

  async removeMember(actor: Actor, labId: LabId, userId: ActorId): Promise<Done<User>> {
    const user = await this.#parts.accounts.findUser(actor.tenantId, userId);
    if (user === null) return refuse(noUser(userId));
    if (await this.#isLastOwner(actor, labId, userId, null)) return refuse(lastOwner);
    await this.#parts.memberships.remove(actor.tenantId, labId, userId);
    return done(user);
  }

  /** The user when the actor may hold tokens for them: oneself, or somebody below. */
  async #holder(actor: Actor, userId: ActorId): Promise<User | null> {
    const user = await this.#parts.accounts.findUser(actor.tenantId, userId);
    if (user === null || user.isDisabled) return null;
    const mayHold = user.id === actor.id || rolesBelow[actor.role].includes(user.role);
    return mayHold ? user : null;
  }

  /** A lab must keep somebody who can remove it. */
  async #isLastOwner(
    actor: Actor,
    labId: LabId,
    userId: ActorId,
    next: Membership,
  ): Promise<boolean> {
    if (next === 'owner') return false;
    const members = await this.#parts.memberships.membersOf(actor.tenantId, labId);
    const owners = members.filter((member) => member.membership === 'owner');
    return owners.length === 1 && owners[0]?.user.id === userId;
  }
}

function refusalOfWish(actor: Actor, user: User, wish: TokenWish): Refusal | null {
  const lifeMs = wish.lifeMs ?? tokenLifeDefaultMs;
  if (lifeMs <= 0 || lifeMs > tokenLifeMaxMs) return lifeTooLong;
  if (user.role === 'automation' && wish.scopes === null) return scopesMissing;
  if (!isWithin(wish.scopes, actor.scopes)) return widerThanYours;
  if (!isWithin(wish.labIds, actor.labIds)) return widerThanYours;
  return null;
}

/** `null` is everything: a token never gives more than the one it was made with. */
function isWithin(wanted: readonly string[] | null, held: readonly string[] | null): boolean {
  if (held === null) return true;
  return wanted !== null && wanted.every((one) => held.includes(one));
}

const done = <T>(value: T): Done<T> => ({ kind: 'done', value });
const refuse = (refusal: Refusal): Done<never> => ({ kind: 'refused', refusal });

const noUser = (id: string): Refusal => ({
  class: 'notFound',
  code: 'USER_NOT_FOUND',
  message: `there is no user \`${id}\``,
  fix: 'list the users with `netfold user ls`',
});

const noToken = (id: string): Refusal => ({
  class: 'notFound',
  code: 'TOKEN_NOT_FOUND',
  message: `there is no token \`${id}\``,
  fix: 'list the tokens with `netfold token ls`',
});

const nameTaken = (name: string): Refusal => ({
  class: 'conflict',
  code: 'USER_NAME_TAKEN',
  message: `there is a user \`${name}\` already`,
  fix: 'choose another name',
  field: ['name'],
});

const roleTooHigh = (own: Role, wanted: Role): Refusal => ({
  class: 'forbidden',
  code: 'ROLE_TOO_HIGH',
  message: `a user with role \`${own}\` cannot make one with role \`${wanted}\``,
  fix: 'ask an operator',
  field: ['role'],
});

const quota = (name: 'usersPerTenant' | 'tokensPerTenant', all: Quotas, used: number): Refusal => ({
  class: 'forbidden',
  code: 'QUOTA_EXCEEDED',
  message: `the quota ${name} is used up (${used} of ${all[name]})`,
  fix: 'remove what is no longer needed, or ask an operator for more',
  data: { quota: name, limit: all[name], used },
});

const lifeTooLong: Refusal = {
  class: 'invalidParameter',
  code: 'TOKEN_LIFE_INVALID',
  message: 'the life of a token is more than nothing and at most 366 days',
  fix: 'leave it away for 90 days',
  field: ['days'],
};

const scopesMissing: Refusal = {
  class: 'invalidParameter',
  code: 'TOKEN_SCOPES_MISSING',
  message: 'a token of an automation needs scopes',
  fix: 'name what it is for, such as LAB_READ and LAB_WRITE',
  field: ['scopes'],
};

const widerThanYours: Refusal = {
  class: 'forbidden',
  code: 'TOKEN_TOO_WIDE',
  message: 'a token cannot reach further than the one it is made with',
  fix: 'name scopes and labs that your own token has',
};

const notYourself: Refusal = {
  class: 'conflict',
  code: 'CANNOT_DISABLE_YOURSELF',
  message: 'you cannot disable yourself',
  fix: 'let another operator do it',
};

const lastOwner: Refusal = {
  class: 'conflict',
  code: 'LAST_OWNER',
  message: 'a lab keeps at least one owner',
  fix: 'make somebody else an owner first',
};
