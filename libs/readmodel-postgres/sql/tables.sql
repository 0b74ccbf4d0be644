create table read."lab" (
  "lab_id" text collate "C" not null,
  "name" text collate "C" not null,
  "tenant_id" text collate "C" not null,
  "state" text collate "C" not null,
  primary key ("lab_id")
);
create index on read."lab" ("tenant_id", "lab_id");
alter table read."lab" enable row level security;
alter table read."lab" force row level security;
create policy owner on read."lab" to netfold_owner using (true) with check (true);
create policy writer on read."lab" to netfold_writer using (true) with check (true);
create policy reader on read."lab" for select to netfold_reader using ("tenant_id" = nullif(current_setting('netfold.tenant', true), ''));
grant select, insert, update, delete on read."lab" to netfold_writer;
grant select on read."lab" to netfold_reader;

create table read."host" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "engine_profile" text collate "C" not null,
  "engine_id" text collate "C" not null,
  "address" inet,
  "swarm_state" text collate "C" not null,
  "swarm_role" text collate "C",
  "swarm_id" text collate "C",
  "node_id" text collate "C",
  "booted_at" bigint not null,
  "ordinal" integer not null,
  primary key ("lab_id", "host")
);
create index on read."host" ("lab_id", "host", "ordinal");
alter table read."host" enable row level security;
alter table read."host" force row level security;
create policy owner on read."host" to netfold_owner using (true) with check (true);
create policy writer on read."host" to netfold_writer using (true) with check (true);
create policy reader on read."host" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."host" to netfold_writer;
grant select on read."host" to netfold_reader;

create table read."network" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "network_id" text collate "C" not null,
  "name" text collate "C" not null,
  "driver" text collate "C" not null,
  "scope" text collate "C" not null,
  "is_internal" boolean not null,
  "is_attachable" boolean not null,
  "is_ingress" boolean not null,
  "is_ipv6_enabled" boolean not null,
  "is_config_only" boolean not null,
  "config_from" text collate "C" not null,
  "ipam_driver" text collate "C" not null,
  "pools" json not null,
  "options" json not null,
  "labels" json not null,
  "bridge_name" text collate "C",
  "vnis" json not null,
  "created_at" bigint not null,
  "ordinal" integer not null,
  primary key ("lab_id", "host", "network_id")
);
create index on read."network" ("lab_id", "host", "ordinal");
alter table read."network" enable row level security;
alter table read."network" force row level security;
create policy owner on read."network" to netfold_owner using (true) with check (true);
create policy writer on read."network" to netfold_writer using (true) with check (true);
create policy reader on read."network" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."network" to netfold_writer;
grant select on read."network" to netfold_reader;

create table read."container" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "container_id" text collate "C" not null,
  "name" text collate "C" not null,
  "image" text collate "C" not null,
  "command" json not null,
  "status" text collate "C" not null,
  "exit_code" integer not null,
  "error" text collate "C" not null,
  "network_mode" text collate "C" not null,
  "sandbox_id" text collate "C",
  "hostname" text collate "C" not null,
  "labels" json not null,
  "created_at" bigint not null,
  "started_at" bigint,
  "finished_at" bigint,
  "ordinal" integer not null,
  primary key ("lab_id", "host", "container_id")
);
create index on read."container" ("lab_id", "host", "ordinal");
alter table read."container" enable row level security;
alter table read."container" force row level security;
create policy owner on read."container" to netfold_owner using (true) with check (true);
create policy writer on read."container" to netfold_writer using (true) with check (true);
create policy reader on read."container" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."container" to netfold_writer;
grant select on read."container" to netfold_reader;

create table read."sandbox" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "sandbox_id" text collate "C" not null,
  "container_id" text collate "C" not null,
  "key" text collate "C" not null,
  "namespace_number" integer not null,
  "has_embedded_dns" boolean not null,
  "resolv_conf" text collate "C" not null,
  "hosts_file" text collate "C" not null,
  primary key ("lab_id", "host", "sandbox_id")
);
alter table read."sandbox" enable row level security;
alter table read."sandbox" force row level security;
create policy owner on read."sandbox" to netfold_owner using (true) with check (true);
create policy writer on read."sandbox" to netfold_writer using (true) with check (true);
create policy reader on read."sandbox" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."sandbox" to netfold_writer;
grant select on read."sandbox" to netfold_reader;

create table read."endpoint" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "endpoint_id" text collate "C" not null,
  "network_id" text collate "C" not null,
  "network_name" text collate "C" not null,
  "container_id" text collate "C" not null,
  "sandbox_id" text collate "C",
  "ipv4" inet,
  "ipv6" inet,
  "mac" text collate "C" not null,
  "gateway" inet,
  "is_gateway_endpoint" boolean not null,
  "aliases" json not null,
  "interface_name" text collate "C",
  "interface_index" integer,
  "veth_name" text collate "C",
  "veth_interface_index" integer,
  "ordinal" integer not null,
  primary key ("lab_id", "host", "endpoint_id")
);
create index on read."endpoint" ("lab_id", "host", "ordinal");
alter table read."endpoint" enable row level security;
alter table read."endpoint" force row level security;
create policy owner on read."endpoint" to netfold_owner using (true) with check (true);
create policy writer on read."endpoint" to netfold_writer using (true) with check (true);
create policy reader on read."endpoint" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."endpoint" to netfold_writer;
grant select on read."endpoint" to netfold_reader;

create table read."interface" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "namespace" text collate "C" not null,
  "interface_index" integer not null,
  "name" text collate "C" not null,
  "kind" text collate "C" not null,
  "mac" macaddr not null,
  "mtu_bytes" integer not null,
  "is_up" boolean not null,
  "has_carrier" boolean not null,
  "operational_state" text collate "C" not null,
  "master" text collate "C",
  "peer_interface_index" integer,
  "peer_namespace_number" integer,
  "queue_length" integer,
  "addresses" json not null,
  "vni" integer,
  "network_id" text collate "C",
  "endpoint_id" text collate "C",
  primary key ("lab_id", "host", "namespace", "interface_index")
);
alter table read."interface" enable row level security;
alter table read."interface" force row level security;
create policy owner on read."interface" to netfold_owner using (true) with check (true);
create policy writer on read."interface" to netfold_writer using (true) with check (true);
create policy reader on read."interface" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."interface" to netfold_writer;
grant select on read."interface" to netfold_reader;

create table read."route" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "namespace" text collate "C" not null,
  "destination" text collate "C" not null,
  "family" integer not null,
  "gateway" inet,
  "device" text collate "C" not null,
  "protocol" text collate "C",
  "scope" text collate "C" not null,
  "source" inet,
  "metric" integer not null,
  "is_link_down" boolean not null,
  primary key ("lab_id", "host", "namespace", "family", "destination", "device", "metric")
);
alter table read."route" enable row level security;
alter table read."route" force row level security;
create policy owner on read."route" to netfold_owner using (true) with check (true);
create policy writer on read."route" to netfold_writer using (true) with check (true);
create policy reader on read."route" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."route" to netfold_writer;
grant select on read."route" to netfold_reader;

create table read."chain" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "namespace" text collate "C" not null,
  "family" integer not null,
  "table" text collate "C" not null,
  "chain" text collate "C" not null,
  "policy" text collate "C",
  "rank" text collate "C" not null,
  primary key ("lab_id", "host", "namespace", "family", "table", "chain")
);
alter table read."chain" enable row level security;
alter table read."chain" force row level security;
create policy owner on read."chain" to netfold_owner using (true) with check (true);
create policy writer on read."chain" to netfold_writer using (true) with check (true);
create policy reader on read."chain" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."chain" to netfold_writer;
grant select on read."chain" to netfold_reader;

create table read."rule" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "namespace" text collate "C" not null,
  "family" integer not null,
  "table" text collate "C" not null,
  "chain" text collate "C" not null,
  "rank" text collate "C" not null,
  "match" json not null,
  "target" json not null,
  "network_id" text collate "C",
  "endpoint_id" text collate "C",
  primary key ("lab_id", "host", "namespace", "family", "table", "chain", "rank")
);
alter table read."rule" enable row level security;
alter table read."rule" force row level security;
create policy owner on read."rule" to netfold_owner using (true) with check (true);
create policy writer on read."rule" to netfold_writer using (true) with check (true);
create policy reader on read."rule" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."rule" to netfold_writer;
grant select on read."rule" to netfold_reader;

create table read."forwarding" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "namespace" text collate "C" not null,
  "device" text collate "C" not null,
  "mac" macaddr not null,
  "bridge" text collate "C",
  "is_permanent" boolean not null,
  "remote" inet,
  "vlan" integer,
  unique nulls not distinct ("lab_id", "host", "namespace", "device", "mac", "bridge", "vlan")
);
alter table read."forwarding" enable row level security;
alter table read."forwarding" force row level security;
create policy owner on read."forwarding" to netfold_owner using (true) with check (true);
create policy writer on read."forwarding" to netfold_writer using (true) with check (true);
create policy reader on read."forwarding" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."forwarding" to netfold_writer;
grant select on read."forwarding" to netfold_reader;

create table read."neighbour" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "namespace" text collate "C" not null,
  "device" text collate "C" not null,
  "address" inet not null,
  "mac" macaddr not null,
  "state" text collate "C" not null,
  primary key ("lab_id", "host", "namespace", "device", "address")
);
alter table read."neighbour" enable row level security;
alter table read."neighbour" force row level security;
create policy owner on read."neighbour" to netfold_owner using (true) with check (true);
create policy writer on read."neighbour" to netfold_writer using (true) with check (true);
create policy reader on read."neighbour" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."neighbour" to netfold_writer;
grant select on read."neighbour" to netfold_reader;

create table read."published_port" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "protocol" text collate "C" not null,
  "host_ip" inet not null,
  "host_port" integer not null,
  "container_id" text collate "C" not null,
  "endpoint_id" text collate "C" not null,
  "container_port" integer not null,
  "proxy_process_id" integer not null,
  "ordinal" integer not null,
  primary key ("lab_id", "host", "protocol", "host_ip", "host_port")
);
create index on read."published_port" ("lab_id", "host", "ordinal");
alter table read."published_port" enable row level security;
alter table read."published_port" force row level security;
create policy owner on read."published_port" to netfold_owner using (true) with check (true);
create policy writer on read."published_port" to netfold_writer using (true) with check (true);
create policy reader on read."published_port" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."published_port" to netfold_writer;
grant select on read."published_port" to netfold_reader;

create table read."dns_name" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "network_id" text collate "C" not null,
  "name" text collate "C" not null,
  "endpoint_id" text collate "C" not null,
  "address" text collate "C" not null,
  "kind" text collate "C" not null,
  primary key ("lab_id", "host", "network_id", "name", "endpoint_id", "address")
);
alter table read."dns_name" enable row level security;
alter table read."dns_name" force row level security;
create policy owner on read."dns_name" to netfold_owner using (true) with check (true);
create policy writer on read."dns_name" to netfold_writer using (true) with check (true);
create policy reader on read."dns_name" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."dns_name" to netfold_writer;
grant select on read."dns_name" to netfold_reader;

create table read."socket" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "namespace" text collate "C" not null,
  "protocol" text collate "C" not null,
  "local_address" text collate "C" not null,
  "local_port" integer not null,
  "state" text collate "C" not null,
  "process_id" integer not null,
  "process_name" text collate "C" not null,
  "is_ipv6_only" boolean not null,
  "backlog" integer not null,
  primary key ("lab_id", "host", "namespace", "protocol", "local_address", "local_port", "process_id")
);
alter table read."socket" enable row level security;
alter table read."socket" force row level security;
create policy owner on read."socket" to netfold_owner using (true) with check (true);
create policy writer on read."socket" to netfold_writer using (true) with check (true);
create policy reader on read."socket" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."socket" to netfold_writer;
grant select on read."socket" to netfold_reader;

create table read."process" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "process_id" integer not null,
  "parent_process_id" integer not null,
  "container_id" text collate "C",
  "command" json not null,
  "user" text collate "C" not null,
  "started_at" bigint not null,
  primary key ("lab_id", "host", "process_id")
);
alter table read."process" enable row level security;
alter table read."process" force row level security;
create policy owner on read."process" to netfold_owner using (true) with check (true);
create policy writer on read."process" to netfold_writer using (true) with check (true);
create policy reader on read."process" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."process" to netfold_writer;
grant select on read."process" to netfold_reader;

create table read."endpoint_document" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "endpoint_id" text collate "C" not null,
  "network_id" text collate "C" not null,
  "ordinal" integer not null,
  "document" json not null,
  primary key ("lab_id", "host", "endpoint_id")
);
create index on read."endpoint_document" ("lab_id", "host", "ordinal");
alter table read."endpoint_document" enable row level security;
alter table read."endpoint_document" force row level security;
create policy owner on read."endpoint_document" to netfold_owner using (true) with check (true);
create policy writer on read."endpoint_document" to netfold_writer using (true) with check (true);
create policy reader on read."endpoint_document" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."endpoint_document" to netfold_writer;
grant select on read."endpoint_document" to netfold_reader;
