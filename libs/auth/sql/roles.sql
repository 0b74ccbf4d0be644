-- Serves authentication and the administration of users; neither owner nor superuser, so that
-- row level security holds for it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'netfold_owner') then
    create role netfold_owner nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'netfold_account') then
    create role netfold_account nologin;
  end if;
exception
  -- Another database of the cluster was set up at the same moment.
  when duplicate_object or unique_violation then null;
end
$$;
