import type { EndpointRow, RouteRow, RuleMatch, RuleTarget } from '@netfold/dataplane';
import type { LabScope } from '../request/lab-scope.ts';
import { endpointConnection } from './host.ts';
import type { EndpointObject } from './host.ts';
import { rowConnection } from './connection.ts';
import type { PageArguments } from './connection.ts';
import { rowObject } from './object.ts';
import { endpointName, inOverlay, namesOnNetwork } from './overlay.ts';
import type { RowObject } from './object.ts';
import {
  containerOf,
  endpointOf,
  endpointsWhere,
  hostOf,
  interfacesIn,
  networkOf,
  routesIn,
  sandboxOf,
} from './references.ts';

type MapEntry = { readonly name: string; readonly value: string };

export const entriesOf = (map: Readonly<Record<string, string>>): readonly MapEntry[] =>
  Object.entries(map).map(([name, value]) => ({ name, value }));

/** Rows write an empty text where there is nothing; the schema says null. */
const orNull = (value: string): string | null => (value === '' ? null : value);

type OnHost = RowObject<
  | 'Network'
  | 'Container'
  | 'Endpoint'
  | 'Sandbox'
  | 'Interface'
  | 'Route'
  | 'Chain'
  | 'Rule'
  | 'Forwarding'
  | 'Neighbour'
  | 'PublishedPort'
  | 'DnsName'
  | 'Socket'
  | 'Process'
>;

/** Fields that objects on a host have in common. */
const host = ({ scope, row }: OnHost) => hostOf(scope, row.host);
const sandbox = ({ scope, row }: RowObject<'Interface' | 'Route'>) =>
  row.namespace.startsWith('overlay/') ? null : sandboxOf(scope, row.host, row.namespace);

/** A row's own `scope`; beside the row that name is taken by the reader. */
const scopeOfRow = ({ row }: RowObject<'Network' | 'Route'>) => row.scope;

const networkResolvers = {
  host,
  scope: scopeOfRow,
  configFrom: ({ row }: RowObject<'Network'>) => orNull(row.configFrom),
  pools: ({ row }: RowObject<'Network'>) =>
    row.pools.map((pool) => ({
      ...pool,
      ipRange: orNull(pool.ipRange),
      gateway: orNull(pool.gateway),
      auxAddresses: entriesOf(pool.auxAddresses),
    })),
  options: ({ row }: RowObject<'Network'>) => entriesOf(row.options),
  labels: ({ row }: RowObject<'Network'>) => entriesOf(row.labels),
  endpoints: ({ scope, row }: RowObject<'Network'>, args: PageArguments) =>
    endpointConnection(scope, { host: row.host, networkId: row.networkId }, args),
  dnsNames: ({ scope, row }: RowObject<'Network'>, args: PageArguments) =>
    rowConnection('DnsName', scope, namesOnNetwork(row), args),
  forwardings: ({ scope, row }: RowObject<'Network'>, args: PageArguments) =>
    rowConnection('Forwarding', scope, inOverlay(row), args),
};

const containerResolvers = {
  host,
  error: ({ row }: RowObject<'Container'>) => orNull(row.error),
  labels: ({ row }: RowObject<'Container'>) => entriesOf(row.labels),
  sandbox: ({ scope, row }: RowObject<'Container'>) =>
    row.sandboxId === 'host' ? null : sandboxOf(scope, row.host, row.sandboxId),
  endpoints: ({ scope, row }: RowObject<'Container'>) =>
    endpointsWhere(scope, row.host, 'containerId', row.containerId),
  publishedPorts: async ({ scope, row }: RowObject<'Container'>) => {
    const columns = ['host', 'containerId'] as const;
    const rows = await scope.rowsWhere('publishedPort', columns, [row.host, row.containerId]);
    const sorted = rows.toSorted((a, b) => a.ordinal - b.ordinal);
    return sorted.map((port) => rowObject('PublishedPort', scope, port));
  },
};

const endpointResolvers = {
  host,
  name: ({ scope, row }: EndpointObject) => endpointName(scope, row),
  network: ({ scope, row }: EndpointObject) => networkOf(scope, row.host, row.networkId),
  container: ({ scope, row }: EndpointObject) => containerOf(scope, row.host, row.containerId),
  sandbox: ({ scope, row }: EndpointObject) => sandboxOf(scope, row.host, row.sandboxId),
  interface: ({ scope, row, document }: EndpointObject) => {
    if (document !== undefined) {
      return document.interface === null ? null : rowObject('Interface', scope, document.interface);
    }
    return endOf(scope, row, true);
  },
  hostInterface: ({ scope, row, document }: EndpointObject) => {
    if (document === undefined) return endOf(scope, row, false);
    const { hostInterface } = document;
    return hostInterface === null ? null : rowObject('Interface', scope, hostInterface);
  },
  routes: ({ scope, row, document }: EndpointObject) => {
    const shown = (routes: readonly RouteRow[]) =>
      routes.map((route) => rowObject('Route', scope, route));
    return document === undefined ? routesThrough(scope, row).then(shown) : shown(document.routes);
  },
};

async function routesThrough(
  scope: LabScope,
  { host: hostName, sandboxId, interfaceName }: EndpointRow,
): Promise<readonly RouteRow[]> {
  if (sandboxId === null) return [];
  const routes = await scope.rowsWhere('route', ['host', 'namespace'], [hostName, sandboxId]);
  return routes.filter((route) => route.device === interfaceName);
}

/** The end of an endpoint's link inside its sandbox, or the one outside: one read for both. */
async function endOf(
  scope: LabScope,
  { host: hostName, endpointId, sandboxId }: EndpointRow,
  isInside: boolean,
): Promise<RowObject<'Interface'> | null> {
  const ends = await scope.rowsWhere('interface', ['host', 'endpointId'], [hostName, endpointId]);
  const end = ends.find(({ namespace }) => (namespace === sandboxId) === isInside);
  return end === undefined ? null : rowObject('Interface', scope, end);
}

type SandboxObject = RowObject<'Sandbox'>;
const inSandbox = ({ row }: SandboxObject) => ({ host: row.host, namespace: row.sandboxId });

const sandboxResolvers = {
  host,
  container: ({ scope, row }: SandboxObject) => containerOf(scope, row.host, row.containerId),
  endpoints: ({ scope, row }: SandboxObject) =>
    endpointsWhere(scope, row.host, 'sandboxId', row.sandboxId),
  interfaces: ({ scope, row }: SandboxObject) => interfacesIn(scope, row.host, row.sandboxId),
  routes: ({ scope, row }: SandboxObject) => routesIn(scope, row.host, row.sandboxId),
  rules: (sandboxObject: SandboxObject, args: PageArguments) =>
    rowConnection('Rule', sandboxObject.scope, inSandbox(sandboxObject), args),
  neighbours: (sandboxObject: SandboxObject, args: PageArguments) =>
    rowConnection('Neighbour', sandboxObject.scope, inSandbox(sandboxObject), args),
  sockets: (sandboxObject: SandboxObject, args: PageArguments) =>
    rowConnection('Socket', sandboxObject.scope, inSandbox(sandboxObject), args),
};

type Made = RowObject<'Interface' | 'Rule'>;
const madeFor = {
  network: ({ scope, row }: Made) => networkOf(scope, row.host, row.networkId),
  endpoint: ({ scope, row }: Made) => endpointOf(scope, row.host, row.endpointId),
};

type PortOrName = RowObject<'PublishedPort' | 'DnsName'>;
const endpoint = ({ scope, row }: PortOrName) => endpointOf(scope, row.host, row.endpointId);

/** Every member is there, so that a query never meets `undefined`. */
const noMatch: Readonly<Record<keyof RuleMatch, null>> = {
  source: null,
  destination: null,
  inInterface: null,
  outInterface: null,
  protocol: null,
  destinationPort: null,
  sourcePort: null,
  connectionStates: null,
  destinationType: null,
  physicalDeviceIsBridged: null,
  extensions: null,
};

const targetOf = (target: RuleTarget) => ({
  kind: target.kind,
  chain: target.kind === 'jump' || target.kind === 'goto' ? target.chain : null,
  to: target.kind === 'DNAT' || target.kind === 'SNAT' ? target.to : null,
  rejectWith: target.kind === 'REJECT' ? target.rejectWith : null,
});

export const onHostResolvers = {
  Network: networkResolvers,
  Container: containerResolvers,
  Endpoint: endpointResolvers,
  Sandbox: sandboxResolvers,
  Interface: { host, sandbox, ...madeFor },
  Route: { host, sandbox, scope: scopeOfRow },
  Chain: {
    host,
    name: ({ row }: RowObject<'Chain'>) => row.chain,
    rules: ({ scope, row }: RowObject<'Chain'>, args: PageArguments) => {
      const { host: hostName, namespace, family, table, chain } = row;
      return rowConnection(
        'Rule',
        scope,
        { host: hostName, namespace, family, table, chain },
        args,
      );
    },
  },
  Rule: {
    host,
    ...madeFor,
    match: ({ row }: RowObject<'Rule'>) => ({
      ...noMatch,
      ...row.match,
      extensions: row.match.extensions?.map(({ kind }) => kind) ?? null,
    }),
    target: ({ row }: RowObject<'Rule'>) => targetOf(row.target),
  },
  Forwarding: { host },
  Neighbour: { host },
  Socket: { host },
  PublishedPort: {
    host,
    endpoint,
    container: ({ scope, row }: RowObject<'PublishedPort'>) =>
      containerOf(scope, row.host, row.containerId),
  },
  DnsName: {
    host,
    endpoint,
    network: ({ scope, row }: RowObject<'DnsName'>) => networkOf(scope, row.host, row.networkId),
  },
  Process: {
    host,
    container: ({ scope, row }: RowObject<'Process'>) =>
      containerOf(scope, row.host, row.containerId),
  },
};
