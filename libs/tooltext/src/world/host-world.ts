import { hostFiles, hostNamespace, namespaceView, overlayNamespace } from '@netfold/dataplane';
import type { LabHost } from '@netfold/domain';
import type { StackView, ToolWorld } from '../tool.ts';
import { fileReaders } from './files.ts';
import { HostEdits } from './host-edits.ts';
import type { Place } from './place.ts';

const netnsDirectories = ['/var/run/docker/netns', '/run/docker/netns'];

/** Namespace files of the engine: by sandbox, and `1-` with ten characters per overlay. */
const namespacesOf = (host: LabHost): ReadonlyMap<string, string> => {
  const files = new Map<string, string>();
  for (const id of host.overlays.keys()) files.set(`1-${id.slice(0, 10)}`, overlayNamespace(id));
  for (const id of host.sandboxes.keys()) files.set(id.slice(0, 12), id);
  const usesHost = [...host.containers.values()].some((one) => one.lastSandboxId === 'host');
  if (usesHost) files.set('default', hostNamespace);
  return files;
};

/** What a lab host has beyond the tools that are simulated. */
const installed: ReadonlySet<string> = new Set(
  (
    'docker docker-compose curl wget ping ping6 nc ncat traceroute tcpdump nslookup dig host ' +
    'arping ' +
    'sysctl ethtool conntrack nft ipvsadm systemctl service journalctl apt apt-get vi nano less ' +
    'more awk find top kill mkdir touch rm cp mv tee xxd ssh python3 perl'
  ).split(' '),
);

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The shell of a lab host: root, Debian's tools, the host's own network stack. */
export const hostWorld = (place: Place): ToolWorld => {
  const { lab, labId, host, now } = place;
  const view = namespaceView(lab, labId, host, hostNamespace);
  const files = hostFiles(lab, host);
  const namespaces = namespacesOf(host);
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
    if (directory === undefined) return null;
    const namespace = namespaces.get(file.slice(directory.length + 1));
    return namespace === undefined ? null : namespaceView(lab, labId, host, namespace);
  };
  const edits = HostEdits.of(place, hostNamespace, true);
  return {
    userland: 'debian',
    place: 'host',
    stack: view,
    packets: edits.packets,
    edits,
    files: null,
    hostname: host.name,
    domainname: '',
    user: 'root',
    workingDirectory: '/root',
    environment: [
      ['PATH', path],
      ['HOME', '/root'],
      ['USER', 'root'],
    ],
    processes: view.processes,
    now,
    ...fileReaders(view, texts, now),
    findStack,
    programs: {},
    isInstalled: (name) => installed.has(name),
  };
};
