-- Commits of a lab in order, as one tenant may see them: sets the tenant for row level security
-- and reads in the same round trip. Runs with the caller's rights.
create or replace function log.commits_of_lab(
  p_tenant_id text,
  p_lab_id text,
  p_after_version bigint,
  p_limit integer
) returns setof log.commit language plpgsql security invoker as $$
begin
  perform set_config('netfold.tenant', p_tenant_id, true);
  return query
    select * from log.commit
    where lab_id = p_lab_id and lab_version > p_after_version
    order by lab_version
    limit p_limit;
end
$$;
revoke execute on function log.commits_of_lab from public;
grant execute on function log.commits_of_lab to netfold_reader;
