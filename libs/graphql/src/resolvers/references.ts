import type { ContainerRow, EndpointRow, InterfaceRow, NetworkRow } from '@netfold/dataplane';
import type { LabScope } from '../request/lab-scope.ts';
import { rowObject } from './object.ts';
import type { RowObject } from './object.ts';

/** From a row to the object that it names. All that ask at once share one read. */

export async function hostOf(scope: LabScope, name: string): Promise<RowObject<'Host'> | null> {
  const row = await scope.rowWhere('host', ['host'], [name]);
  return row === null ? null : rowObject('Host', scope, row);
}

export async function networkOf(
  scope: LabScope,
  host: string,
  networkId: string | null,
): Promise<RowObject<'Network'> | null> {
  if (networkId === null) return null;
  const row = await scope.rowWhere('network', ['host', 'networkId'], [host, networkId]);
  return row === null ? null : rowObject('Network', scope, row);
}

export async function containerOf(
  scope: LabScope,
  host: string,
  containerId: string | null,
): Promise<RowObject<'Container'> | null> {
  if (containerId === null) return null;
  const row = await scope.rowWhere('container', ['host', 'containerId'], [host, containerId]);
  return row === null ? null : rowObject('Container', scope, row);
}

export async function sandboxOf(
  scope: LabScope,
  host: string,
  sandboxId: string | null,
): Promise<RowObject<'Sandbox'> | null> {
  if (sandboxId === null || sandboxId === '') return null;
  const row = await scope.rowWhere('sandbox', ['host', 'sandboxId'], [host, sandboxId]);
  return row === null ? null : rowObject('Sandbox', scope, row);
}

export async function endpointOf(
  scope: LabScope,
  host: string,
  endpointId: string | null,
): Promise<RowObject<'Endpoint'> | null> {
  if (endpointId === null) return null;
  const row = await scope.rowWhere('endpoint', ['host', 'endpointId'], [host, endpointId]);
  return row === null ? null : rowObject('Endpoint', scope, row);
}

const inOrder = (a: { readonly ordinal: number }, b: { readonly ordinal: number }): number =>
  a.ordinal - b.ordinal;

export async function endpointsWhere(
  scope: LabScope,
  host: string,
  by: 'containerId' | 'sandboxId',
  id: string,
): Promise<readonly RowObject<'Endpoint'>[]> {
  const rows: readonly EndpointRow[] = await scope.rowsWhere('endpoint', ['host', by], [host, id]);
  return rows.toSorted(inOrder).map((row) => rowObject('Endpoint', scope, row));
}

export async function interfacesIn(
  scope: LabScope,
  host: string,
  namespace: string,
): Promise<readonly RowObject<'Interface'>[]> {
  const rows: readonly InterfaceRow[] = await scope.rowsWhere(
    'interface',
    ['host', 'namespace'],
    [host, namespace],
  );
  const sorted = rows.toSorted((a, b) => a.interfaceIndex - b.interfaceIndex);
  return sorted.map((row) => rowObject('Interface', scope, row));
}

export async function routesIn(
  scope: LabScope,
  host: string,
  namespace: string,
): Promise<readonly RowObject<'Route'>[]> {
  const rows = await scope.rowsWhere('route', ['host', 'namespace'], [host, namespace]);
  return rows.map((row) => rowObject('Route', scope, row));
}

/** As the engine finds it: the full id, else the name, else the only id that begins so. */
export async function networkByReference(
  scope: LabScope,
  host: string,
  reference: string,
): Promise<RowObject<'Network'> | null> {
  const rows: readonly NetworkRow[] = await scope.rowsWhere('network', ['host'], [host]);
  const row = findBy(rows, reference, (one) => one.networkId);
  return row === null ? null : rowObject('Network', scope, row);
}

export async function containerByReference(
  scope: LabScope,
  host: string,
  reference: string,
): Promise<RowObject<'Container'> | null> {
  const bare = reference.startsWith('/') ? reference.slice(1) : reference;
  const byId = await containerOf(scope, host, bare);
  if (byId !== null) return byId;
  const named = await scope.rowWhere('container', ['host', 'name'], [host, bare]);
  if (named !== null) return rowObject('Container', scope, named);
  const rows: readonly ContainerRow[] = await scope.rowsWhere('container', ['host'], [host]);
  const row = findBy(rows, bare, (one) => one.containerId);
  return row === null ? null : rowObject('Container', scope, row);
}

function findBy<R extends { readonly name: string }>(
  rows: readonly R[],
  reference: string,
  idOf: (row: R) => string,
): R | null {
  if (reference === '') return null;
  const exact =
    rows.find((row) => idOf(row) === reference) ?? rows.find((row) => row.name === reference);
  if (exact !== undefined) return exact;
  const [only, second] = rows.filter((row) => idOf(row).startsWith(reference));
  return only !== undefined && second === undefined ? only : null;
}
