-- Roles and logins at the PostgreSQL of the log, by whoever may create roles; may be run again.
-- Logins get their passwords elsewhere, and belong to the roles that they need, and to no other.
do $$
declare
  name text;
begin
  foreach name in array array[
    'netfold_owner', 'netfold_writer', 'netfold_reader', 'netfold_follower', 'netfold_account'
  ] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I nologin', name);
    end if;
  end loop;
  foreach name in array array['netfold_gateway', 'netfold_commander', 'netfold_projector'] loop
    if not exists (select from pg_roles where rolname = name) then
      -- Rights only after taking on a role: a statement that forgot to has none.
      execute format('create role %I login noinherit', name);
    end if;
  end loop;
  execute format('alter database %I owner to netfold_owner', current_database());
end
$$;

-- Follows the log of all tenants and writes nothing; users and their tokens.
grant netfold_follower, netfold_account to netfold_gateway;
-- Writes the log; looks up the tokens of pipelines.
grant netfold_writer, netfold_account to netfold_commander;
grant netfold_follower to netfold_projector;
