import {
  balancerNamespace,
  hostFiles,
  hostNamespace,
  namespaceView,
  overlayNamespace,
} from '@netfold/dataplane';
import type { ProcessRow } from '@netfold/dataplane';
import { balancerFile, namespaceFilesLeft, overlayFile, sandboxFile } from '@netfold/domain';
import type { LabHost } from '@netfold/domain';
import type { HostSight, StackView } from '../tool.ts';
import { fileReaders } from './files.ts';
import type { Place } from './place.ts';

const netnsDirectories = ['/var/run/docker/netns', '/run/docker/netns'];

/** Namespace files of the engine with what is behind them; `null`: nothing any more. */
const namespacesOf = (host: LabHost, now: number): ReadonlyMap<string, string | null> => {
  const files = new Map<string, string | null>(
    namespaceFilesLeft(host, now).map((name) => [name, null]),
  );
  for (const id of host.overlays.keys()) {
    const isIngress = host.networks.get(id)?.isIngress === true;
    files.set(overlayFile(id), overlayNamespace(id));
    if (!isIngress) files.set(balancerFile(id, isIngress), balancerNamespace(id));
  }
  for (const id of host.sandboxes.keys()) files.set(sandboxFile(id), id);
  if (host.namespaceFiles?.hasHost === true) files.set('default', hostNamespace);
  return files;
};

/** Where the process behind `/proc/PID/ns/net` is. */
const namespaceOfProcess = (
  host: LabHost,
  processes: readonly ProcessRow[],
  file: string,
): string | undefined => {
  const processId = Number(/^\/proc\/(\d+)\/ns\/net$/.exec(file)?.[1]);
  const row = processes.find((one) => one.processId === processId);
  if (row === undefined) return undefined;
  const sandboxId = host.containers.get(row.containerId ?? '')?.sandboxId ?? 'host';
  return sandboxId === 'host' ? hostNamespace : sandboxId;
};

const known = new WeakMap<Place, HostSight>();

/** What there is to see at one version of the lab; worked out once, for a line runs often. */
export const hostSight = (place: Place): HostSight => {
  const sight = known.get(place) ?? sightAt(place);
  known.set(place, sight);
  return sight;
};

const sightAt = ({ lab, labId, host, now }: Place): HostSight => {
  const view = namespaceView(lab, labId, host, hostNamespace);
  const files = hostFiles(lab, host);
  const namespaces = namespacesOf(host, now);
  const texts = new Map<string, string>([
    ['/etc/hosts', files.hosts],
    ['/etc/resolv.conf', files.resolvConf],
    ['/etc/hostname', `${host.name}\n`],
    ...netnsDirectories.flatMap((directory) =>
      [...namespaces.keys()].map((name) => [`${directory}/${name}`, ''] as const),
    ),
  ]);
  const findStack = (file: string): StackView | null => {
    const directory = netnsDirectories.find((one) => file.startsWith(`${one}/`));
    const namespace =
      directory === undefined
        ? namespaceOfProcess(host, view.processes, file)
        : namespaces.get(file.slice(directory.length + 1));
    return namespace === undefined || namespace === null
      ? null
      : namespaceView(lab, labId, host, namespace);
  };
  return { processes: view.processes, now, ...fileReaders(view, texts, now), findStack };
};
