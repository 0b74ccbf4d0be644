import type { EndpointDocument } from '@netfold/dataplane';
import type { LabScope } from '../request/lab-scope.ts';
import { connection, demandPageSize, rowConnection } from './connection.ts';
import type { Connection, PageArguments } from './connection.ts';
import { openedLab } from './lab-object.ts';
import { rowObject } from './object.ts';
import type { RowObject, RowType } from './object.ts';
import { containerByReference, networkByReference } from './references.ts';
import { namesOnHost } from './overlay.ts';
import { swarmOf } from './swarm-tokens.ts';

type HostObject = RowObject<'Host'>;

/** A page of what stands on the host as a whole. */
const onHost =
  <Y extends RowType>(type: Y) =>
  ({ scope, row }: HostObject, args: PageArguments): Promise<Connection<RowObject<Y>>> =>
    rowConnection(type, scope, { host: row.host } as never, args);

/** A page of what stands in the host's own stack, the namespace without a name. */
const inHostStack =
  <Y extends RowType>(type: Y) =>
  ({ scope, row }: HostObject, args: PageArguments): Promise<Connection<RowObject<Y>>> =>
    rowConnection(type, scope, { host: row.host, namespace: '' } as never, args);

export const hostResolvers = {
  name: ({ row }: HostObject) => row.host,
  lab: ({ scope }: HostObject) => openedLab(scope),
  swarm: swarmOf,
  networks: onHost('Network'),
  containers: onHost('Container'),
  sandboxes: onHost('Sandbox'),
  publishedPorts: onHost('PublishedPort'),
  dnsNames: async ({ scope, row }: HostObject, args: PageArguments) =>
    rowConnection('DnsName', scope, await namesOnHost(scope, row.host), args),
  processes: onHost('Process'),
  interfaces: inHostStack('Interface'),
  routes: inHostStack('Route'),
  chains: inHostStack('Chain'),
  rules: inHostStack('Rule'),
  forwardings: inHostStack('Forwarding'),
  neighbours: inHostStack('Neighbour'),
  sockets: inHostStack('Socket'),
  network: ({ scope, row }: HostObject, args: { readonly reference: string }) =>
    networkByReference(scope, row.host, args.reference),
  container: ({ scope, row }: HostObject, args: { readonly reference: string }) =>
    containerByReference(scope, row.host, args.reference),
  endpoints: ({ scope, row }: HostObject, args: PageArguments) =>
    endpointConnection(scope, { host: row.host }, args),
};

/** With the document that is written beside each endpoint, nothing below it costs a read. */
export type EndpointObject = RowObject<'Endpoint'> & { document?: EndpointDocument };

/** One read answers the endpoints with all that hangs on them. */
export async function endpointConnection(
  scope: LabScope,
  where: { readonly host: string; readonly networkId?: string },
  args: PageArguments,
): Promise<Connection<EndpointObject>> {
  demandPageSize(args.first);
  const asked = { first: args.first, after: args.after ?? null };
  const page = await scope.reader.page('endpointDocument', where, asked);
  const nodes = page.rows.map(({ document }): EndpointObject => {
    const whole = document as unknown as EndpointDocument;
    return Object.assign(rowObject('Endpoint', scope, whole.endpoint), { document: whole });
  });
  return connection(nodes, page, () => scope.reader.count('endpointDocument', where));
}
