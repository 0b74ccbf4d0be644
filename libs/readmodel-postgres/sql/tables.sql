create table read."lab" (
  "lab_id" text collate "C" not null,
  "name" text collate "C" not null,
  "tenant_id" text collate "C" not null,
  "state" text collate "C" not null
);

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
  "ordinal" integer not null
);

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
  "ordinal" integer not null
);

create table read."container" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "container_id" text collate "C" not null,
  "name" text collate "C" not null,
  "image" text collate "C" not null,
  "command" json not null,
  "status" text collate "C" not null,
  "health" text collate "C",
  "exit_code" integer not null,
  "error" text collate "C" not null,
  "network_mode" text collate "C" not null,
  "sandbox_id" text collate "C",
  "hostname" text collate "C" not null,
  "labels" json not null,
  "created_at" bigint not null,
  "started_at" bigint,
  "finished_at" bigint,
  "ordinal" integer not null
);

create table read."sandbox" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "sandbox_id" text collate "C" not null,
  "container_id" text collate "C" not null,
  "key" text collate "C" not null,
  "namespace_number" integer not null,
  "has_embedded_dns" boolean not null,
  "resolv_conf" text collate "C" not null,
  "hosts_file" text collate "C" not null
);

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
  "ordinal" integer not null
);

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
  "endpoint_id" text collate "C"
);

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
  "is_link_down" boolean not null
);

create table read."chain" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "namespace" text collate "C" not null,
  "family" integer not null,
  "table" text collate "C" not null,
  "chain" text collate "C" not null,
  "policy" text collate "C",
  "rank" text collate "C" not null
);

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
  "endpoint_id" text collate "C"
);

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
  "learnt_at" bigint
);

create table read."neighbour" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "namespace" text collate "C" not null,
  "device" text collate "C" not null,
  "address" inet not null,
  "mac" macaddr not null,
  "state" text collate "C" not null,
  "learnt_at" bigint
);

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
  "ordinal" integer not null
);

create table read."dns_name" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "network_id" text collate "C" not null,
  "name" text collate "C" not null,
  "endpoint_id" text collate "C" not null,
  "address" text collate "C" not null,
  "kind" text collate "C" not null
);

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
  "backlog" integer not null
);

create table read."process" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "process_id" integer not null,
  "parent_process_id" integer not null,
  "container_id" text collate "C",
  "command" json not null,
  "user" text collate "C" not null,
  "started_at" bigint not null
);

create table read."endpoint_document" (
  "lab_id" text collate "C" not null,
  "host" text collate "C" not null,
  "endpoint_id" text collate "C" not null,
  "network_id" text collate "C" not null,
  "ordinal" integer not null,
  "document" json not null
) with (toast_tuple_target = 8160);
