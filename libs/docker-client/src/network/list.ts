import { noWords } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { filterProblem } from '../command/flag-checks.ts';
import { inNaturalOrder } from '../command/natural-order.ts';
import { printList } from '../format/list.ts';
import { labelsText } from '../format/labels.ts';
import type { ListFormat } from '../format/list.ts';
import { filtersJson, shortId } from '../format/units.ts';
import { goTimeText } from '../value/time-text.ts';

type Network = {
  readonly Id: string;
  readonly Name: string;
  readonly Driver: string;
  readonly Scope: string;
  readonly EnableIPv6: boolean;
  readonly Internal: boolean;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly Created: string;
};

/** @source docker/cli v20.10 cli/command/network/formatter.go */
const listFormat: ListFormat<Network> = {
  context: '*network.networkContext',
  columns: {
    CreatedAt: { header: 'CREATED AT', value: ({ Created }) => goTimeText(Created) },
    Driver: { header: 'DRIVER', value: ({ Driver }) => Driver },
    ID: { header: 'NETWORK ID', value: ({ Id }) => Id },
    IPv6: { header: 'IPV6', value: ({ EnableIPv6 }) => String(EnableIPv6) },
    Internal: { header: 'INTERNAL', value: ({ Internal }) => String(Internal) },
    Labels: { header: 'LABELS', value: ({ Labels }) => labelsText(Labels) },
    Name: { header: 'NAME', value: ({ Name }) => Name },
    Scope: { header: 'SCOPE', value: ({ Scope }) => Scope },
  },
  table: 'table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}',
  raw: 'network_id: {{.ID}}\\nname: {{.Name}}\\ndriver: {{.Driver}}\\nscope: {{.Scope}}\\n',
  rawQuiet: 'network_id: {{.ID}}',
  labels: ({ Labels }) => Labels ?? {},
};

/** @source docker/cli v20.10 cli/command/network/list.go */
export const list: Command = {
  words: noWords,
  checks: { filter: filterProblem },
  run: (call) => {
    const { engine, flags } = call;
    const filters = filtersJson(flags.list('filter'));
    const networks = engine.get('/networks', { filters }) as readonly Network[];
    const isCut = !flags.isOn('no-trunc');
    const rows = networks
      .toSorted((a, b) => inNaturalOrder(a.Name, b.Name))
      .map((network) => ({ ...network, Id: isCut ? shortId(network.Id) : network.Id }));
    printList(call, listFormat, rows);
  },
};
