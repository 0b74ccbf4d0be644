-- What a scaled installation needs of the log: outcomes that can be followed, cursors of relays,
-- what is recorded once, and a role that follows everything and writes nothing.

-- Outcomes count like commits: from 1, without gap, in the order of the flushes. Earlier flushes
-- did not say in which order their refusals came: those go after the commit before them.
-- All are numbered at once, in this transaction: the first flush goes on from the last number, and
-- a reader takes a number that is missing for the end. They are copied, for an update of every row
-- and of its index entries measured 61 s for a million rows, this 24 s.
alter table log.command_outcome rename to command_outcome_before;
alter index log.command_outcome_pkey rename to command_outcome_before_pkey;
-- Whoever owns the table without being a superuser would see no row of it.
alter table log.command_outcome_before no force row level security;
create table log.command_outcome (like log.command_outcome_before, sequence bigint not null);
insert into log.command_outcome
select o.tenant_id, o.command_id, o.payload_hash, o.lab_id, o.lab_version, o.partition, o.position,
  o.lab_time, o.outcome, o.recorded_at, row_number() over (
    partition by o.partition
    order by coalesce(o.position, o.reached, 0), o.position nulls last, o.recorded_at, o.tenant_id,
      o.command_id
  )
from (
  select b.*, max(b.position) over (
    partition by b.partition order by b.recorded_at, b.position nulls last
    rows unbounded preceding
  ) as reached
  from log.command_outcome_before b
) o;
drop table log.command_outcome_before;
alter table log.command_outcome add primary key (tenant_id, command_id);
alter table log.command_outcome add unique (partition, sequence);
alter table log.writer_partition add column outcomes_head bigint not null default 0;
alter table log.writer_partition alter column outcomes_head drop default;
update log.writer_partition p
set outcomes_head = (
  select coalesce(max(o.sequence), 0) from log.command_outcome o where o.partition = p.partition
);
grant select, insert on log.command_outcome to netfold_writer;
alter table log.command_outcome enable row level security;
alter table log.command_outcome force row level security;
create policy owner on log.command_outcome to netfold_owner using (true) with check (true);
create policy writer on log.command_outcome to netfold_writer using (true) with check (true);

-- How far the relay of a partition has come with commits (by position) and outcomes (by sequence).
create table log.relay_cursor (
  partition integer not null,
  stream text collate "C" not null check (stream in ('commits', 'outcomes')),
  position bigint not null,
  primary key (partition, stream)
) with (fillfactor = 10);
grant select, insert, update on log.relay_cursor to netfold_writer;

-- One row. Partitions are null until the first scaled start; the epoch tells a restored log, whose
-- positions may come a second time, from the one it was copied from.
create table log.installation (
  is_only boolean primary key default true check (is_only),
  partitions integer check (partitions between 1 and 1024),
  log_epoch uuid not null default gen_random_uuid()
);
insert into log.installation default values;
grant select on log.installation to netfold_writer;
grant update (partitions) on log.installation to netfold_writer;

-- A follower holds the labs of all tenants in memory, and so reads them all; nothing is its to
-- change.
grant usage on schema log to netfold_follower;
grant select on log.commit, log.command_outcome, log.lab_head, log.writer_partition, log.snapshot,
  log.installation to netfold_follower;
create policy follower on log.commit for select to netfold_follower using (true);
create policy follower on log.command_outcome for select to netfold_follower using (true);
create policy follower on log.lab_head for select to netfold_follower using (true);
create policy follower on log.snapshot for select to netfold_follower using (true);
