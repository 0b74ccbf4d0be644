import type { Actor, Member, Membership, Memberships } from '@netfold/application';
import type { ActorId, LabId, TenantId } from '@netfold/contracts';
import type { Pool } from 'pg';
import { userColumns, userOf } from './rows.ts';
import type { MemberRow } from './rows.ts';
import { TenantConnection } from './tenant-connection.ts';

/** Who belongs to which lab, in schema `account`. */
export class PostgresMemberships implements Memberships {
  readonly #pool: Pool;
  readonly #connection: TenantConnection;

  /** @param pool connections of the role `netfold_writer` */
  constructor(pool: Pool) {
    this.#pool = pool;
    this.#connection = new TenantConnection(pool);
  }

  /** Asked by every command of a student, hence in one round trip. */
  async membershipOf({ tenantId, id }: Actor, labId: LabId): Promise<Membership> {
    const { rows } = await this.#pool.query<{ readonly membership: Membership }>({
      name: 'membership_of',
      text: 'select account.membership_of($1, $2, $3) as membership',
      values: [tenantId, labId, id],
    });
    return rows[0]?.membership ?? null;
  }

  async labIdsOf({ tenantId, id }: Actor): Promise<readonly LabId[]> {
    const text = 'select lab_id from account.lab_member where actor_id = $1 order by lab_id';
    const rows = await this.#connection.rows<{ readonly lab_id: LabId }>(tenantId, text, [id]);
    return rows.map((row) => row.lab_id);
  }

  async membersOf(tenantId: TenantId, labId: LabId): Promise<readonly Member[]> {
    const text =
      `select ${userColumns}, membership from account.actor` +
      ' join account.lab_member using (tenant_id, actor_id) where lab_id = $1 order by name';
    const rows = await this.#connection.rows<MemberRow>(tenantId, text, [labId]);
    return rows.map((row) => ({ user: userOf(row), membership: row.membership }));
  }

  async put(
    tenantId: TenantId,
    labId: LabId,
    userId: ActorId,
    membership: NonNullable<Membership>,
  ): Promise<void> {
    const text =
      'insert into account.lab_member (tenant_id, lab_id, actor_id, membership)' +
      ' values ($1, $2, $3, $4) on conflict (tenant_id, lab_id, actor_id)' +
      ' do update set membership = excluded.membership';
    await this.#connection.rows(tenantId, text, [tenantId, labId, userId, membership]);
  }

  async claim(tenantId: TenantId, labId: LabId, userId: ActorId): Promise<void> {
    const text =
      'insert into account.lab_member (tenant_id, lab_id, actor_id, membership)' +
      " select $1, $2, $3, 'owner' where not exists (select from account.lab_member" +
      " where lab_id = $2 and membership = 'owner') on conflict do nothing";
    await this.#connection.rows(tenantId, text, [tenantId, labId, userId]);
  }

  async remove(tenantId: TenantId, labId: LabId, userId: ActorId): Promise<boolean> {
    const text =
      'delete from account.lab_member where lab_id = $1 and actor_id = $2 returning lab_id';
    const rows = await this.#connection.rows(tenantId, text, [labId, userId]);
    return rows.length > 0;
  }
}
