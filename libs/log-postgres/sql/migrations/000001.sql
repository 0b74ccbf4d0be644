-- The log: the only source of truth. Rows are inserted, never changed, but for heads and caches.

grant usage on schema log to netfold_writer, netfold_reader;

-- One row per writer partition: head, checkpoint and fence at once. A flush that does not find
-- its epoch and head here writes nothing.
create table log.writer_partition (
  partition integer primary key,
  epoch bigint not null,
  -- Position of the last commit, 0 when there is none.
  head bigint not null
) with (fillfactor = 10);
grant select, insert, update on log.writer_partition to netfold_writer;

-- What one command caused. `events` is json, not jsonb: it is read back byte for byte (its hash is
-- over these bytes), and jsonb measured 1.5 times the cost of an append.
create table log.commit (
  partition integer not null,
  position bigint not null,
  lab_id text collate "C" not null,
  lab_version bigint not null,
  tenant_id text collate "C" not null,
  command_id text collate "C" not null,
  correlation_id text collate "C" not null,
  causation_id text collate "C",
  actor_id text collate "C" not null,
  face text collate "C" not null,
  command_text text collate "C",
  recorded_at timestamptz not null,
  lab_time bigint not null,
  schema_version integer not null,
  events json not null,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (partition, position),
  unique (lab_id, lab_version)
);
grant select, insert on log.commit to netfold_writer;
grant select on log.commit to netfold_reader;

-- Answers and refusals, so that a repeated command gets the first one again.
create table log.command_outcome (
  tenant_id text collate "C" not null,
  command_id text collate "C" not null,
  payload_hash bytea not null,
  lab_id text collate "C" not null,
  lab_version bigint not null,
  partition integer not null,
  -- Null when the command left no commit.
  position bigint,
  lab_time bigint not null,
  outcome json not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, command_id)
);
grant select, insert on log.command_outcome to netfold_writer;

-- Each lab's last commit, and its entry in lists.
create table log.lab_head (
  lab_id text collate "C" primary key,
  tenant_id text collate "C" not null,
  name text collate "C" not null,
  partition integer not null,
  version bigint not null,
  last_hash bytea not null,
  is_removed boolean not null
) with (fillfactor = 50);
create index lab_head_of_tenant on log.lab_head (tenant_id, lab_id);
grant select, insert, update on log.lab_head to netfold_writer;
grant select on log.lab_head to netfold_reader;

-- A cache of folds; may be deleted at any time.
create table log.snapshot (
  lab_id text collate "C" not null,
  code_version text collate "C" not null,
  version bigint not null,
  tenant_id text collate "C" not null,
  lab_time bigint not null,
  last_hash bytea not null,
  state json not null,
  state_hash bytea not null,
  primary key (lab_id, code_version, version)
);
grant select, insert, update, delete on log.snapshot to netfold_writer;

-- Contents of files; facts carry the hash. Nothing writes here yet: no fact names a file so far.
create table log.blob (
  sha256 bytea primary key,
  bytes bytea not null
);
grant select, insert on log.blob to netfold_writer;

-- Labs whose rows in the read models are behind their facts, and why. A read model never vetoes
-- a fact; the lab is projected anew, and its row here removed.
create table log.parked_lab (
  lab_id text collate "C" primary key,
  -- The version that the rows show.
  version bigint not null,
  reason text not null,
  parked_at timestamptz not null default clock_timestamp()
);
grant select, insert, delete on log.parked_lab to netfold_writer;

-- The second wall behind authorisation. One flush carries many labs, so the writer sees all;
-- a reader sees its tenant's, and nothing without one. The setting is '' after a transaction that
-- had it, not null.
alter table log.commit enable row level security;
alter table log.commit force row level security;
create policy owner on log.commit to netfold_owner using (true) with check (true);
create policy writer on log.commit to netfold_writer using (true) with check (true);
create policy reader on log.commit for select to netfold_reader
  using (tenant_id = nullif(current_setting('netfold.tenant', true), ''));
alter table log.lab_head enable row level security;
alter table log.lab_head force row level security;
create policy owner on log.lab_head to netfold_owner using (true) with check (true);
create policy writer on log.lab_head to netfold_writer using (true) with check (true);
create policy reader on log.lab_head for select to netfold_reader
  using (tenant_id = nullif(current_setting('netfold.tenant', true), ''));
alter table log.command_outcome enable row level security;
alter table log.command_outcome force row level security;
create policy owner on log.command_outcome to netfold_owner using (true) with check (true);
create policy writer on log.command_outcome to netfold_writer using (true) with check (true);
alter table log.snapshot enable row level security;
alter table log.snapshot force row level security;
create policy owner on log.snapshot to netfold_owner using (true) with check (true);
create policy writer on log.snapshot to netfold_writer using (true) with check (true);
