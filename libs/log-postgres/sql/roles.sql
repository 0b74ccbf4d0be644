-- The roles of an installation; cluster-wide, so made outside the migrations of one database.
-- The owner (who runs this) migrates and rebuilds; nobody serves requests as the owner.
do $$
begin
  if not exists (select from pg_roles where rolname = 'netfold_owner') then
    create role netfold_owner nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'netfold_writer') then
    create role netfold_writer nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'netfold_reader') then
    create role netfold_reader nologin;
  end if;
  -- Gateways and projectors: they read the log of all tenants, and write nothing.
  if not exists (select from pg_roles where rolname = 'netfold_follower') then
    create role netfold_follower nologin;
  end if;
exception
  -- Another database of the cluster was set up at the same moment.
  when duplicate_object or unique_violation then null;
end
$$;
