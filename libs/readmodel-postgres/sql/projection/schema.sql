-- How far the read models of a projector's database have come. Droppable as they are: without it
-- they are built anew. The version of each lab stands beside its rows, in `read.lab_version`.
create schema projection;
grant usage on schema projection to netfold_writer, netfold_reader;

-- What the tables were built from; one row.
create table projection.source (
  log_epoch text not null,
  -- Which shape this schema has; another digest than the build's means: build anew.
  digest text not null
);
grant select on projection.source to netfold_writer;

-- One row per partition of the log. Who changes rows of its labs first moves `revision` on, so that
-- whatever another process has worked out meanwhile comes too late and changes nothing.
create table projection.checkpoint (
  partition integer primary key,
  revision bigint not null default 0,
  -- All commits up to here are in the tables, or their lab is parked.
  position bigint not null default 0,
  topic text,
  -- Of the first record of `topic` that was not taken over; null: from the oldest.
  next_offset bigint
) with (fillfactor = 10);
grant select, insert, update on projection.checkpoint to netfold_writer;
grant select on projection.checkpoint to netfold_reader;

-- Labs whose rows are behind their facts, and why. They are rebuilt until that succeeds.
create table projection.parked_lab (
  lab_id text collate "C" primary key,
  partition integer not null,
  reason text not null,
  failures integer not null default 1,
  parked_at timestamptz not null default clock_timestamp(),
  retry_at timestamptz not null
);
grant select, insert, update, delete on projection.parked_lab to netfold_writer;
