alter table read."lab" add primary key ("lab_id");
create index on read."lab" ("tenant_id", "lab_id");
alter table read."lab" enable row level security;
alter table read."lab" force row level security;
create policy owner on read."lab" to netfold_owner using (true) with check (true);
create policy writer on read."lab" to netfold_writer using (true) with check (true);
create policy reader on read."lab" for select to netfold_reader using ("tenant_id" = nullif(current_setting('netfold.tenant', true), ''));
grant select, insert, update, delete on read."lab" to netfold_writer;
grant select on read."lab" to netfold_reader;

alter table read."host" add primary key ("lab_id", "host");
create index on read."host" ("lab_id", "host", "ordinal");
alter table read."host" enable row level security;
alter table read."host" force row level security;
create policy owner on read."host" to netfold_owner using (true) with check (true);
create policy writer on read."host" to netfold_writer using (true) with check (true);
create policy reader on read."host" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."host" to netfold_writer;
grant select on read."host" to netfold_reader;

alter table read."network" add primary key ("lab_id", "host", "network_id");
create index on read."network" ("lab_id", "host", "ordinal");
alter table read."network" enable row level security;
alter table read."network" force row level security;
create policy owner on read."network" to netfold_owner using (true) with check (true);
create policy writer on read."network" to netfold_writer using (true) with check (true);
create policy reader on read."network" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."network" to netfold_writer;
grant select on read."network" to netfold_reader;

alter table read."container" add primary key ("lab_id", "host", "container_id");
create index on read."container" ("lab_id", "host", "ordinal");
alter table read."container" enable row level security;
alter table read."container" force row level security;
create policy owner on read."container" to netfold_owner using (true) with check (true);
create policy writer on read."container" to netfold_writer using (true) with check (true);
create policy reader on read."container" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."container" to netfold_writer;
grant select on read."container" to netfold_reader;

alter table read."sandbox" add primary key ("lab_id", "host", "sandbox_id");
alter table read."sandbox" enable row level security;
alter table read."sandbox" force row level security;
create policy owner on read."sandbox" to netfold_owner using (true) with check (true);
create policy writer on read."sandbox" to netfold_writer using (true) with check (true);
create policy reader on read."sandbox" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."sandbox" to netfold_writer;
grant select on read."sandbox" to netfold_reader;

alter table read."endpoint" add primary key ("lab_id", "host", "endpoint_id");
create index on read."endpoint" ("lab_id", "host", "ordinal");
alter table read."endpoint" enable row level security;
alter table read."endpoint" force row level security;
create policy owner on read."endpoint" to netfold_owner using (true) with check (true);
create policy writer on read."endpoint" to netfold_writer using (true) with check (true);
create policy reader on read."endpoint" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."endpoint" to netfold_writer;
grant select on read."endpoint" to netfold_reader;

alter table read."interface" add primary key ("lab_id", "host", "namespace", "interface_index");
alter table read."interface" enable row level security;
alter table read."interface" force row level security;
create policy owner on read."interface" to netfold_owner using (true) with check (true);
create policy writer on read."interface" to netfold_writer using (true) with check (true);
create policy reader on read."interface" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."interface" to netfold_writer;
grant select on read."interface" to netfold_reader;

alter table read."route" add unique nulls not distinct ("lab_id", "host", "namespace", "family", "destination", "device", "metric", "gateway");
alter table read."route" enable row level security;
alter table read."route" force row level security;
create policy owner on read."route" to netfold_owner using (true) with check (true);
create policy writer on read."route" to netfold_writer using (true) with check (true);
create policy reader on read."route" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."route" to netfold_writer;
grant select on read."route" to netfold_reader;

alter table read."chain" add primary key ("lab_id", "host", "namespace", "family", "table", "chain");
alter table read."chain" enable row level security;
alter table read."chain" force row level security;
create policy owner on read."chain" to netfold_owner using (true) with check (true);
create policy writer on read."chain" to netfold_writer using (true) with check (true);
create policy reader on read."chain" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."chain" to netfold_writer;
grant select on read."chain" to netfold_reader;

alter table read."rule" add primary key ("lab_id", "host", "namespace", "family", "table", "chain", "rank");
alter table read."rule" enable row level security;
alter table read."rule" force row level security;
create policy owner on read."rule" to netfold_owner using (true) with check (true);
create policy writer on read."rule" to netfold_writer using (true) with check (true);
create policy reader on read."rule" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."rule" to netfold_writer;
grant select on read."rule" to netfold_reader;

alter table read."forwarding" add unique nulls not distinct ("lab_id", "host", "namespace", "device", "mac", "bridge", "vlan");
alter table read."forwarding" enable row level security;
alter table read."forwarding" force row level security;
create policy owner on read."forwarding" to netfold_owner using (true) with check (true);
create policy writer on read."forwarding" to netfold_writer using (true) with check (true);
create policy reader on read."forwarding" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."forwarding" to netfold_writer;
grant select on read."forwarding" to netfold_reader;

alter table read."neighbour" add primary key ("lab_id", "host", "namespace", "device", "address");
alter table read."neighbour" enable row level security;
alter table read."neighbour" force row level security;
create policy owner on read."neighbour" to netfold_owner using (true) with check (true);
create policy writer on read."neighbour" to netfold_writer using (true) with check (true);
create policy reader on read."neighbour" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."neighbour" to netfold_writer;
grant select on read."neighbour" to netfold_reader;

alter table read."published_port" add primary key ("lab_id", "host", "protocol", "host_ip", "host_port");
create index on read."published_port" ("lab_id", "host", "ordinal");
alter table read."published_port" enable row level security;
alter table read."published_port" force row level security;
create policy owner on read."published_port" to netfold_owner using (true) with check (true);
create policy writer on read."published_port" to netfold_writer using (true) with check (true);
create policy reader on read."published_port" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."published_port" to netfold_writer;
grant select on read."published_port" to netfold_reader;

alter table read."dns_name" add primary key ("lab_id", "host", "network_id", "name", "endpoint_id", "address");
alter table read."dns_name" enable row level security;
alter table read."dns_name" force row level security;
create policy owner on read."dns_name" to netfold_owner using (true) with check (true);
create policy writer on read."dns_name" to netfold_writer using (true) with check (true);
create policy reader on read."dns_name" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."dns_name" to netfold_writer;
grant select on read."dns_name" to netfold_reader;

alter table read."socket" add primary key ("lab_id", "host", "namespace", "protocol", "local_address", "local_port", "process_id");
alter table read."socket" enable row level security;
alter table read."socket" force row level security;
create policy owner on read."socket" to netfold_owner using (true) with check (true);
create policy writer on read."socket" to netfold_writer using (true) with check (true);
create policy reader on read."socket" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."socket" to netfold_writer;
grant select on read."socket" to netfold_reader;

alter table read."process" add primary key ("lab_id", "host", "process_id");
alter table read."process" enable row level security;
alter table read."process" force row level security;
create policy owner on read."process" to netfold_owner using (true) with check (true);
create policy writer on read."process" to netfold_writer using (true) with check (true);
create policy reader on read."process" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."process" to netfold_writer;
grant select on read."process" to netfold_reader;

alter table read."endpoint_document" add primary key ("lab_id", "host", "endpoint_id");
create index on read."endpoint_document" ("lab_id", "host", "ordinal");
alter table read."endpoint_document" enable row level security;
alter table read."endpoint_document" force row level security;
create policy owner on read."endpoint_document" to netfold_owner using (true) with check (true);
create policy writer on read."endpoint_document" to netfold_writer using (true) with check (true);
create policy reader on read."endpoint_document" for select to netfold_reader using ("lab_id" in (select l."lab_id" from read."lab" l where l."tenant_id" = nullif(current_setting('netfold.tenant', true), '')));
grant select, insert, update, delete on read."endpoint_document" to netfold_writer;
grant select on read."endpoint_document" to netfold_reader;
