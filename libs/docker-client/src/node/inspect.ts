import { atLeast } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { formatNamed } from '../format/list.ts';
import { bytesSize } from '../format/units.ts';
import { printWithStatus } from '../swarm/status-inspect.ts';
import { goTimeText } from '../value/time-text.ts';
import { capitalized } from './capitalized.ts';
import { listFormat } from './list.ts';
import { nodeText, resolveSelf } from './node-api.ts';
import type { SwarmNode } from './node-api.ts';

/** @source docker/cli v20.10 cli/command/node/inspect.go */
export const inspect: Command = {
  words: atLeast(1),
  run: (call) => {
    const { engine } = call;
    const read = (ref: string) =>
      ({
        raw: nodeText(engine, resolveSelf(engine, ref)),
        type: 'swarm.Node',
        isTypeAll: true,
      }) as const;
    printWithStatus(call, {
      read,
      pretty: (raw) => describe(JSON.parse(raw) as SwarmNode),
      formatOf: (format) => formatNamed(listFormat, format, false),
    });
  },
};

/** @source docker/cli v20.10 cli/command/node/formatter.go nodeInspectPrettyTemplate */
const describe = (node: SwarmNode): string =>
  [
    `ID:\t\t\t${node.ID}`,
    ...(node.Spec.Name ? [`Name:\t\t\t${node.Spec.Name}`] : []),
    ...labelLines('Labels:', node.Spec.Labels),
    `Hostname:              \t${node.Description.Hostname}`,
    `Joined at:             \t${capitalized(goTimeText(node.CreatedAt))}`,
    ...statusLines(node),
    ...managerLines(node),
    ...machineLines(node),
    ...tlsLines(node),
  ].join('\n');

const labelLines = (
  title: string,
  labels: Readonly<Record<string, string>> | null | undefined,
): readonly string[] => {
  const lines = Object.entries(labels ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ` - ${key}${value === '' ? '' : `=${value}`}`);
  return lines.length === 0 ? [] : [title, ...lines];
};

const statusLines = ({ Spec, Status }: SwarmNode): readonly string[] => [
  'Status:',
  ` State:\t\t\t${capitalized(Status.State)}`,
  ...(Status.Message ? [` Message:              \t${capitalized(Status.Message)}`] : []),
  ` Availability:         \t${capitalized(Spec.Availability)}`,
  ...(Status.Addr ? [` Address:\t\t${Status.Addr}`] : []),
];

const managerLines = ({ ManagerStatus }: SwarmNode): readonly string[] =>
  ManagerStatus
    ? [
        'Manager Status:',
        ` Address:\t\t${ManagerStatus.Addr ?? ''}`,
        ` Raft Status:\t\t${capitalized(ManagerStatus.Reachability ?? '')}`,
        ` Leader:\t\t${ManagerStatus.Leader ? 'Yes' : 'No'}`,
      ]
    : [];

const nanosPerCpu = 1e9;

const machineLines = ({ Description }: SwarmNode): readonly string[] => {
  const { Engine, Platform, Resources } = Description;
  const { NanoCPUs = 0, MemoryBytes = 0 } = Resources;
  const byType = Map.groupBy(Engine.Plugins ?? [], ({ Type }) => Type);
  const plugins = [...byType.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, all]) => ` ${type}:\t\t${all.map(({ Name }) => Name).join(', ')}`);
  return [
    'Platform:',
    ` Operating System:\t${Platform.OS}`,
    ` Architecture:\t\t${Platform.Architecture}`,
    'Resources:',
    ` CPUs:\t\t\t${Math.trunc(NanoCPUs / nanosPerCpu)}`,
    ` Memory:\t\t${MemoryBytes === 0 ? '' : bytesSize(MemoryBytes)}`,
    ...(plugins.length === 0 ? [] : ['Plugins:', ...plugins]),
    `Engine Version:\t\t${Engine.EngineVersion}`,
    ...labelLines('Engine Labels:', Engine.Labels),
  ];
};

const tlsLines = ({ Description }: SwarmNode): readonly string[] => {
  const { TrustRoot = '', CertIssuerSubject, CertIssuerPublicKey } = Description.TLSInfo ?? {};
  // A certificate that is known to be empty is told as well.
  const isTold = [TrustRoot || undefined, CertIssuerSubject, CertIssuerPublicKey].some(
    (one) => one !== undefined,
  );
  return isTold
    ? [
        'TLS Info:',
        ' TrustRoot:',
        TrustRoot,
        ` Issuer Subject:\t${CertIssuerSubject ?? ''}`,
        ` Issuer Public Key:\t${CertIssuerPublicKey ?? ''}`,
      ]
    : [];
};
