import type { Row, TableName } from '@netfold/dataplane';
import type { ActiveLab, LabHost } from '@netfold/domain';
import { isPortOpen } from './port-checks.ts';
import type { RowsOfLab } from './rows-of-lab.ts';

/**
 * What the rows of a lab say that cannot be: of its state, or of each other. Written from what a
 * host is, not from how the rows are made, so that a row that is wrong in every view is found too.
 */
export function contradictions(lab: ActiveLab, rows: RowsOfLab): readonly string[] {
  return [
    ...[...lab.hosts.values()].flatMap((host) => countsOf(lab, host, rows)),
    ...linksContradicted(rows),
    ...routesContradicted(rows),
    ...rulesContradicted(rows),
    ...endpointsContradicted(rows),
    ...processesContradicted(rows),
    ...sandboxesContradicted(rows),
    ...rows.publishedPort.filter((port) => !isPortOpen(rows, port)).map(said('not open')),
  ];
}

const said =
  (what: string) =>
  (row: unknown): string =>
    `${what}: ${JSON.stringify(row)}`;

/** Every entity has its row. */
function countsOf(lab: ActiveLab, host: LabHost, rows: RowsOfLab): readonly string[] {
  const of = (table: TableName): number =>
    rows[table].filter((row) => 'host' in row && row.host === host.name).length;
  const { membership } = host;
  const isManager = membership.state === 'active' && membership.role === 'manager';
  const managed = isManager ? [...(lab.swarms.get(membership.swarmId)?.networks.keys() ?? [])] : [];
  const running = [...host.containers.values()].filter(({ processId }) => processId > 0).length;
  const execs = [...host.execs.values()].filter(({ status }) => status === 'running').length;
  const wanted: Readonly<Partial<Record<TableName, number>>> = {
    host: 1,
    network: new Set([...host.networks.keys(), ...managed]).size,
    container: host.containers.size,
    sandbox: host.sandboxes.size,
    endpoint: host.endpoints.size,
    endpointDocument: host.endpoints.size,
    publishedPort: host.publishedPorts.size,
    process: engineProcesses + running + execs + host.publishedPorts.size,
  };
  return Object.entries(wanted)
    .filter(([table, count]) => of(table as TableName) !== count)
    .map(([table, count]) => `${host.name} has ${of(table as TableName)} of ${count} ${table}`);
}

/** init, dockerd, containerd */
const engineProcesses = 3;

type InNamespace = { readonly host: string; readonly namespace: string };
const place = ({ host, namespace }: InNamespace): string => `${host} ${namespace}`;
const device = (row: InNamespace & { readonly device: string }): string =>
  `${place(row)} ${row.device}`;

/** Pairs know each other, ports have their bridge, bridges their ports; what is down has none. */
function linksContradicted({
  interface: links,
  forwarding,
  neighbour,
  sandbox,
}: RowsOfLab): string[] {
  const named = new Map(links.map((link) => [`${place(link)} ${link.name}`, link]));
  // Each stack counts for itself: a link made by hand may have the index of another stack's.
  const pairs = links.filter(({ kind, endpointId }) => kind === 'veth' && endpointId !== null);
  const indexes = new Map(pairs.map((link) => [`${link.host} ${link.interfaceIndex}`, link]));
  const isAlone = (link: Row<'interface'>): boolean => {
    const peer = indexes.get(`${link.host} ${link.peerInterfaceIndex}`);
    return peer?.peerInterfaceIndex !== link.interfaceIndex;
  };
  const outside = new Set(
    links
      .filter(({ namespace }) => namespace === '')
      .map(({ host, interfaceIndex }) => `${host} ${interfaceIndex}`),
  );
  const isOrphan = ({ kind, host, peerInterfaceIndex }: Row<'interface'>): boolean =>
    kind === 'macvlan' && !outside.has(`${host} ${peerInterfaceIndex}`);
  const isLoose = (link: Row<'interface'>): boolean => {
    if (link.master === null) return false;
    const bridge = named.get(`${place(link)} ${link.master}`);
    return bridge === undefined || (bridge.isUp && link.hasCarrier && !bridge.hasCarrier);
  };
  const ports = new Set(links.map((link) => `${place(link)} ${link.master}`));
  const isUpInVain = (link: Row<'interface'>): boolean =>
    link.kind === 'bridge' &&
    link.operationalState === 'UP' &&
    !ports.has(`${place(link)} ${link.name}`);
  const loopbacks = new Set(links.filter(({ name }) => name === 'lo').map(place));
  const children = new Set(
    links.filter(({ kind }) => kind === 'macvlan').map(({ host, mac }) => `${host} ${mac}`),
  );
  // A parent link of macvlan takes in what is meant for its children.
  const isForgotten = (entry: Row<'forwarding'>): boolean =>
    entry.isPermanent &&
    named.get(device(entry))?.mac !== entry.mac &&
    !(entry.bridge === null && children.has(`${entry.host} ${entry.mac}`));
  const macs = new Set(links.map(({ mac }) => mac));
  // What a bridge heard at a port is somebody's, at a port that it has.
  const isUnheard = ({ isPermanent, mac, ...entry }: Row<'forwarding'>): boolean =>
    !isPermanent && (!macs.has(mac) || named.get(device(entry))?.master !== entry.bridge);
  const isNowhere = (row: Row<'neighbour'>): boolean => !named.has(device(row));
  const entries = new Set(forwarding.map((entry) => `${device(entry)} ${entry.mac}`));
  return [
    ...pairs.filter(isAlone).map(said('a veth without its peer')),
    ...links.filter(isOrphan).map(said('a macvlan link without its parent')),
    ...links.filter(isLoose).map(said('a port of no bridge that is up')),
    ...links.filter(isUpInVain).map(said('a bridge that is up without a port')),
    ...links
      .filter(
        (link) => link.master !== null && !entries.has(`${place(link)} ${link.name} ${link.mac}`),
      )
      .map(said('a port that its bridge does not know')),
    ...forwarding.filter(isForgotten).map(said('an entry for an address nobody has')),
    ...forwarding.filter(isUnheard).map(said('a port that heard nobody')),
    ...neighbour.filter(isNowhere).map(said('a neighbour on no link')),
    ...sandbox
      .filter(({ host, sandboxId }) => !loopbacks.has(`${host} ${sandboxId}`))
      .map(said('a sandbox without a loopback')),
  ];
}

/** Ways lead through links that are there, and addresses have a way to their network. */
function routesContradicted({ interface: links, route }: RowsOfLab): string[] {
  const named = new Map(links.map((link) => [`${place(link)} ${link.name}`, link]));
  const isNowhere = (row: Row<'route'>): boolean => {
    const link = named.get(device(row));
    if (link === undefined) return true;
    const has = link.addresses.some(({ address }) => address.split('/')[0] === row.source);
    const isWrong = row.source !== null && !has;
    return isWrong || !link.isUp || row.isLinkDown === link.hasCarrier;
  };
  const sources = new Set(route.map((row) => `${device(row)} ${row.source}`));
  const hasNoWay = (link: Row<'interface'>): boolean =>
    link.name !== 'lo' &&
    link.isUp &&
    link.addresses.some(
      ({ family, address, scope, isSecondary }) =>
        family === 4 &&
        isSecondary !== true &&
        scope === 'global' &&
        !address.endsWith('/32') &&
        // The kernel has no route of the link to multicast.
        Number(address.split('.')[0]) < 224 &&
        !sources.has(`${place(link)} ${link.name} ${address.split('/')[0]}`),
    );
  return [
    ...route.filter(isNowhere).map(said('a route through nothing')),
    ...links.filter(hasNoWay).map(said('an address without a route')),
  ];
}

/** Rules stand in chains, jump to chains, and speak of bridges that are there. */
function rulesContradicted({ interface: links, chain, rule, network }: RowsOfLab): string[] {
  const chains = new Set(chain.map((row) => `${place(row)} ${row.table} ${row.chain}`));
  const isBuiltIn = (name: string): boolean =>
    /^(?:PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING)$/.test(name);
  const names = new Set(links.map((link) => `${place(link)} ${link.name}`));
  const isLost = (row: Row<'rule'>): boolean => {
    const { match, target } = row;
    const isUnknown =
      !isBuiltIn(row.chain) && !chains.has(`${place(row)} ${row.table} ${row.chain}`);
    const spoken = [match.inInterface?.value, match.outInterface?.value];
    const jumps =
      target.kind === 'jump' && !chains.has(`${place(row)} ${row.table} ${target.chain}`);
    const isBroken = spoken.some(
      (name) => name !== undefined && !names.has(`${place(row)} ${name}`),
    );
    return isUnknown || jumps || isBroken;
  };
  const closed = new Set(rule.map((row) => `${row.host} ${row.chain} ${row.networkId}`));
  const isOpen = ({ host, networkId, bridgeName, pools }: Row<'network'>): boolean =>
    bridgeName !== null &&
    bridgeName !== 'docker0' &&
    pools.length > 0 &&
    !closed.has(`${host} DOCKER-ISOLATION-STAGE-1 ${networkId}`);
  return [
    ...rule.filter(isLost).map(said('a rule about nothing')),
    ...network.filter(isOpen).map(said('a network without isolation')),
  ];
}

/** A sandbox has the way out and the embedded DNS that it is said to have. */
function sandboxesContradicted({ endpoint, route, sandbox, chain, socket }: RowsOfLab): string[] {
  const ways = new Set(
    route.filter(({ destination }) => destination === 'default').map((row) => device(row)),
  );
  const isShut = (row: Row<'endpoint'>): boolean =>
    row.isGatewayEndpoint &&
    row.gateway !== null &&
    row.interfaceName !== null &&
    !ways.has(`${row.host} ${row.sandboxId} ${row.interfaceName}`);
  const hooked = new Set(
    chain.filter((row) => row.chain === 'DOCKER_OUTPUT').map((row) => place(row)),
  );
  const heard = new Set(
    socket.filter(({ localAddress }) => localAddress === '127.0.0.11').map((row) => place(row)),
  );
  const isMute = ({ host, sandboxId, hasEmbeddedDns }: Row<'sandbox'>): boolean => {
    const key = `${host} ${sandboxId}`;
    // Its rules stay in a stack whose container has stopped; nobody listens there any more.
    return (hasEmbeddedDns && !hooked.has(key)) || hasEmbeddedDns !== heard.has(key);
  };
  return [
    ...endpoint.filter(isShut).map(said('a way out that nobody can go')),
    ...sandbox.filter(isMute).map(said('an embedded DNS that does not answer')),
  ];
}

/** What an endpoint says of itself is on its link, in its document and in its names. */
function endpointsContradicted(rows: RowsOfLab): string[] {
  const { endpoint, interface: links, dnsName, endpointDocument, container } = rows;
  const inside = new Map(
    links
      .filter(({ namespace, endpointId }) => endpointId !== null && namespace !== '')
      .map((link) => [`${link.endpointId} ${link.namespace}`, link]),
  );
  const isWrong = (row: Row<'endpoint'>): boolean => {
    if (row.interfaceName === null || row.sandboxId === 'host') return false;
    const link = inside.get(`${row.endpointId} ${row.sandboxId}`);
    const hasAddress = link?.addresses.some(({ address }) => address === row.ipv4) ?? false;
    return link?.mac !== row.mac || link.name !== row.interfaceName || !hasAddress;
  };
  const known = new Map(endpoint.map((row) => [row.endpointId, row]));
  const isMisnamed = ({ endpointId, address }: Row<'dnsName'>): boolean => {
    const row = known.get(endpointId);
    const addresses = [row?.ipv4, row?.ipv6].map((text) => text?.split('/')[0]);
    return typeof row?.sandboxId !== 'string' || !addresses.includes(address);
  };
  const named = new Set(dnsName.map(({ endpointId, name }) => `${endpointId} ${name}`));
  const userDefined = new Set(
    rows.network.filter(({ name }) => !predefined.has(name)).map(({ networkId }) => networkId),
  );
  const names = new Map(container.map(({ containerId, name }) => [containerId, name]));
  const isNameless = (row: Row<'endpoint'>): boolean => {
    const name = names.get(row.containerId)?.toLowerCase();
    const isNamed = row.interfaceName !== null && row.ipv4 !== null && name !== undefined;
    return isNamed && userDefined.has(row.networkId) && !named.has(`${row.endpointId} ${name}`);
  };
  const isOutdated = ({ endpointId, document }: Row<'endpointDocument'>): boolean =>
    JSON.stringify(document['endpoint']) !== JSON.stringify(known.get(endpointId));
  return [
    ...endpoint.filter(isWrong).map(said('an endpoint without its link')),
    ...endpoint.filter(isNameless).map(said('an endpoint that nobody finds by its name')),
    ...dnsName.filter(isMisnamed).map(said('a name of nobody')),
    ...endpointDocument.filter(isOutdated).map(said('a document of another endpoint')),
  ];
}

const predefined: ReadonlySet<string> = new Set([
  'bridge',
  'host',
  'none',
  'docker_gwbridge',
  'ingress',
]);

/** Sockets belong to processes, processes to parents or containers. */
function processesContradicted({ process, socket, container }: RowsOfLab): string[] {
  const ids = new Set(process.map(({ host, processId }) => `${host} ${processId}`));
  const containers = new Set(container.map(({ containerId }) => containerId));
  return [
    ...socket
      .filter(({ host, processId }) => processId > 0 && !ids.has(`${host} ${processId}`))
      .map(said('a socket of no process')),
    ...process
      .filter(({ containerId }) => containerId !== null && !containers.has(containerId))
      .map(said('a process of no container')),
    ...container
      .filter(({ status }) => status === 'paused' || status === 'running')
      .filter(({ sandboxId }) => sandboxId === null)
      .map(said('a running container without a network stack')),
  ];
}
