-- Writes one flush: everything or nothing. In this order: the fence, outcomes, commits, lab heads,
-- then the rows of the read models.
--
-- Answers the store's clock in milliseconds, null when another writer has taken the partition
-- over, and the labs whose rows are behind from now on.
-- Raises NF002 when a command id was used before, NF004 when a lab is at another version, NF005
-- when a lab is another partition's: a command went astray, and its commit would be out of order.
create or replace function log.flush(
  p_partition integer,
  p_epoch bigint,
  p_head bigint,
  p_commits bigint,
  -- One element per command, in order; those of a commit are null where it left no facts.
  p_tenant_id text[],
  p_command_id text[],
  p_payload_hash bytea[],
  p_lab_id text[],
  p_lab_version bigint[],
  p_position bigint[],
  p_lab_time bigint[],
  p_outcome json[],
  p_correlation_id text[],
  p_causation_id text[],
  p_actor_id text[],
  p_face text[],
  p_command_text text[],
  p_schema_version integer[],
  p_events json[],
  p_previous_hash bytea[],
  p_hash bytea[],
  -- One element per lab that changed.
  p_head_lab_id text[],
  p_head_tenant_id text[],
  p_head_name text[],
  p_head_before bigint[],
  p_head_version bigint[],
  p_head_hash bytea[],
  p_head_is_removed boolean[],
  -- Changes of rows of several labs at once, null for none, with these labs' versions before.
  p_changes text[],
  p_changed_lab_id text[],
  p_changed_before bigint[],
  -- Changes of rows lab by lab, each on its own: what fails is parked.
  p_single_changes json[],
  p_single_lab_id text[],
  p_single_before bigint[],
  -- Labs whose changes are left out, and why.
  p_behind_lab_id text[],
  p_behind_before bigint[],
  p_behind_reason text[],
  out recorded_at_ms double precision,
  out behind text[]
) language plpgsql as $$
declare
  v_recorded_at timestamptz := date_trunc('milliseconds', clock_timestamp());
  -- Sequence of the partition's last outcome before this flush.
  v_sequence bigint;
  v_rows bigint;
  v_heads bigint;
begin
  update log.writer_partition
  set head = p_head + p_commits, outcomes_head = outcomes_head + cardinality(p_command_id)
  where partition = p_partition and epoch = p_epoch and head = p_head
  returning outcomes_head - cardinality(p_command_id) into v_sequence;
  if not found then
    return;
  end if;

  insert into log.command_outcome (
    tenant_id, command_id, payload_hash, lab_id, lab_version, partition, position, lab_time,
    outcome, recorded_at, sequence
  )
  select e.tenant_id, e.command_id, e.payload_hash, e.lab_id, e.lab_version, p_partition,
    e.position, e.lab_time, e.outcome, v_recorded_at, v_sequence + e.place
  from unnest(
    p_tenant_id, p_command_id, p_payload_hash, p_lab_id, p_lab_version, p_position, p_lab_time,
    p_outcome
  ) with ordinality as e (
    tenant_id, command_id, payload_hash, lab_id, lab_version, position, lab_time, outcome, place
  )
  on conflict do nothing;
  get diagnostics v_rows = row_count;
  if v_rows <> cardinality(p_command_id) then
    raise exception 'a command id was used before' using errcode = 'NF002';
  end if;

  insert into log.commit (
    partition, position, lab_id, lab_version, tenant_id, command_id, correlation_id, causation_id,
    actor_id, face, command_text, recorded_at, lab_time, schema_version, events, previous_hash, hash
  )
  select p_partition, e.position, e.lab_id, e.lab_version, e.tenant_id, e.command_id,
    e.correlation_id, e.causation_id, e.actor_id, e.face, e.command_text, v_recorded_at,
    e.lab_time, e.schema_version, e.events, e.previous_hash, e.hash
  from unnest(
    p_position, p_lab_id, p_lab_version, p_tenant_id, p_command_id, p_correlation_id,
    p_causation_id, p_actor_id, p_face, p_command_text, p_lab_time, p_schema_version, p_events,
    p_previous_hash, p_hash
  ) as e (
    position, lab_id, lab_version, tenant_id, command_id, correlation_id, causation_id, actor_id,
    face, command_text, lab_time, schema_version, events, previous_hash, hash
  )
  where e.position is not null
  on conflict (lab_id, lab_version) do nothing;
  get diagnostics v_rows = row_count;
  if v_rows <> p_commits then
    raise exception 'a lab is at another version' using errcode = 'NF004';
  end if;

  update log.lab_head h
  set name = n.name, version = n.version, last_hash = n.hash, is_removed = n.is_removed
  from unnest(
    p_head_lab_id, p_head_name, p_head_before, p_head_version, p_head_hash, p_head_is_removed
  ) as n (lab_id, name, before, version, hash, is_removed)
  where n.before > 0 and h.lab_id = n.lab_id and h.version = n.before
    and h.partition = p_partition;
  get diagnostics v_heads = row_count;
  insert into log.lab_head (lab_id, tenant_id, name, partition, version, last_hash, is_removed)
  select n.lab_id, n.tenant_id, n.name, p_partition, n.version, n.hash, n.is_removed
  from unnest(
    p_head_lab_id, p_head_tenant_id, p_head_name, p_head_before, p_head_version, p_head_hash,
    p_head_is_removed
  ) as n (lab_id, tenant_id, name, before, version, hash, is_removed)
  where n.before = 0
  on conflict (lab_id) do nothing;
  get diagnostics v_rows = row_count;
  if v_heads + v_rows <> cardinality(p_head_lab_id) then
    if exists (
      select from log.lab_head where lab_id = any (p_head_lab_id) and partition <> p_partition
    ) then
      raise exception 'a lab belongs to another partition' using errcode = 'NF005';
    end if;
    raise exception 'a lab is at another version' using errcode = 'NF004';
  end if;

  behind := log.project(
    p_changes, p_changed_lab_id, p_changed_before,
    p_single_changes, p_single_lab_id, p_single_before,
    p_behind_lab_id, p_behind_before, p_behind_reason
  );
  recorded_at_ms := extract(epoch from v_recorded_at) * 1000;
end
$$;
revoke execute on function log.flush from public;
grant execute on function log.flush to netfold_writer;
