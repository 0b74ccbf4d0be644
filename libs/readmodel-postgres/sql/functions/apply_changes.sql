-- Applies the changes of one flush: first what is gone, then what stands, table by table.
-- p_changes: {"<table>.remove": [row], "<table>.put": [row], …, "labs": [{labId, version}]}; of a
-- table, what is removed comes before what is put.
create or replace function read.apply_changes(p_changes json) returns void
language plpgsql as $$
declare
  v_change record;
begin
  -- Each `->` reads its whole operand: the changes are taken apart in one pass.
  for v_change in select key as name, value as rows from json_each(p_changes) loop
    case v_change.name
    when 'lab.remove' then
      delete from read."lab" t
      using json_to_recordset(v_change.rows) as x ("labId" text)
      where t."lab_id" = x."labId";
    when 'lab.put' then
      insert into read."lab" ("lab_id", "name", "tenant_id", "state")
      select x."labId", x."name", x."tenantId", x."state"
      from json_to_recordset(v_change.rows) as x ("labId" text, "name" text, "tenantId" text, "state" text)
      on conflict ("lab_id") do update set "name" = excluded."name", "tenant_id" = excluded."tenant_id", "state" = excluded."state";
    when 'host.remove' then
      delete from read."host" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text)
      where t."lab_id" = x."labId" and t."host" = x."host";
    when 'host.put' then
      insert into read."host" ("lab_id", "host", "engine_profile", "engine_id", "address", "swarm_state", "swarm_role", "swarm_id", "node_id", "booted_at", "ordinal")
      select x."labId", x."host", x."engineProfile", x."engineId", x."address", x."swarmState", x."swarmRole", x."swarmId", x."nodeId", x."bootedAt", x."ordinal"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "engineProfile" text, "engineId" text, "address" inet, "swarmState" text, "swarmRole" text, "swarmId" text, "nodeId" text, "bootedAt" bigint, "ordinal" integer)
      on conflict ("lab_id", "host") do update set "engine_profile" = excluded."engine_profile", "engine_id" = excluded."engine_id", "address" = excluded."address", "swarm_state" = excluded."swarm_state", "swarm_role" = excluded."swarm_role", "swarm_id" = excluded."swarm_id", "node_id" = excluded."node_id", "booted_at" = excluded."booted_at", "ordinal" = excluded."ordinal";
    when 'network.remove' then
      delete from read."network" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "networkId" text)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."network_id" = x."networkId";
    when 'network.put' then
      insert into read."network" ("lab_id", "host", "network_id", "name", "driver", "scope", "is_internal", "is_attachable", "is_ingress", "is_ipv6_enabled", "is_config_only", "config_from", "ipam_driver", "pools", "options", "labels", "bridge_name", "vnis", "created_at", "ordinal")
      select x."labId", x."host", x."networkId", x."name", x."driver", x."scope", x."isInternal", x."isAttachable", x."isIngress", x."isIPv6Enabled", x."isConfigOnly", x."configFrom", x."ipamDriver", x."pools", x."options", x."labels", x."bridgeName", x."vnis", x."createdAt", x."ordinal"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "networkId" text, "name" text, "driver" text, "scope" text, "isInternal" boolean, "isAttachable" boolean, "isIngress" boolean, "isIPv6Enabled" boolean, "isConfigOnly" boolean, "configFrom" text, "ipamDriver" text, "pools" json, "options" json, "labels" json, "bridgeName" text, "vnis" json, "createdAt" bigint, "ordinal" integer)
      on conflict ("lab_id", "host", "network_id") do update set "name" = excluded."name", "driver" = excluded."driver", "scope" = excluded."scope", "is_internal" = excluded."is_internal", "is_attachable" = excluded."is_attachable", "is_ingress" = excluded."is_ingress", "is_ipv6_enabled" = excluded."is_ipv6_enabled", "is_config_only" = excluded."is_config_only", "config_from" = excluded."config_from", "ipam_driver" = excluded."ipam_driver", "pools" = excluded."pools", "options" = excluded."options", "labels" = excluded."labels", "bridge_name" = excluded."bridge_name", "vnis" = excluded."vnis", "created_at" = excluded."created_at", "ordinal" = excluded."ordinal";
    when 'container.remove' then
      delete from read."container" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "containerId" text)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."container_id" = x."containerId";
    when 'container.put' then
      insert into read."container" ("lab_id", "host", "container_id", "name", "image", "command", "status", "exit_code", "error", "network_mode", "sandbox_id", "hostname", "labels", "created_at", "started_at", "finished_at", "ordinal")
      select x."labId", x."host", x."containerId", x."name", x."image", x."command", x."status", x."exitCode", x."error", x."networkMode", x."sandboxId", x."hostname", x."labels", x."createdAt", x."startedAt", x."finishedAt", x."ordinal"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "containerId" text, "name" text, "image" text, "command" json, "status" text, "exitCode" integer, "error" text, "networkMode" text, "sandboxId" text, "hostname" text, "labels" json, "createdAt" bigint, "startedAt" bigint, "finishedAt" bigint, "ordinal" integer)
      on conflict ("lab_id", "host", "container_id") do update set "name" = excluded."name", "image" = excluded."image", "command" = excluded."command", "status" = excluded."status", "exit_code" = excluded."exit_code", "error" = excluded."error", "network_mode" = excluded."network_mode", "sandbox_id" = excluded."sandbox_id", "hostname" = excluded."hostname", "labels" = excluded."labels", "created_at" = excluded."created_at", "started_at" = excluded."started_at", "finished_at" = excluded."finished_at", "ordinal" = excluded."ordinal";
    when 'sandbox.remove' then
      delete from read."sandbox" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "sandboxId" text)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."sandbox_id" = x."sandboxId";
    when 'sandbox.put' then
      insert into read."sandbox" ("lab_id", "host", "sandbox_id", "container_id", "key", "namespace_number", "has_embedded_dns", "resolv_conf", "hosts_file")
      select x."labId", x."host", x."sandboxId", x."containerId", x."key", x."namespaceNumber", x."hasEmbeddedDns", x."resolvConf", x."hostsFile"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "sandboxId" text, "containerId" text, "key" text, "namespaceNumber" integer, "hasEmbeddedDns" boolean, "resolvConf" text, "hostsFile" text)
      on conflict ("lab_id", "host", "sandbox_id") do update set "container_id" = excluded."container_id", "key" = excluded."key", "namespace_number" = excluded."namespace_number", "has_embedded_dns" = excluded."has_embedded_dns", "resolv_conf" = excluded."resolv_conf", "hosts_file" = excluded."hosts_file";
    when 'endpoint.remove' then
      delete from read."endpoint" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "endpointId" text)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."endpoint_id" = x."endpointId";
    when 'endpoint.put' then
      insert into read."endpoint" ("lab_id", "host", "endpoint_id", "network_id", "network_name", "container_id", "sandbox_id", "ipv4", "ipv6", "mac", "gateway", "is_gateway_endpoint", "aliases", "interface_name", "interface_index", "veth_name", "veth_interface_index", "ordinal")
      select x."labId", x."host", x."endpointId", x."networkId", x."networkName", x."containerId", x."sandboxId", x."ipv4", x."ipv6", x."mac", x."gateway", x."isGatewayEndpoint", x."aliases", x."interfaceName", x."interfaceIndex", x."vethName", x."vethInterfaceIndex", x."ordinal"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "endpointId" text, "networkId" text, "networkName" text, "containerId" text, "sandboxId" text, "ipv4" inet, "ipv6" inet, "mac" text, "gateway" inet, "isGatewayEndpoint" boolean, "aliases" json, "interfaceName" text, "interfaceIndex" integer, "vethName" text, "vethInterfaceIndex" integer, "ordinal" integer)
      on conflict ("lab_id", "host", "endpoint_id") do update set "network_id" = excluded."network_id", "network_name" = excluded."network_name", "container_id" = excluded."container_id", "sandbox_id" = excluded."sandbox_id", "ipv4" = excluded."ipv4", "ipv6" = excluded."ipv6", "mac" = excluded."mac", "gateway" = excluded."gateway", "is_gateway_endpoint" = excluded."is_gateway_endpoint", "aliases" = excluded."aliases", "interface_name" = excluded."interface_name", "interface_index" = excluded."interface_index", "veth_name" = excluded."veth_name", "veth_interface_index" = excluded."veth_interface_index", "ordinal" = excluded."ordinal";
    when 'interface.remove' then
      delete from read."interface" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "namespace" text, "interfaceIndex" integer)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."namespace" = x."namespace" and t."interface_index" = x."interfaceIndex";
    when 'interface.put' then
      insert into read."interface" ("lab_id", "host", "namespace", "interface_index", "name", "kind", "mac", "mtu_bytes", "is_up", "has_carrier", "operational_state", "master", "peer_interface_index", "peer_namespace_number", "queue_length", "addresses", "vni", "network_id", "endpoint_id")
      select x."labId", x."host", x."namespace", x."interfaceIndex", x."name", x."kind", x."mac", x."mtuBytes", x."isUp", x."hasCarrier", x."operationalState", x."master", x."peerInterfaceIndex", x."peerNamespaceNumber", x."queueLength", x."addresses", x."vni", x."networkId", x."endpointId"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "namespace" text, "interfaceIndex" integer, "name" text, "kind" text, "mac" macaddr, "mtuBytes" integer, "isUp" boolean, "hasCarrier" boolean, "operationalState" text, "master" text, "peerInterfaceIndex" integer, "peerNamespaceNumber" integer, "queueLength" integer, "addresses" json, "vni" integer, "networkId" text, "endpointId" text)
      on conflict ("lab_id", "host", "namespace", "interface_index") do update set "name" = excluded."name", "kind" = excluded."kind", "mac" = excluded."mac", "mtu_bytes" = excluded."mtu_bytes", "is_up" = excluded."is_up", "has_carrier" = excluded."has_carrier", "operational_state" = excluded."operational_state", "master" = excluded."master", "peer_interface_index" = excluded."peer_interface_index", "peer_namespace_number" = excluded."peer_namespace_number", "queue_length" = excluded."queue_length", "addresses" = excluded."addresses", "vni" = excluded."vni", "network_id" = excluded."network_id", "endpoint_id" = excluded."endpoint_id";
    when 'route.remove' then
      delete from read."route" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "namespace" text, "family" integer, "destination" text, "device" text, "metric" integer)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."namespace" = x."namespace" and t."family" = x."family" and t."destination" = x."destination" and t."device" = x."device" and t."metric" = x."metric";
    when 'route.put' then
      insert into read."route" ("lab_id", "host", "namespace", "destination", "family", "gateway", "device", "protocol", "scope", "source", "metric", "is_link_down")
      select x."labId", x."host", x."namespace", x."destination", x."family", x."gateway", x."device", x."protocol", x."scope", x."source", x."metric", x."isLinkDown"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "namespace" text, "destination" text, "family" integer, "gateway" inet, "device" text, "protocol" text, "scope" text, "source" inet, "metric" integer, "isLinkDown" boolean)
      on conflict ("lab_id", "host", "namespace", "family", "destination", "device", "metric") do update set "gateway" = excluded."gateway", "protocol" = excluded."protocol", "scope" = excluded."scope", "source" = excluded."source", "is_link_down" = excluded."is_link_down";
    when 'chain.remove' then
      delete from read."chain" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "namespace" text, "family" integer, "table" text, "chain" text)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."namespace" = x."namespace" and t."family" = x."family" and t."table" = x."table" and t."chain" = x."chain";
    when 'chain.put' then
      insert into read."chain" ("lab_id", "host", "namespace", "family", "table", "chain", "policy", "rank")
      select x."labId", x."host", x."namespace", x."family", x."table", x."chain", x."policy", x."rank"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "namespace" text, "family" integer, "table" text, "chain" text, "policy" text, "rank" text)
      on conflict ("lab_id", "host", "namespace", "family", "table", "chain") do update set "policy" = excluded."policy", "rank" = excluded."rank";
    when 'rule.remove' then
      delete from read."rule" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "namespace" text, "family" integer, "table" text, "chain" text, "rank" text)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."namespace" = x."namespace" and t."family" = x."family" and t."table" = x."table" and t."chain" = x."chain" and t."rank" = x."rank";
    when 'rule.put' then
      insert into read."rule" ("lab_id", "host", "namespace", "family", "table", "chain", "rank", "match", "target", "network_id", "endpoint_id")
      select x."labId", x."host", x."namespace", x."family", x."table", x."chain", x."rank", x."match", x."target", x."networkId", x."endpointId"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "namespace" text, "family" integer, "table" text, "chain" text, "rank" text, "match" json, "target" json, "networkId" text, "endpointId" text)
      on conflict ("lab_id", "host", "namespace", "family", "table", "chain", "rank") do update set "match" = excluded."match", "target" = excluded."target", "network_id" = excluded."network_id", "endpoint_id" = excluded."endpoint_id";
    when 'forwarding.remove' then
      delete from read."forwarding" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "namespace" text, "device" text, "mac" macaddr, "bridge" text, "vlan" integer)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."namespace" = x."namespace" and t."device" = x."device" and t."mac" = x."mac" and t."bridge" is not distinct from x."bridge" and t."vlan" is not distinct from x."vlan";
    when 'forwarding.put' then
      insert into read."forwarding" ("lab_id", "host", "namespace", "device", "mac", "bridge", "is_permanent", "remote", "vlan")
      select x."labId", x."host", x."namespace", x."device", x."mac", x."bridge", x."isPermanent", x."remote", x."vlan"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "namespace" text, "device" text, "mac" macaddr, "bridge" text, "isPermanent" boolean, "remote" inet, "vlan" integer)
      on conflict ("lab_id", "host", "namespace", "device", "mac", "bridge", "vlan") do update set "is_permanent" = excluded."is_permanent", "remote" = excluded."remote";
    when 'neighbour.remove' then
      delete from read."neighbour" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "namespace" text, "device" text, "address" inet)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."namespace" = x."namespace" and t."device" = x."device" and t."address" = x."address";
    when 'neighbour.put' then
      insert into read."neighbour" ("lab_id", "host", "namespace", "device", "address", "mac", "state")
      select x."labId", x."host", x."namespace", x."device", x."address", x."mac", x."state"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "namespace" text, "device" text, "address" inet, "mac" macaddr, "state" text)
      on conflict ("lab_id", "host", "namespace", "device", "address") do update set "mac" = excluded."mac", "state" = excluded."state";
    when 'publishedPort.remove' then
      delete from read."published_port" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "protocol" text, "hostIp" inet, "hostPort" integer)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."protocol" = x."protocol" and t."host_ip" = x."hostIp" and t."host_port" = x."hostPort";
    when 'publishedPort.put' then
      insert into read."published_port" ("lab_id", "host", "protocol", "host_ip", "host_port", "container_id", "endpoint_id", "container_port", "proxy_process_id", "ordinal")
      select x."labId", x."host", x."protocol", x."hostIp", x."hostPort", x."containerId", x."endpointId", x."containerPort", x."proxyProcessId", x."ordinal"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "protocol" text, "hostIp" inet, "hostPort" integer, "containerId" text, "endpointId" text, "containerPort" integer, "proxyProcessId" integer, "ordinal" integer)
      on conflict ("lab_id", "host", "protocol", "host_ip", "host_port") do update set "container_id" = excluded."container_id", "endpoint_id" = excluded."endpoint_id", "container_port" = excluded."container_port", "proxy_process_id" = excluded."proxy_process_id", "ordinal" = excluded."ordinal";
    when 'dnsName.remove' then
      delete from read."dns_name" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "networkId" text, "name" text, "endpointId" text, "address" text)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."network_id" = x."networkId" and t."name" = x."name" and t."endpoint_id" = x."endpointId" and t."address" = x."address";
    when 'dnsName.put' then
      insert into read."dns_name" ("lab_id", "host", "network_id", "name", "endpoint_id", "address", "kind")
      select x."labId", x."host", x."networkId", x."name", x."endpointId", x."address", x."kind"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "networkId" text, "name" text, "endpointId" text, "address" text, "kind" text)
      on conflict ("lab_id", "host", "network_id", "name", "endpoint_id", "address") do update set "kind" = excluded."kind";
    when 'socket.remove' then
      delete from read."socket" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "namespace" text, "protocol" text, "localAddress" text, "localPort" integer, "processId" integer)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."namespace" = x."namespace" and t."protocol" = x."protocol" and t."local_address" = x."localAddress" and t."local_port" = x."localPort" and t."process_id" = x."processId";
    when 'socket.put' then
      insert into read."socket" ("lab_id", "host", "namespace", "protocol", "local_address", "local_port", "state", "process_id", "process_name", "is_ipv6_only", "backlog")
      select x."labId", x."host", x."namespace", x."protocol", x."localAddress", x."localPort", x."state", x."processId", x."processName", x."isIPv6Only", x."backlog"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "namespace" text, "protocol" text, "localAddress" text, "localPort" integer, "state" text, "processId" integer, "processName" text, "isIPv6Only" boolean, "backlog" integer)
      on conflict ("lab_id", "host", "namespace", "protocol", "local_address", "local_port", "process_id") do update set "state" = excluded."state", "process_name" = excluded."process_name", "is_ipv6_only" = excluded."is_ipv6_only", "backlog" = excluded."backlog";
    when 'process.remove' then
      delete from read."process" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "processId" integer)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."process_id" = x."processId";
    when 'process.put' then
      insert into read."process" ("lab_id", "host", "process_id", "parent_process_id", "container_id", "command", "user", "started_at")
      select x."labId", x."host", x."processId", x."parentProcessId", x."containerId", x."command", x."user", x."startedAt"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "processId" integer, "parentProcessId" integer, "containerId" text, "command" json, "user" text, "startedAt" bigint)
      on conflict ("lab_id", "host", "process_id") do update set "parent_process_id" = excluded."parent_process_id", "container_id" = excluded."container_id", "command" = excluded."command", "user" = excluded."user", "started_at" = excluded."started_at";
    when 'endpointDocument.remove' then
      delete from read."endpoint_document" t
      using json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "endpointId" text)
      where t."lab_id" = x."labId" and t."host" = x."host" and t."endpoint_id" = x."endpointId";
    when 'endpointDocument.put' then
      insert into read."endpoint_document" ("lab_id", "host", "endpoint_id", "network_id", "ordinal", "document")
      select x."labId", x."host", x."endpointId", x."networkId", x."ordinal", x."document"
      from json_to_recordset(v_change.rows) as x ("labId" text, "host" text, "endpointId" text, "networkId" text, "ordinal" integer, "document" json)
      on conflict ("lab_id", "host", "endpoint_id") do update set "network_id" = excluded."network_id", "ordinal" = excluded."ordinal", "document" = excluded."document";
    when 'labs' then
      insert into read.lab_version as v (lab_id, version)
      select x."labId", max(x."version")
      from json_to_recordset(v_change.rows) as x ("labId" text, "version" bigint)
      group by 1
      on conflict (lab_id) do update set version = excluded.version
      where v.version < excluded.version;
    end case;
  end loop;
end;
$$;
