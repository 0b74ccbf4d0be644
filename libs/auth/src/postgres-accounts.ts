import { randomBytes } from 'node:crypto';
import type { Accounts, Clock, NewToken, Role, Token, User } from '@netfold/application';
import type { ActorId, TenantId } from '@netfold/contracts';
import type { PoolClient } from 'pg';
import type { AccountDatabase } from './account-database.ts';
import { hashOf, newSecret } from './secret.ts';

const userColumns = 'tenant_id, actor_id, name, role, created_at, disabled_at';
const tokenColumns =
  'token_id, actor_id, name, scopes, lab_ids, created_at, expires_at, last_used_at, revoked_at';

type UserRow = {
  readonly tenant_id: string;
  readonly actor_id: string;
  readonly name: string;
  readonly role: Role;
  readonly created_at: Date;
  readonly disabled_at: Date | null;
};

type TokenRow = {
  readonly token_id: string;
  readonly actor_id: string;
  readonly name: string;
  readonly scopes: Token['scopes'];
  readonly lab_ids: Token['labIds'];
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
};

const userOf = (row: UserRow): User => ({
  id: row.actor_id,
  tenantId: row.tenant_id,
  name: row.name,
  role: row.role,
  createdAt: row.created_at.getTime(),
  isDisabled: row.disabled_at !== null,
});

const tokenOf = (row: TokenRow): Token => ({
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

const newId = (kind: string): string => `${kind}-${randomBytes(8).toString('hex')}`;

/** Users and tokens in schema `account`. */
export class PostgresAccounts implements Accounts {
  readonly #database: AccountDatabase;
  readonly #clock: Clock;
  /** Called when a credential may have lost its rights. */
  readonly #onRevoked: () => void;

  constructor(database: AccountDatabase, clock: Clock, onRevoked: () => void) {
    this.#database = database;
    this.#clock = clock;
    this.#onRevoked = onRevoked;
  }

  findUser(tenantId: TenantId, id: ActorId): Promise<User | null> {
    return this.#user(tenantId, `select ${userColumns} from account.actor where actor_id = $1`, [
      id,
    ]);
  }

  findUserByName(tenantId: TenantId, name: string): Promise<User | null> {
    return this.#user(tenantId, `select ${userColumns} from account.actor where name = $1`, [name]);
  }

  users(tenantId: TenantId, first: number, afterName: string | null): Promise<readonly User[]> {
    const text =
      `select ${userColumns} from account.actor` +
      ' where ($2::text is null or name > $2) order by name limit $1';
    return this.#database.inTenant(tenantId, async (client) => {
      const { rows } = await client.query<UserRow>(text, [first, afterName]);
      return rows.map(userOf);
    });
  }

  countUsers(tenantId: TenantId): Promise<number> {
    return this.#count(tenantId, 'select count(*) as count from account.actor', []);
  }

  addUser(tenantId: TenantId, name: string, role: Role): Promise<User | null> {
    const now = new Date(this.#clock());
    return this.#database.inTenant(tenantId, async (client) => {
      await addTenant(client, tenantId, now);
      const { rows } = await client.query<UserRow>(
        'insert into account.actor (tenant_id, actor_id, name, role, created_at)' +
          ' values ($1, $2, $3, $4, $5) on conflict (tenant_id, name) do nothing' +
          ` returning ${userColumns}`,
        [tenantId, newId('user'), name, role, now],
      );
      return rows[0] === undefined ? null : userOf(rows[0]);
    });
  }

  async disableUser(tenantId: TenantId, id: ActorId): Promise<User | null> {
    const now = new Date(this.#clock());
    const user = await this.#database.inTenant(tenantId, async (client) => {
      await client.query(
        'update account.token set revoked_at = coalesce(revoked_at, $2) where actor_id = $1',
        [id, now],
      );
      const { rows } = await client.query<UserRow>(
        'update account.actor set disabled_at = coalesce(disabled_at, $2) where actor_id = $1' +
          ` returning ${userColumns}`,
        [id, now],
      );
      return rows[0] === undefined ? null : userOf(rows[0]);
    });
    this.#onRevoked();
    return user;
  }

  findToken(tenantId: TenantId, id: string): Promise<Token | null> {
    return this.#database.inTenant(tenantId, async (client) => {
      const text = `select ${tokenColumns} from account.token where token_id = $1`;
      const { rows } = await client.query<TokenRow>(text, [id]);
      return rows[0] === undefined ? null : tokenOf(rows[0]);
    });
  }

  tokens(tenantId: TenantId, userId: ActorId): Promise<readonly Token[]> {
    return this.#database.inTenant(tenantId, async (client) => {
      const text =
        `select ${tokenColumns} from account.token` +
        ' where actor_id = $1 order by created_at desc, token_id limit 1000';
      const { rows } = await client.query<TokenRow>(text, [userId]);
      return rows.map(tokenOf);
    });
  }

  countTokens(tenantId: TenantId): Promise<number> {
    const text =
      'select count(*) as count from account.token where revoked_at is null and expires_at > $1';
    return this.#count(tenantId, text, [new Date(this.#clock())]);
  }

  async addToken(
    tenantId: TenantId,
    wish: NewToken,
  ): Promise<{ readonly token: Token; readonly secret: string }> {
    const secret = newSecret();
    const token = await this.#database.inTenant(tenantId, async (client) => {
      const { rows } = await client.query<TokenRow>(
        'insert into account.token (tenant_id, token_id, actor_id, name, secret_hash, scopes,' +
          ' lab_ids, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)' +
          ` returning ${tokenColumns}`,
        [
          tenantId,
          newId('token'),
          wish.userId,
          wish.name,
          hashOf(secret),
          wish.scopes,
          wish.labIds,
          new Date(this.#clock()),
          new Date(wish.expiresAt),
        ],
      );
      return rows[0];
    });
    if (token === undefined) throw new Error('a token was inserted and did not come back');
    return { token: tokenOf(token), secret };
  }

  async revokeToken(tenantId: TenantId, id: string): Promise<Token | null> {
    const token = await this.#database.inTenant(tenantId, async (client) => {
      const { rows } = await client.query<TokenRow>(
        'update account.token set revoked_at = coalesce(revoked_at, $2) where token_id = $1' +
          ` returning ${tokenColumns}`,
        [id, new Date(this.#clock())],
      );
      return rows[0] === undefined ? null : tokenOf(rows[0]);
    });
    this.#onRevoked();
    return token;
  }

  #user(tenantId: TenantId, text: string, values: readonly unknown[]): Promise<User | null> {
    return this.#database.inTenant(tenantId, async (client) => {
      const { rows } = await client.query<UserRow>(text, [...values]);
      return rows[0] === undefined ? null : userOf(rows[0]);
    });
  }

  #count(tenantId: TenantId, text: string, values: readonly unknown[]): Promise<number> {
    return this.#database.inTenant(tenantId, async (client) => {
      const { rows } = await client.query<{ count: string }>(text, [...values]);
      return Number(rows[0]?.count ?? 0);
    });
  }
}

/** A tenant is there from its first user on. */
export async function addTenant(client: PoolClient, tenantId: TenantId, now: Date): Promise<void> {
  await client.query(
    'insert into account.tenant (tenant_id, created_at) values ($1, $2) on conflict do nothing',
    [tenantId, now],
  );
}
