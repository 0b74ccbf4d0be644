import type { Actor, Member, Membership, Memberships, Role } from '@netfold/application';
import type { ActorId, LabId, TenantId } from '@netfold/contracts';
import type { AccountDatabase } from './account-database.ts';

type MemberRow = {
  readonly actor_id: string;
  readonly name: string;
  readonly role: Role;
  readonly created_at: Date;
  readonly disabled_at: Date | null;
  readonly membership: NonNullable<Membership>;
};

/** Who belongs to which lab, in schema `account`. */
export class PostgresMemberships implements Memberships {
  readonly #database: AccountDatabase;

  constructor(database: AccountDatabase) {
    this.#database = database;
  }

  async membershipOf(actor: Actor, labId: LabId): Promise<Membership> {
    const found = await this.#database.call<{ membership: Membership }>(
      'membership_of',
      'select account.membership_of($1, $2, $3) as membership',
      [actor.tenantId, labId, actor.id],
    );
    return found?.membership ?? null;
  }

  labIdsOf(actor: Actor): Promise<readonly LabId[]> {
    return this.#database.inTenant(actor.tenantId, async (client) => {
      const text = 'select lab_id from account.lab_member where actor_id = $1 order by lab_id';
      const { rows } = await client.query<{ lab_id: LabId }>(text, [actor.id]);
      return rows.map((row) => row.lab_id);
    });
  }

  membersOf(tenantId: TenantId, labId: LabId): Promise<readonly Member[]> {
    return this.#database.inTenant(tenantId, async (client) => {
      const { rows } = await client.query<MemberRow>(
        'select a.actor_id, a.name, a.role, a.created_at, a.disabled_at, m.membership' +
          ' from account.lab_member m join account.actor a using (tenant_id, actor_id)' +
          ' where m.lab_id = $1 order by a.name',
        [labId],
      );
      return rows.map((row) => ({
        user: {
          id: row.actor_id,
          tenantId,
          name: row.name,
          role: row.role,
          createdAt: row.created_at.getTime(),
          isDisabled: row.disabled_at !== null,
        },
        membership: row.membership,
      }));
    });
  }

  async put(
    tenantId: TenantId,
    labId: LabId,
    userId: ActorId,
    membership: NonNullable<Membership>,
  ): Promise<void> {
    await this.#database.inTenant(tenantId, (client) =>
      client.query(
        'insert into account.lab_member (tenant_id, lab_id, actor_id, membership)' +
          ' values ($1, $2, $3, $4)' +
          ' on conflict (tenant_id, lab_id, actor_id)' +
          ' do update set membership = excluded.membership',
        [tenantId, labId, userId, membership],
      ),
    );
  }

  /** Two claims of one lab at the same moment: the second waits and finds an owner. */
  async claim(tenantId: TenantId, labId: LabId, userId: ActorId): Promise<void> {
    await this.#database.inTenant(tenantId, async (client) => {
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [labId]);
      await client.query(
        'insert into account.lab_member (tenant_id, lab_id, actor_id, membership)' +
          " select $1, $2, $3, 'owner' where not exists (select from account.lab_member" +
          " where lab_id = $2 and membership = 'owner') on conflict do nothing",
        [tenantId, labId, userId],
      );
    });
  }

  remove(tenantId: TenantId, labId: LabId, userId: ActorId): Promise<boolean> {
    return this.#database.inTenant(tenantId, async (client) => {
      const text = 'delete from account.lab_member where lab_id = $1 and actor_id = $2';
      const { rowCount } = await client.query(text, [labId, userId]);
      return rowCount === 1;
    });
  }
}
