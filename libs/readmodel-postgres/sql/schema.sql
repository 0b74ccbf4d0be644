-- The read models: droppable at any time, rebuilt from the log. Nothing is stored only here.
create schema read;
grant usage on schema read to netfold_writer, netfold_reader;

-- The version of each lab that the rows show; written with them, so that no reader sees a mix.
create table read.lab_version (
  lab_id text collate "C" primary key,
  version bigint not null
);
grant select, insert, update, delete on read.lab_version to netfold_writer;
grant select on read.lab_version to netfold_reader;

-- Which columns these tables have; another digest than the build's means: rebuild.
create table read.shape (digest text not null);
grant select on read.shape to netfold_writer, netfold_reader;
