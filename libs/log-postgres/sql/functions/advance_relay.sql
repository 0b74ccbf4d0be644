-- Moves the cursor of a partition's relay from one place to the next; false, and nothing is moved,
-- when the partition has another epoch or the cursor stands elsewhere.
--
-- The row of the partition is locked against claims: whoever claims it next finds the cursor where
-- it stays.
create or replace function log.advance_relay(
  p_partition integer,
  p_epoch bigint,
  p_stream text,
  p_from bigint,
  p_to bigint
) returns boolean language plpgsql as $$
begin
  perform from log.writer_partition
  where partition = p_partition and epoch = p_epoch
  for share;
  if not found then
    return false;
  end if;
  insert into log.relay_cursor (partition, stream, position) values (p_partition, p_stream, 0)
  on conflict do nothing;
  update log.relay_cursor
  set position = p_to
  where partition = p_partition and stream = p_stream and position = p_from;
  return found;
end
$$;
revoke execute on function log.advance_relay from public;
grant execute on function log.advance_relay to netfold_writer;
