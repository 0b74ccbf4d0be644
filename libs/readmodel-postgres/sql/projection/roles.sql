-- The roles of an installation; cluster-wide. A projector's database has a cluster of its own,
-- which the log's migrations never reach.
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
exception
  -- Another database of the cluster was set up at the same moment.
  when duplicate_object or unique_violation then null;
end
$$;
