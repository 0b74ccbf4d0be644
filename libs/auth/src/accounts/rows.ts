import type { Membership, Role, Scope, Token, User } from '@netfold/application';

export const userColumns =
  'actor_id, tenant_id, name, role, is_disabled, extract(epoch from created_at) * 1000 as created_at';

export type UserRow = {
  readonly actor_id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly role: Role;
  readonly is_disabled: boolean;
  readonly created_at: string;
};

export const userOf = (row: UserRow): User => ({
  id: row.actor_id,
  tenantId: row.tenant_id,
  name: row.name,
  role: row.role,
  createdAt: Math.round(Number(row.created_at)),
  isDisabled: row.is_disabled,
});

export const tokenColumns =
  'token_id, actor_id, name, scopes, lab_ids, created_at, expires_at, last_used_at, revoked_at';

export type TokenRow = {
  readonly token_id: string;
  readonly actor_id: string;
  readonly name: string;
  readonly scopes: readonly Scope[] | null;
  readonly lab_ids: readonly string[] | null;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
};

export const tokenOf = (row: TokenRow): Token => ({
  id: row.token_id,
  userId: row.actor_id,
  name: row.name,
  scopes: row.scopes,
  labIds: row.lab_ids,
  createdAt: row.created_at.getTime(),
  expiresAt: row.expires_at.getTime(),
  lastUsedAt: row.last_used_at?.getTime() ?? null,
  revokedAt: row.revoked_at?.getTime() ?? null,
});

export type MemberRow = UserRow & { readonly membership: NonNullable<Membership> };
