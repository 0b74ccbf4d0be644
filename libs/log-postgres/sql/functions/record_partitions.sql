-- Records the number of partitions unless one is recorded, and answers what is recorded now.
create or replace function log.record_partitions(p_partitions integer)
returns integer language plpgsql as $$
declare
  v_recorded integer;
begin
  update log.installation set partitions = p_partitions where partitions is null;
  select partitions into v_recorded from log.installation;
  return v_recorded;
end
$$;
revoke execute on function log.record_partitions from public;
grant execute on function log.record_partitions to netfold_writer;
