-- Applies the row changes of a flush, within its transaction, and answers the labs whose rows are
-- behind their facts afterwards. A lab's changes count only on rows of the version before them.
--
-- Changes of several labs at once are the quick way, without a subtransaction: what fails there
-- fails the flush, and the writer repeats it with the labs one by one. There a lab that fails, or
-- whose rows are at another version, is parked and the others go on.
create or replace function log.project(
  p_changes text[],
  p_changed_lab_id text[],
  p_changed_before bigint[],
  p_single_changes json[],
  p_single_lab_id text[],
  p_single_before bigint[],
  p_behind_lab_id text[],
  p_behind_before bigint[],
  p_behind_reason text[]
) returns text[] language plpgsql as $$
declare
  v_behind text[] := p_behind_lab_id;
  v_version bigint;
begin
  if p_changes is not null then
    if exists (
      select
      from unnest(p_changed_lab_id, p_changed_before) as c (lab_id, before)
      left join read.lab_version v on v.lab_id = c.lab_id
      where coalesce(v.version, 0) <> c.before
    ) then
      raise exception 'rows of a lab are behind' using errcode = 'NF003';
    end if;
    perform read.apply_changes(p_changes);
  end if;

  for v_index in 1 .. cardinality(p_single_lab_id) loop
    select version into v_version from read.lab_version where lab_id = p_single_lab_id[v_index];
    v_version := coalesce(v_version, 0);
    begin
      if v_version <> p_single_before[v_index] then
        raise exception 'the rows are at version %, the changes begin at %',
          v_version, p_single_before[v_index];
      end if;
      perform read.apply_changes(array(
        select e.value
        from json_array_elements_text(p_single_changes[v_index]) with ordinality as e (value, place)
        order by e.place
      ));
    exception when others then
      insert into log.parked_lab (lab_id, version, reason)
      values (p_single_lab_id[v_index], v_version, sqlstate || ' ' || sqlerrm)
      on conflict (lab_id) do nothing;
      v_behind := v_behind || p_single_lab_id[v_index];
    end;
  end loop;

  if cardinality(p_behind_lab_id) > 0 then
    insert into log.parked_lab (lab_id, version, reason)
    select b.lab_id, b.before, b.reason
    from unnest(p_behind_lab_id, p_behind_before, p_behind_reason) as b (lab_id, before, reason)
    on conflict (lab_id) do nothing;
  end if;
  return v_behind;
end
$$;
revoke execute on function log.project from public;
grant execute on function log.project to netfold_writer;
