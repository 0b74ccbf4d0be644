import type { FoundLink, StackEdit } from '@netfold/contracts';
import type { InterfaceRow, RouteRow } from '@netfold/dataplane';
import { failed, printed } from '../tool.ts';
import type { LineEdits, StackView, ToolOutput } from '../tool.ts';

/** Says that a place has no stack of its own to edit. */
export const notEditable = (words: string): ToolOutput =>
  failed(2, `netfold: \`${words}\` is not simulated here\n`);

/** What the kernel refused, in iproute2's words. */
export const answers = (problem: string): ToolOutput =>
  failed(2, `RTNETLINK answers: ${problem}\n`);

/** What the kernel refused with a sentence of its own. */
export const refusedAs = (problem: string): ToolOutput => failed(2, `Error: ${problem}\n`);

export const noDevice = (name: string): ToolOutput => failed(1, `Cannot find device "${name}"\n`);

/** Makes edits of what a tool was asked for. Netfold's own limits are said as such. */
export const makeEdits = (edits: LineEdits, made: readonly StackEdit[]): ToolOutput => {
  const refusal = edits.editStacks(made);
  return refusal === null ? printed('') : failed(4, `netfold: ${refusal.message}\n`);
};

export const linkNamed = (stack: StackView, name: string): InterfaceRow | null =>
  stack.interfaces.find((row) => row.name === name) ?? null;

/** A link as an edit names it. */
export const found = (row: InterfaceRow): FoundLink => ({
  namespace: row.namespace,
  interfaceIndex: row.interfaceIndex,
  name: row.name,
  networkId: row.networkId,
  endpointId: row.endpointId,
});

export const removedRoute = (link: InterfaceRow, row: RouteRow): StackEdit => ({
  kind: 'removeRoute',
  link: found(link),
  route: {
    namespace: row.namespace,
    interfaceIndex: link.interfaceIndex,
    family: row.family,
    destination: row.destination,
    gateway: row.gateway,
    metric: row.metric,
  },
});

/** A link that goes down loses its routes; the kernel makes its own anew when it comes up. */
export const routesLost = (stack: StackView, link: InterfaceRow): readonly StackEdit[] =>
  stack.routes
    .filter((row) => row.device === link.name && row.protocol !== 'kernel')
    .map((row) => removedRoute(link, row));
