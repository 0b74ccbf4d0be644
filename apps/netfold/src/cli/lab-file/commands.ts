import type { ContainerFile, LabFile, NetworkFile } from './lab-file.ts';

/** What a lab has already: names by host. */
export type Existing = ReadonlyMap<
  string,
  { readonly networks: ReadonlySet<string>; readonly containers: ReadonlySet<string> }
>;

/** One element of `commandsApply(commands:)`. */
export type CommandInput = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The commands that bring a lab to what the file says; what is there by name stays as it is. */
export function commandsOf(file: LabFile, existing: Existing): readonly CommandInput[] {
  const hosts = Object.entries(file.hosts);
  return [
    ...hosts
      .filter(([name]) => !existing.has(name))
      .map(([name]): CommandInput => ({ hostAdd: { name } })),
    ...hosts.flatMap(([host, of]) =>
      Object.entries(of?.networks ?? {})
        .filter(([name]) => !existing.get(host)?.networks.has(name))
        .map(([name, network]) => networkCreate(host, name, network ?? {})),
    ),
    ...hosts.flatMap(([host, of]) =>
      Object.entries(of?.containers ?? {})
        .filter(([name]) => !existing.get(host)?.containers.has(name))
        .flatMap(([name, container]) => containerCommands(host, name, container)),
    ),
  ];
}

function networkCreate(host: string, name: string, network: NetworkFile): CommandInput {
  const { subnet, ip_range: ipRange, gateway, aux_addresses: aux } = network;
  const isPool = [subnet, ipRange, gateway, aux].some((value) => value !== undefined);
  const pool = {
    subnet: subnet ?? '',
    ipRange: ipRange ?? '',
    gateway: gateway ?? '',
    auxAddresses: pairs(aux),
  };
  return {
    networkCreate: {
      host,
      name,
      driver: network.driver ?? 'bridge',
      isInternal: network.internal ?? false,
      isAttachable: network.attachable ?? false,
      isIPv6Enabled: network.ipv6 ?? false,
      pools: isPool ? [pool] : [],
      options: pairs(network.options),
      labels: pairs(network.labels),
    },
  };
}

/** Create on the first network, connect to the others, start: as compose does. */
function containerCommands(
  host: string,
  name: string,
  container: ContainerFile,
): readonly CommandInput[] {
  const [first, ...others] = attachments(container);
  const create = {
    ...containerCreate(host, name, container),
    networkMode: container.network_mode ?? first?.network ?? 'default',
    endpoints: first === undefined ? [] : [first],
  };
  const connects = others.map(({ network, ...endpoint }): CommandInput => ({
    networkConnect: { host, network, container: name, endpoint },
  }));
  const start: CommandInput[] =
    container.state === 'created' ? [] : [{ containerStart: { host, container: name } }];
  return [{ containerCreate: create }, ...connects, ...start];
}

function containerCreate(host: string, name: string, container: ContainerFile) {
  const { command, environment, ports, expose } = container;
  return {
    host,
    name,
    image: container.image,
    command: typeof command === 'string' ? command.split(/\s+/) : (command ?? null),
    environment: Array.isArray(environment)
      ? environment
      : Object.entries(environment ?? {}).map(([key, value]) => `${key}=${value}`),
    publish: (ports ?? []).map((port) => publish(String(port))),
    exposedPorts: (expose ?? []).map((port) => withProtocol(String(port))),
    labels: pairs(container.labels),
    hostname: container.hostname ?? '',
    macAddress: container.mac_address ?? '',
    links: container.links ?? [],
    dns: container.dns ?? [],
    extraHosts: container.extra_hosts ?? [],
  };
}

function attachments({ networks }: ContainerFile) {
  const entries = Array.isArray(networks)
    ? networks.map((network) => [network, null] as const)
    : Object.entries(networks ?? {});
  return entries.map(([network, of]) => ({
    network,
    ipv4Address: of?.ipv4_address ?? '',
    ipv6Address: of?.ipv6_address ?? '',
    aliases: of?.aliases ?? [],
  }));
}

/** `[ADDRESS:][HOST]:CONTAINER[/PROTOCOL]`, as `docker run -p` takes it. */
export function publish(port: string) {
  const parts = port.split(':');
  const containerPort = withProtocol(parts.at(-1) ?? '');
  const hostPort = parts.length > 1 ? (parts.at(-2) ?? '') : '';
  const hostIp = parts
    .slice(0, -2)
    .join(':')
    .replace(/^\[|\]$/g, '');
  return { containerPort, hostPort, hostIp };
}

const withProtocol = (port: string): string => (port.includes('/') ? port : `${port}/tcp`);

const pairs = (record: Readonly<Record<string, string>> | undefined) =>
  Object.entries(record ?? {}).map(([name, value]) => ({ name, value }));
