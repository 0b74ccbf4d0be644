import { hostNamespace } from '@netfold/dataplane';
import type { HostSight, ToolWorld } from '../tool.ts';
import { EngineLine } from './engine-line.ts';
import type { EngineTalk } from './engine-line.ts';
import { HostEdits } from './host-edits.ts';
import { hostSight } from './host-sight.ts';
import type { Place } from './place.ts';
import { rootIdentity } from '@netfold/domain';

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

const untalked: EngineTalk = { asked: [], closed: null };

/**
 * The shell of a lab host: root, Debian's tools, the host's own network stack, its engine.
 *
 * @param talk  what the line asked the engine when it was run before
 */
export const hostWorld = (place: Place, talk: EngineTalk = untalked): ToolWorld => {
  const edits = HostEdits.of(place, hostNamespace, true);
  const first = hostSight(place);
  const seen = (): HostSight => edits.sight ?? first;
  return {
    userland: 'debian',
    place: 'host',
    stack: edits.stack,
    packets: edits.packets,
    edits,
    files: null,
    engine: new EngineLine(edits, talk),
    hostname: place.host.name,
    domainname: '',
    user: 'root',
    identity: rootIdentity,
    processId: 0,
    workingDirectory: '/root',
    environment: [
      ['PATH', path],
      ['HOME', '/root'],
      ['USER', 'root'],
    ],
    processes: first.processes,
    now: first.now,
    readFile: (file) => seen().readFile(file),
    listDirectory: (folder) => seen().listDirectory(folder),
    findStack: (file) => seen().findStack(file),
    programs: {},
    isInstalled: (name) => installed.has(name),
  };
};
