import type { ClientBase } from 'pg';

/** A role of an installation. They are cluster-wide, so no migration of one database makes them. */
export type InstallationRole =
  /** Migrates and rebuilds; nobody serves requests as the owner. */
  | 'netfold_owner'
  /** Writes the log and the read models of every tenant. */
  | 'netfold_writer'
  /** Reads what row level security lets a tenant's request see. */
  | 'netfold_reader'
  /** Gateways and projectors: they read the log of all tenants, and write nothing. */
  | 'netfold_follower'
  /** Authenticates and administers users; row level security holds for it too. */
  | 'netfold_account';

/**
 * Makes the roles that are not there yet, without a login. Several processes may do so at once.
 *
 * @param client as one who may create roles
 */
export async function ensureRoles(
  client: ClientBase,
  roles: readonly InstallationRole[],
): Promise<void> {
  for (const role of roles) {
    await client.query(
      `do $$ begin
         if not exists (select from pg_roles where rolname = '${role}') then
           create role ${role} nologin;
         end if;
       exception
         -- Another database of the cluster was set up at the same moment.
         when duplicate_object or unique_violation then null;
       end $$`,
    );
  }
}
