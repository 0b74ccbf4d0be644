import type { ActorId, LabId, TenantId } from '@netfold/contracts';
import type { Actor, Membership, Role, Scope } from '../actor.ts';

/** Somebody, or some program, that may hold tokens. */
export type User = {
  readonly id: ActorId;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly role: Role;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly isDisabled: boolean;
};

/** A credential as it may be shown: the secret itself is shown once, when it is made. */
export type Token = {
  readonly id: string;
  readonly userId: ActorId;
  readonly name: string;
  /** `null`: everything that the role may do. */
  readonly scopes: readonly Scope[] | null;
  /** `null`: every lab that the user may see. */
  readonly labIds: readonly LabId[] | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
};

export type NewToken = Pick<Token, 'userId' | 'name' | 'scopes' | 'labIds' | 'expiresAt'>;

export type Member = { readonly user: User; readonly membership: NonNullable<Membership> };

/** Who belongs to which lab. */
export interface Memberships {
  membershipOf(actor: Actor, labId: LabId): Promise<Membership>;
  /** Labs in which the actor has a membership, in order of their ids. */
  labIdsOf(actor: Actor): Promise<readonly LabId[]>;
  membersOf(tenantId: TenantId, labId: LabId): Promise<readonly Member[]>;
  /** Makes the user a member, or changes what kind of member. */
  put(
    tenantId: TenantId,
    labId: LabId,
    userId: ActorId,
    membership: NonNullable<Membership>,
  ): Promise<void>;
  /** The first owner of a lab: leaves a lab that has one alone. */
  claim(tenantId: TenantId, labId: LabId, userId: ActorId): Promise<void>;
  remove(tenantId: TenantId, labId: LabId, userId: ActorId): Promise<boolean>;
}

/** Users and their tokens, each of one tenant. */
export interface Accounts {
  findUser(tenantId: TenantId, id: ActorId): Promise<User | null>;
  findUserByName(tenantId: TenantId, name: string): Promise<User | null>;
  /** In order of their names, after the given one. */
  users(tenantId: TenantId, first: number, afterName: string | null): Promise<readonly User[]>;
  countUsers(tenantId: TenantId): Promise<number>;
  /** `null` when the name is taken. */
  addUser(tenantId: TenantId, name: string, role: Role): Promise<User | null>;
  disableUser(tenantId: TenantId, id: ActorId): Promise<User | null>;

  findToken(tenantId: TenantId, id: string): Promise<Token | null>;
  /** Newest first. */
  tokens(tenantId: TenantId, userId: ActorId): Promise<readonly Token[]>;
  /** Tokens that can still be used. */
  countTokens(tenantId: TenantId): Promise<number>;
  /** @returns the token and its secret, which is stored nowhere */
  addToken(
    tenantId: TenantId,
    token: NewToken,
  ): Promise<{ readonly token: Token; readonly secret: string }>;
  revokeToken(tenantId: TenantId, id: string): Promise<Token | null>;
}

/** Turns the credential of a request into its actor. */
export interface Authenticator {
  /**
   * @param header  `Authorization`, e.g. `Bearer nf_…`
   * @returns `null` for anything but a valid credential: the reason is nobody's business
   */
  authenticate(header: string | undefined): Promise<Actor | null>;
}
