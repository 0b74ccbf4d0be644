import { noWords } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { filterProblem } from '../command/flag-checks.ts';
import { inNaturalOrder } from '../command/natural-order.ts';
import { printList } from '../format/list.ts';
import type { ListFormat } from '../format/list.ts';
import { filtersJson } from '../format/units.ts';
import { swarmInfoOf } from '../swarm/swarm-api.ts';
import type { SwarmInfo } from '../swarm/swarm-api.ts';
import { goBool } from '../template/go-value.ts';
import { capitalized } from './capitalized.ts';
import type { SwarmNode } from './node-api.ts';

type Row = { readonly node: SwarmNode; readonly info: Partial<SwarmInfo> };

const managerStatus = ({ ManagerStatus }: SwarmNode): string => {
  if (!ManagerStatus) return '';
  return ManagerStatus.Leader ? 'Leader' : capitalized(ManagerStatus.Reachability ?? '');
};

const tlsStatus = ({ node, info }: Row): string => {
  const ours = JSON.stringify(node.Description.TLSInfo ?? {});
  const theirs = JSON.stringify(info.Cluster?.TLSInfo ?? {});
  if (ours === '{}' || theirs === '{}') return 'Unknown';
  return ours === theirs ? 'Ready' : 'Needs Rotation';
};

/** @source docker/cli v20.10 cli/command/node/formatter.go */
export const listFormat: ListFormat<Row> = {
  context: '*node.nodeContext',
  columns: {
    Availability: {
      header: 'AVAILABILITY',
      value: ({ node }) => capitalized(node.Spec.Availability),
    },
    EngineVersion: {
      header: 'ENGINE VERSION',
      value: ({ node }) => node.Description.Engine.EngineVersion,
    },
    Hostname: { header: 'HOSTNAME', value: ({ node }) => node.Description.Hostname },
    ID: { header: 'ID', value: ({ node }) => node.ID },
    ManagerStatus: { header: 'MANAGER STATUS', value: ({ node }) => managerStatus(node) },
    Self: { header: '', value: ({ node, info }) => goBool(node.ID === info.NodeID) },
    Status: { header: 'STATUS', value: ({ node }) => capitalized(node.Status.State) },
    TLSStatus: { header: 'TLS STATUS', value: tlsStatus },
  },
  table:
    'table {{.ID}} {{if .Self}}*{{else}} {{ end }}\t{{.Hostname}}\t{{.Status}}\t' +
    '{{.Availability}}\t{{.ManagerStatus}}\t{{.EngineVersion}}',
  raw:
    'node_id: {{.ID}}\\nhostname: {{.Hostname}}\\nstatus: {{.Status}}\\n' +
    'availability: {{.Availability}}\\nmanager_status: {{.ManagerStatus}}\\n',
  rawQuiet: 'node_id: {{.ID}}',
};

/** @source docker/cli v20.10 cli/command/node/list.go */
export const list: Command = {
  words: noWords,
  checks: { filter: filterProblem },
  run: (call) => {
    const { engine, flags } = call;
    const filters = filtersJson(flags.list('filter'));
    const nodes = engine.get('/nodes', { filters }) as readonly SwarmNode[];
    const isTold = nodes.length > 0 && !flags.isOn('quiet');
    const info = isTold ? swarmInfoOf(engine) : {};
    const rows = nodes
      .toSorted((a, b) => inNaturalOrder(a.Description.Hostname, b.Description.Hostname))
      .map((node) => ({ node, info }));
    printList(call, listFormat, rows);
  },
};
