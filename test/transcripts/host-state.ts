import { quoted, type CommandAnswer } from './command.ts';
import { readEngine } from './engine-request.ts';

/**
 * The state of one lab host at one moment: a flat record from a section to its content.
 *
 * - `host/link/IF`, `host/fdb/IF`, `host/port/IF`: one interface of `ip -j -d addr`, its entries of
 *   `bridge -j fdb`, its line of `bridge -j link`
 * - `host/route route6 filter nat brctl listeners proxies`
 * - `netns/NAME/link/IF fdb/IF route neigh nat filter mangle`: the engine's own (overlay)
 * - `container/NAME/netns link/IF route route6 nat hosts resolv`: of every running container
 * - `dns/CONTAINER/NAME`: what nslookup in the container answered for a name of its networks
 * - `engine/network/NAME`, `engine/container/NAME`: as inspect gives them
 */
export type HostState = Record<string, unknown>;

/** Ways to ask one lab host. */
export type LabHost = {
  name: string;
  endpoint: string;
  shell(line: string): Promise<CommandAnswer>;
  docker(line: string): Promise<CommandAnswer>;
};

type ListedNetwork = { Id: string; Name: string };
type ListedContainer = { Id: string; Names: string[] };
type AttachedNetwork = { Aliases: string[] | null };
type InspectedContainer = {
  Id: string;
  Name: string;
  State: { Pid: number; Running: boolean };
  HostConfig: { NetworkMode: string };
  NetworkSettings: { Networks: Record<string, AttachedNetwork> };
};

/** Begins each section in the output of the one script that is run per host. */
const mark = '\u001E';

const tables = (table: string): string => `iptables-save -t ${table} 2>/dev/null`;

const hostSections: Record<string, string> = {
  link: 'ip -j -d addr',
  route: 'ip -j route',
  route6: 'ip -j -6 route',
  port: 'bridge -j link',
  fdb: 'bridge -j fdb',
  filter: tables('filter'),
  nat: tables('nat'),
  brctl: 'brctl show',
  listeners: 'ss -lntuH | sort',
  proxies: "ps ax -o args | grep '[d]ocker-proxy' | sort",
};

const sandboxSections: Record<string, string> = {
  link: 'ip -j -d addr',
  route: 'ip -j route',
  route6: 'ip -j -6 route',
  nat: tables('nat'),
};

const engineNamespaceSections: Record<string, string> = {
  link: 'ip -j -d addr',
  route: 'ip -j route',
  fdb: 'bridge -j fdb',
  neigh: 'ip -j neigh',
  nat: tables('nat'),
  filter: tables('filter'),
  mangle: tables('mangle'),
};

/**
 * The kernel tells a lost carrier to routes and to `ip link` up to a second after it happened.
 * Waits until what an interface has (`carrier`) is what it says (`operstate`), at most 3 seconds.
 */
const settle = `for turn in $(seq 30); do quiet=yes; for link in /sys/class/net/*; do
  case $(cat $link/carrier 2>/dev/null)$(cat $link/operstate 2>/dev/null) in
    0up|1down|1lowerlayerdown) quiet=no;;
  esac
done; [ $quiet = yes ] && break; sleep 0.1; done`;

/** The tools that a recorded machine must have; a missing one would be recorded as silence. */
export const neededTools = ['ip', 'bridge', 'iptables-save', 'brctl', 'ss', 'ps', 'nsenter'];

/** Asks engine and machine for everything that {@link HostState} names. */
export async function readHostState(host: LabHost): Promise<HostState> {
  const state: HostState = {};
  const containers = await readEngineState(host, state);
  const running = containers.filter((container) => container.State.Running);
  const answer = await host.shell(stateScript(running));
  if (answer.exit !== 0) throw new Error(`state of ${host.name}: ${answer.stderr}`);
  for (const section of answer.stdout.split(mark).slice(1)) {
    const end = section.indexOf('\n');
    const key = section.slice(0, end);
    addSection(state, key, section.slice(end + 1));
  }
  return state;
}

async function readEngineState(host: LabHost, state: HostState): Promise<InspectedContainer[]> {
  const networks = await readEngine<ListedNetwork[]>(host.endpoint, '/networks');
  for (const network of networks.toSorted((a, b) => a.Name.localeCompare(b.Name))) {
    const path = `/networks/${network.Id}`;
    state[`engine/network/${network.Name}`] = await readEngine(host.endpoint, path);
  }
  const listed = await readEngine<ListedContainer[]>(host.endpoint, '/containers/json?all=1');
  const inspected: InspectedContainer[] = [];
  for (const one of listed) {
    const path = `/containers/${one.Id}/json`;
    const container = await readEngine<InspectedContainer>(host.endpoint, path);
    state[`engine/container/${container.Name.slice(1)}`] = withoutStorage(container);
    inspected.push(container);
  }
  return inspected.toReversed();
}

/** Where the storage driver keeps the layers is no matter of networks. */
function withoutStorage<Inspected extends object>(container: Inspected): object {
  return Object.fromEntries(Object.entries(container).filter(([key]) => key !== 'GraphDriver'));
}

function stateScript(running: readonly InspectedContainer[]): string {
  const lines = [settle, 'own=$(readlink /proc/self/ns/net)'];
  for (const [name, line] of Object.entries(hostSections))
    lines.push(...section(`host/${name}`, line));
  lines.push(
    'for file in /var/run/docker/netns/*; do name=${file##*/}',
    'case $name in 1-*|lb_*|ingress_sbox) ;; *) continue;; esac',
  );
  for (const [name, line] of Object.entries(engineNamespaceSections)) {
    const inside = `nsenter --net=$file sh -c ${quoted(line)}`;
    lines.push(`printf '\\036netns/%s/${name}\\n' "$name"; ${inside}`);
  }
  lines.push('done');
  for (const container of running) lines.push(...containerLines(container, running));
  lines.push('true');
  return lines.join('\n');
}

function containerLines(
  container: InspectedContainer,
  running: readonly InspectedContainer[],
): string[] {
  const pid = container.State.Pid;
  const key = `container/${container.Name.slice(1)}`;
  const lines = [
    `at=$(readlink /proc/${pid}/ns/net)`,
    ...section(`${key}/netns`, 'if [ "$at" = "$own" ]; then echo host; else echo "$at"; fi'),
    ...section(`${key}/hosts`, `cat /proc/${pid}/root/etc/hosts`),
    ...section(`${key}/resolv`, `cat /proc/${pid}/root/etc/resolv.conf`),
    'if [ "$at" != "$own" ]; then',
  ];
  for (const [name, line] of Object.entries(sandboxSections)) {
    lines.push(...section(`${key}/${name}`, `nsenter -t ${pid} -n sh -c ${quoted(line)}`));
  }
  lines.push('fi');
  for (const name of namesToAsk(container, running)) {
    const ask = `nsenter -t ${pid} -n -m timeout 3 nslookup ${quoted(name)} 2>&1`;
    lines.push(...section(`dns/${container.Name.slice(1)}/${name}`, ask));
  }
  return lines;
}

function section(key: string, line: string): string[] {
  return [`printf '\\036%s\\n' ${quoted(key)}`, line];
}

/** Every name and alias of a running container on a network with names that this one is on. */
function namesToAsk(
  container: InspectedContainer,
  running: readonly InspectedContainer[],
): string[] {
  const names = new Set<string>();
  for (const [network, own] of Object.entries(container.NetworkSettings.Networks)) {
    if (['bridge', 'host', 'none'].includes(network) || own === null) continue;
    for (const other of running) {
      const attached = other.NetworkSettings.Networks[network];
      if (attached === undefined) continue;
      names.add(other.Name.slice(1));
      for (const alias of attached.Aliases ?? []) names.add(alias);
    }
  }
  return [...names].toSorted();
}

type OfKind = Record<string, unknown>;
type OfInterface = { ifname: string; linkinfo?: { info_data?: OfKind; info_slave_data?: OfKind } };

/** Countdowns of a bridge and its ports: different at every look, and no state. */
const countdowns = [
  'hello_timer',
  'tcn_timer',
  'topology_change_timer',
  'gc_timer',
  'message_age_timer',
  'forward_delay_timer',
  'hold_timer',
];

function addSection(state: HostState, key: string, text: string): void {
  if (!/\/(link|fdb|port)$/.test(key)) {
    state[key] = readSection(key, text);
    return;
  }
  for (const item of text.trim() === '' ? [] : (JSON.parse(text) as OfInterface[])) {
    for (const data of [item.linkinfo?.info_data, item.linkinfo?.info_slave_data]) {
      if (data !== undefined) for (const name of countdowns) delete data[name];
    }
    const own = `${key}/${item.ifname}`;
    if (key.endsWith('/fdb')) state[own] = [...((state[own] as unknown[]) ?? []), item];
    else state[own] = item;
  }
}

function readSection(key: string, text: string): unknown {
  if (/\/(route6?|neigh)$/.test(key)) return text.trim() === '' ? [] : JSON.parse(text);
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (key.startsWith('dns/')) return readAnswer(lines);
  if (!/\/(filter|nat|mangle)$/.test(key)) return lines;
  // The time of saving and the packets counted by a chain are no state that could be compared.
  return lines
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.replace(/^(:\S+ \S+) \[\d+:\d+\]$/, '$1'));
}

/** What nslookup found, without the server that it asked. */
function readAnswer(lines: readonly string[]): string[] {
  const answer = lines.slice(lines.findIndex((line) => line === '') + 1);
  return answer.filter((line) => line !== '' && line !== 'Non-authoritative answer:');
}
