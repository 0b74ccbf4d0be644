import { randomBytes } from 'node:crypto';
import type { Accounts, NewToken, Role, Token, User } from '@netfold/application';
import type { ActorId, TenantId } from '@netfold/contracts';
import type { Pool } from 'pg';
import { hashOfSecret, newSecret } from '../tokens/secret.ts';
import { tokenColumns, tokenOf, userColumns, userOf } from './rows.ts';
import type { TokenRow, UserRow } from './rows.ts';
import { TenantConnection } from './tenant-connection.ts';

const idBytes = 8;
const newId = (prefix: string): string => `${prefix}-${randomBytes(idBytes).toString('hex')}`;

/** Users and tokens in schema `account`. */
export class PostgresAccounts implements Accounts {
  readonly #connection: TenantConnection;

  /** @param pool connections of the role `netfold_writer` */
  constructor(pool: Pool) {
    this.#connection = new TenantConnection(pool);
  }

  findUser(tenantId: TenantId, id: ActorId): Promise<User | null> {
    return this.#user(tenantId, 'where actor_id = $1', [id]);
  }

  findUserByName(tenantId: TenantId, name: string): Promise<User | null> {
    return this.#user(tenantId, 'where name = $1', [name]);
  }

  async users(
    tenantId: TenantId,
    first: number,
    afterName: string | null,
  ): Promise<readonly User[]> {
    const text =
      `select ${userColumns} from account.actor` +
      ' where $2::text is null or name > $2 order by name limit $1';
    const rows = await this.#connection.rows<UserRow>(tenantId, text, [first, afterName]);
    return rows.map(userOf);
  }

  async countUsers(tenantId: TenantId): Promise<number> {
    return this.#count(tenantId, 'select count(*)::integer as n from account.actor');
  }

  async addUser(tenantId: TenantId, name: string, role: Role): Promise<User | null> {
    const text =
      'insert into account.actor (tenant_id, actor_id, name, role) values ($1, $2, $3, $4)' +
      ` on conflict (tenant_id, name) do nothing returning ${userColumns}`;
    const values = [tenantId, newId('user'), name, role];
    const [row] = await this.#connection.rows<UserRow>(tenantId, text, values);
    return row === undefined ? null : userOf(row);
  }

  disableUser(tenantId: TenantId, id: ActorId): Promise<User | null> {
    return this.#connection.transaction(tenantId, async (client) => {
      const text =
        'update account.actor set is_disabled = true where actor_id = $1' +
        ` returning ${userColumns}`;
      const { rows } = await client.query<UserRow>(text, [id]);
      await client.query(
        'update account.token set revoked_at = clock_timestamp()' +
          ' where actor_id = $1 and revoked_at is null',
        [id],
      );
      const [row] = rows;
      return row === undefined ? null : userOf(row);
    });
  }

  async findToken(tenantId: TenantId, id: string): Promise<Token | null> {
    const text = `select ${tokenColumns} from account.token where token_id = $1`;
    const [row] = await this.#connection.rows<TokenRow>(tenantId, text, [id]);
    return row === undefined ? null : tokenOf(row);
  }

  async tokens(tenantId: TenantId, userId: ActorId): Promise<readonly Token[]> {
    const text =
      `select ${tokenColumns} from account.token where actor_id = $1` +
      ' order by created_at desc, token_id';
    const rows = await this.#connection.rows<TokenRow>(tenantId, text, [userId]);
    return rows.map(tokenOf);
  }

  countTokens(tenantId: TenantId): Promise<number> {
    return this.#count(
      tenantId,
      'select count(*)::integer as n from account.token' +
        ' where revoked_at is null and expires_at > clock_timestamp()',
    );
  }

  async addToken(
    tenantId: TenantId,
    token: NewToken,
  ): Promise<{ readonly token: Token; readonly secret: string }> {
    const secret = newSecret();
    const text =
      'insert into account.token (tenant_id, token_id, actor_id, name, secret_hash, scopes,' +
      ` lab_ids, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${tokenColumns}`;
    const [row] = await this.#connection.rows<TokenRow>(tenantId, text, [
      tenantId,
      newId('token'),
      token.userId,
      token.name,
      hashOfSecret(secret),
      token.scopes,
      token.labIds,
      new Date(token.expiresAt),
    ]);
    if (row === undefined) throw new Error('a token was not stored');
    return { token: tokenOf(row), secret };
  }

  async revokeToken(tenantId: TenantId, id: string): Promise<Token | null> {
    const text =
      'update account.token set revoked_at = coalesce(revoked_at, clock_timestamp())' +
      ` where token_id = $1 returning ${tokenColumns}`;
    const [row] = await this.#connection.rows<TokenRow>(tenantId, text, [id]);
    return row === undefined ? null : tokenOf(row);
  }

  async #user(
    tenantId: TenantId,
    where: string,
    values: readonly unknown[],
  ): Promise<User | null> {
    const text = `select ${userColumns} from account.actor ${where}`;
    const [row] = await this.#connection.rows<UserRow>(tenantId, text, values);
    return row === undefined ? null : userOf(row);
  }

  async #count(tenantId: TenantId, text: string): Promise<number> {
    const [row] = await this.#connection.rows<{ readonly n: number }>(tenantId, text, []);
    return row?.n ?? 0;
  }
}
