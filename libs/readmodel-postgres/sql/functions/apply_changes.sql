-- Applies the changes of one flush: first what is gone, then what stands, table by table.
-- p_changes: runs of a name, a count and so many rows, each a value of the row type of its
-- table: `<table>.remove` (of which the key counts), `<table>.add` for rows that are surely
-- new, which spares a look for them, `<table>.put` for all others, and `labs` with their
-- versions; of a table, what is removed comes first.
create or replace function read.apply_changes(p_changes text[]) returns void
language plpgsql as $$
declare
  v_at integer := 1;
  v_count integer;
  v_rows text[];
begin
  while v_at < cardinality(p_changes) loop
    v_count := p_changes[v_at + 1]::integer;
    v_rows := p_changes[v_at + 2 : v_at + 1 + v_count];
    case p_changes[v_at]
    when 'lab.remove' then
      delete from read."lab" t
      using unnest(v_rows::read."lab"[]) x
      where t."lab_id" = x."lab_id";
    when 'lab.add' then
      insert into read."lab" select * from unnest(v_rows::read."lab"[]);
    when 'lab.put' then
      insert into read."lab"
      select * from unnest(v_rows::read."lab"[])
      on conflict ("lab_id") do update set "name" = excluded."name", "tenant_id" = excluded."tenant_id", "state" = excluded."state";
    when 'host.remove' then
      delete from read."host" t
      using unnest(v_rows::read."host"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host";
    when 'host.add' then
      insert into read."host" select * from unnest(v_rows::read."host"[]);
    when 'host.put' then
      insert into read."host"
      select * from unnest(v_rows::read."host"[])
      on conflict ("lab_id", "host") do update set "engine_profile" = excluded."engine_profile", "engine_id" = excluded."engine_id", "address" = excluded."address", "swarm_state" = excluded."swarm_state", "swarm_role" = excluded."swarm_role", "swarm_id" = excluded."swarm_id", "node_id" = excluded."node_id", "booted_at" = excluded."booted_at", "ordinal" = excluded."ordinal";
    when 'network.remove' then
      delete from read."network" t
      using unnest(v_rows::read."network"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."network_id" = x."network_id";
    when 'network.add' then
      insert into read."network" select * from unnest(v_rows::read."network"[]);
    when 'network.put' then
      insert into read."network"
      select * from unnest(v_rows::read."network"[])
      on conflict ("lab_id", "host", "network_id") do update set "name" = excluded."name", "driver" = excluded."driver", "scope" = excluded."scope", "is_internal" = excluded."is_internal", "is_attachable" = excluded."is_attachable", "is_ingress" = excluded."is_ingress", "is_ipv6_enabled" = excluded."is_ipv6_enabled", "is_config_only" = excluded."is_config_only", "config_from" = excluded."config_from", "ipam_driver" = excluded."ipam_driver", "pools" = excluded."pools", "options" = excluded."options", "labels" = excluded."labels", "bridge_name" = excluded."bridge_name", "vnis" = excluded."vnis", "created_at" = excluded."created_at", "ordinal" = excluded."ordinal";
    when 'container.remove' then
      delete from read."container" t
      using unnest(v_rows::read."container"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."container_id" = x."container_id";
    when 'container.add' then
      insert into read."container" select * from unnest(v_rows::read."container"[]);
    when 'container.put' then
      insert into read."container"
      select * from unnest(v_rows::read."container"[])
      on conflict ("lab_id", "host", "container_id") do update set "name" = excluded."name", "image" = excluded."image", "command" = excluded."command", "status" = excluded."status", "health" = excluded."health", "exit_code" = excluded."exit_code", "error" = excluded."error", "network_mode" = excluded."network_mode", "sandbox_id" = excluded."sandbox_id", "hostname" = excluded."hostname", "labels" = excluded."labels", "created_at" = excluded."created_at", "started_at" = excluded."started_at", "finished_at" = excluded."finished_at", "ordinal" = excluded."ordinal";
    when 'sandbox.remove' then
      delete from read."sandbox" t
      using unnest(v_rows::read."sandbox"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."sandbox_id" = x."sandbox_id";
    when 'sandbox.add' then
      insert into read."sandbox" select * from unnest(v_rows::read."sandbox"[]);
    when 'sandbox.put' then
      insert into read."sandbox"
      select * from unnest(v_rows::read."sandbox"[])
      on conflict ("lab_id", "host", "sandbox_id") do update set "container_id" = excluded."container_id", "key" = excluded."key", "namespace_number" = excluded."namespace_number", "has_embedded_dns" = excluded."has_embedded_dns", "resolv_conf" = excluded."resolv_conf", "hosts_file" = excluded."hosts_file";
    when 'endpoint.remove' then
      delete from read."endpoint" t
      using unnest(v_rows::read."endpoint"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."endpoint_id" = x."endpoint_id";
    when 'endpoint.add' then
      insert into read."endpoint" select * from unnest(v_rows::read."endpoint"[]);
    when 'endpoint.put' then
      insert into read."endpoint"
      select * from unnest(v_rows::read."endpoint"[])
      on conflict ("lab_id", "host", "endpoint_id") do update set "network_id" = excluded."network_id", "network_name" = excluded."network_name", "container_id" = excluded."container_id", "sandbox_id" = excluded."sandbox_id", "ipv4" = excluded."ipv4", "ipv6" = excluded."ipv6", "mac" = excluded."mac", "gateway" = excluded."gateway", "is_gateway_endpoint" = excluded."is_gateway_endpoint", "aliases" = excluded."aliases", "interface_name" = excluded."interface_name", "interface_index" = excluded."interface_index", "veth_name" = excluded."veth_name", "veth_interface_index" = excluded."veth_interface_index", "ordinal" = excluded."ordinal";
    when 'interface.remove' then
      delete from read."interface" t
      using unnest(v_rows::read."interface"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."namespace" = x."namespace" and t."interface_index" = x."interface_index";
    when 'interface.add' then
      insert into read."interface" select * from unnest(v_rows::read."interface"[]);
    when 'interface.put' then
      insert into read."interface"
      select * from unnest(v_rows::read."interface"[])
      on conflict ("lab_id", "host", "namespace", "interface_index") do update set "name" = excluded."name", "kind" = excluded."kind", "mac" = excluded."mac", "mtu_bytes" = excluded."mtu_bytes", "is_up" = excluded."is_up", "has_carrier" = excluded."has_carrier", "operational_state" = excluded."operational_state", "master" = excluded."master", "peer_interface_index" = excluded."peer_interface_index", "peer_namespace_number" = excluded."peer_namespace_number", "queue_length" = excluded."queue_length", "addresses" = excluded."addresses", "vni" = excluded."vni", "network_id" = excluded."network_id", "endpoint_id" = excluded."endpoint_id";
    when 'route.remove' then
      delete from read."route" t
      using unnest(v_rows::read."route"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."namespace" = x."namespace" and t."family" = x."family" and t."destination" = x."destination" and t."device" = x."device" and t."metric" = x."metric" and t."gateway" is not distinct from x."gateway";
    when 'route.add' then
      insert into read."route" select * from unnest(v_rows::read."route"[]);
    when 'route.put' then
      insert into read."route"
      select * from unnest(v_rows::read."route"[])
      on conflict ("lab_id", "host", "namespace", "family", "destination", "device", "metric", "gateway") do update set "protocol" = excluded."protocol", "scope" = excluded."scope", "source" = excluded."source", "is_link_down" = excluded."is_link_down";
    when 'chain.remove' then
      delete from read."chain" t
      using unnest(v_rows::read."chain"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."namespace" = x."namespace" and t."family" = x."family" and t."table" = x."table" and t."chain" = x."chain";
    when 'chain.add' then
      insert into read."chain" select * from unnest(v_rows::read."chain"[]);
    when 'chain.put' then
      insert into read."chain"
      select * from unnest(v_rows::read."chain"[])
      on conflict ("lab_id", "host", "namespace", "family", "table", "chain") do update set "policy" = excluded."policy", "rank" = excluded."rank";
    when 'rule.remove' then
      delete from read."rule" t
      using unnest(v_rows::read."rule"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."namespace" = x."namespace" and t."family" = x."family" and t."table" = x."table" and t."chain" = x."chain" and t."rank" = x."rank";
    when 'rule.add' then
      insert into read."rule" select * from unnest(v_rows::read."rule"[]);
    when 'rule.put' then
      insert into read."rule"
      select * from unnest(v_rows::read."rule"[])
      on conflict ("lab_id", "host", "namespace", "family", "table", "chain", "rank") do update set "match" = excluded."match", "target" = excluded."target", "network_id" = excluded."network_id", "endpoint_id" = excluded."endpoint_id";
    when 'forwarding.remove' then
      delete from read."forwarding" t
      using unnest(v_rows::read."forwarding"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."namespace" = x."namespace" and t."device" = x."device" and t."mac" = x."mac" and t."bridge" is not distinct from x."bridge" and t."vlan" is not distinct from x."vlan";
    when 'forwarding.add' then
      insert into read."forwarding" select * from unnest(v_rows::read."forwarding"[]);
    when 'forwarding.put' then
      insert into read."forwarding"
      select * from unnest(v_rows::read."forwarding"[])
      on conflict ("lab_id", "host", "namespace", "device", "mac", "bridge", "vlan") do update set "is_permanent" = excluded."is_permanent", "remote" = excluded."remote", "learnt_at" = excluded."learnt_at";
    when 'neighbour.remove' then
      delete from read."neighbour" t
      using unnest(v_rows::read."neighbour"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."namespace" = x."namespace" and t."device" = x."device" and t."address" = x."address";
    when 'neighbour.add' then
      insert into read."neighbour" select * from unnest(v_rows::read."neighbour"[]);
    when 'neighbour.put' then
      insert into read."neighbour"
      select * from unnest(v_rows::read."neighbour"[])
      on conflict ("lab_id", "host", "namespace", "device", "address") do update set "mac" = excluded."mac", "state" = excluded."state", "learnt_at" = excluded."learnt_at";
    when 'publishedPort.remove' then
      delete from read."published_port" t
      using unnest(v_rows::read."published_port"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."protocol" = x."protocol" and t."host_ip" = x."host_ip" and t."host_port" = x."host_port";
    when 'publishedPort.add' then
      insert into read."published_port" select * from unnest(v_rows::read."published_port"[]);
    when 'publishedPort.put' then
      insert into read."published_port"
      select * from unnest(v_rows::read."published_port"[])
      on conflict ("lab_id", "host", "protocol", "host_ip", "host_port") do update set "container_id" = excluded."container_id", "endpoint_id" = excluded."endpoint_id", "container_port" = excluded."container_port", "proxy_process_id" = excluded."proxy_process_id", "ordinal" = excluded."ordinal";
    when 'dnsName.remove' then
      delete from read."dns_name" t
      using unnest(v_rows::read."dns_name"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."network_id" = x."network_id" and t."name" = x."name" and t."endpoint_id" = x."endpoint_id" and t."address" = x."address";
    when 'dnsName.add' then
      insert into read."dns_name" select * from unnest(v_rows::read."dns_name"[]);
    when 'dnsName.put' then
      insert into read."dns_name"
      select * from unnest(v_rows::read."dns_name"[])
      on conflict ("lab_id", "host", "network_id", "name", "endpoint_id", "address") do update set "kind" = excluded."kind";
    when 'socket.remove' then
      delete from read."socket" t
      using unnest(v_rows::read."socket"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."namespace" = x."namespace" and t."protocol" = x."protocol" and t."local_address" = x."local_address" and t."local_port" = x."local_port" and t."process_id" = x."process_id";
    when 'socket.add' then
      insert into read."socket" select * from unnest(v_rows::read."socket"[]);
    when 'socket.put' then
      insert into read."socket"
      select * from unnest(v_rows::read."socket"[])
      on conflict ("lab_id", "host", "namespace", "protocol", "local_address", "local_port", "process_id") do update set "state" = excluded."state", "process_name" = excluded."process_name", "is_ipv6_only" = excluded."is_ipv6_only", "backlog" = excluded."backlog";
    when 'process.remove' then
      delete from read."process" t
      using unnest(v_rows::read."process"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."process_id" = x."process_id";
    when 'process.add' then
      insert into read."process" select * from unnest(v_rows::read."process"[]);
    when 'process.put' then
      insert into read."process"
      select * from unnest(v_rows::read."process"[])
      on conflict ("lab_id", "host", "process_id") do update set "parent_process_id" = excluded."parent_process_id", "container_id" = excluded."container_id", "command" = excluded."command", "user" = excluded."user", "started_at" = excluded."started_at";
    when 'endpointDocument.remove' then
      delete from read."endpoint_document" t
      using unnest(v_rows::read."endpoint_document"[]) x
      where t."lab_id" = x."lab_id" and t."host" = x."host" and t."endpoint_id" = x."endpoint_id";
    when 'endpointDocument.add' then
      insert into read."endpoint_document" select * from unnest(v_rows::read."endpoint_document"[]);
    when 'endpointDocument.put' then
      insert into read."endpoint_document"
      select * from unnest(v_rows::read."endpoint_document"[])
      on conflict ("lab_id", "host", "endpoint_id") do update set "network_id" = excluded."network_id", "ordinal" = excluded."ordinal", "document" = excluded."document";
    when 'labs' then
      insert into read.lab_version as v (lab_id, version)
      select x.lab_id, max(x.version)
      from unnest(v_rows::read.lab_version[]) x
      group by 1
      on conflict (lab_id) do update set version = excluded.version
      where v.version < excluded.version;
    end case;
    v_at := v_at + 2 + v_count;
  end loop;
end;
$$;
