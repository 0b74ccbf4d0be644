-- Roles and logins at the PostgreSQL of the read models, by whoever may create roles; may be run
-- again. Nothing but the read models stands there, and projectors make them anew when they must.
do $$
declare
  name text;
begin
  foreach name in array array['netfold_owner', 'netfold_writer', 'netfold_reader'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I nologin', name);
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'netfold_gateway') then
    create role netfold_gateway login noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'netfold_projector') then
    -- It prepares the tables as their owner.
    create role netfold_projector login inherit;
  end if;
  execute format('alter database %I owner to netfold_owner', current_database());
end
$$;

grant netfold_reader to netfold_gateway;
grant netfold_owner, netfold_writer to netfold_projector;
