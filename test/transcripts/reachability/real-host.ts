import { quoted, runLine } from '../command.ts';
import { askEngine, readEngine } from '../engine-request.ts';
import type { Machines } from '../lab-machine.ts';
import { probesOf } from './probes.ts';
import type { Probe, Verdict } from './probes.ts';
import { bridgeOf, commandOf, subnetOf, withAddresses } from './topology.ts';
import type {
  ReachabilityContainer,
  ReachabilityNetwork,
  ReachabilityTopology,
} from './topology.ts';

const image = 'busybox';
/** A container in the host's own network stack: its programs ask as the host's would. */
const prober = 'prober';
/** Less than the three seconds after which a kernel gives up looking for a neighbour. */
const patienceSeconds = 2;
const lineSecondsMax = 60;
/** Many ask at once: without it a kernel sends six refusals to one asker and one a second after. */
const unlimitedRefusals = { 'net.ipv4.icmp_ratelimit': '0' };

/** Where a topology is built, and the machine beside it that asks too. */
const machineNames = { host: 'h1', other: 'h2' } as const;
type MachineName = (typeof machineNames)[keyof typeof machineNames];

/** The machine with the engine that topologies are built on, one after the other. */
export class RealHost {
  readonly #machines: Machines;
  /** Process ids of what asks for the host and for the other machine. */
  readonly #probers = new Map<string, number>();
  /** The addresses that every topology has. */
  readonly #places = new Map([['loopback', '127.0.0.1']]);

  constructor(machines: Machines) {
    this.#machines = machines;
  }

  /** Makes both machines pristine and starts what asks for them. */
  async open(): Promise<void> {
    const names = Object.values(machineNames);
    const line = this.#machines.fresh.replaceAll('{hosts}', names.join(','));
    const fresh = await runLine(line, { env: environment(), folder: '/', secondsMax: 120 });
    if (fresh.exit !== 0) throw new Error(`fresh: ${fresh.stderr}`);
    for (const machine of names) {
      for (const [name, value] of Object.entries(unlimitedRefusals)) {
        await this.#shell(`sysctl -q -w ${name}=${value}`, machine);
      }
      const spec = { Image: image, Cmd: ['sleep', '1d'], HostConfig: { NetworkMode: 'host' } };
      await this.#post(machine, `/containers/create?name=${prober}`, spec);
      await this.#post(machine, `/containers/${prober}/start`);
      const { State } = await this.#inspect(prober, machine);
      this.#probers.set(machine === machineNames.host ? 'host' : 'other', State.Pid);
    }
    const own = "ip -4 -o addr show dev eth0 | sed 's/.*inet //; s,/.*,,'";
    const outside = "ip -4 route show default | sed 's/.*via //; s/ .*//'";
    this.#places.set('lan', await this.#shell(own)).set('outside', await this.#shell(outside));
  }

  /** Builds the topology, asks every probe, and clears the host again. */
  async record(topology: ReachabilityTopology): Promise<string> {
    try {
      for (const network of topology.networks) await this.#createNetwork(network);
      for (const container of topology.containers) await this.#runContainer(container);
      const built = await this.#whatWasBuilt(topology);
      const rules = topology.rules.map((rule) => withAddresses(rule, built.addresses));
      if (rules.length > 0) await this.#shell(rules.join(' && '));
      for (const { name, end } of topology.containers) {
        if (end === 'stopped') await this.#post(machineNames.host, `/containers/${name}/stop`);
        if (end === 'paused') await this.#post(machineNames.host, `/containers/${name}/pause`);
      }
      return await this.#askAll(probesOf(topology), built);
    } finally {
      await this.#clear(topology.rules.length > 0);
    }
  }

  #createNetwork({ name, internal, icc, masquerade }: ReachabilityNetwork): Promise<unknown> {
    const driver = 'com.docker.network.bridge';
    const options: Record<string, string> = { [`${driver}.name`]: bridgeOf(name) };
    if (icc !== undefined) options[`${driver}.enable_icc`] = String(icc);
    if (masquerade !== undefined) options[`${driver}.enable_ip_masquerade`] = String(masquerade);
    return this.#post(machineNames.host, '/networks/create', {
      Name: name,
      Internal: internal ?? false,
      IPAM: { Config: [{ Subnet: subnetOf(name) }] },
      Options: options,
    });
  }

  async #runContainer(container: ReachabilityContainer): Promise<void> {
    const { name, networks, connected, publishes } = container;
    const [mode, second] = networks;
    const bindings = publishes.map(({ port, hostIp, hostPort }) => [
      port,
      [{ HostIp: hostIp, HostPort: String(hostPort) }],
    ]);
    await this.#post(machineNames.host, `/containers/create?name=${name}`, {
      Image: image,
      Cmd: commandOf(container),
      ExposedPorts: Object.fromEntries(publishes.map(({ port }) => [port, {}])),
      HostConfig: {
        NetworkMode: mode,
        PortBindings: Object.fromEntries(bindings),
        ...(ownsStack(container) ? { Sysctls: unlimitedRefusals } : {}),
      },
    });
    const connect = async (): Promise<void> => {
      await this.#post(machineNames.host, `/networks/${second}/connect`, { Container: name });
    };
    if (second !== undefined && connected === 'created') await connect();
    await this.#post(machineNames.host, `/containers/${name}/start`);
    if (second !== undefined && connected === 'running') await connect();
  }

  async #whatWasBuilt({ containers }: ReachabilityTopology): Promise<Built> {
    const addresses = new Map(this.#places);
    const processIds = new Map(this.#probers);
    for (const { name } of containers) {
      const { State, NetworkSettings } = await this.#inspect(name);
      processIds.set(name, State.Pid);
      for (const [network, { IPAddress, Gateway }] of Object.entries(NetworkSettings.Networks)) {
        if (IPAddress === '') continue;
        addresses.set(`${name}@${network}`, IPAddress);
        addresses.set(`gateway@${network}`, Gateway);
      }
    }
    return { addresses, processIds };
  }

  async #askAll(probes: readonly Probe[], built: Built): Promise<string> {
    const asking = [...new Set(probes.map(({ from }) => from))];
    const scripts = asking.map((from) => ({ from, script: askingScript(probes, built, from) }));
    const onHost = scripts.filter(({ from }) => from !== 'other');
    const elsewhere = scripts.filter(({ from }) => from === 'other');
    const said = await Promise.all([
      this.#shell(inBackground(onHost.map(({ script }) => script))),
      this.#shell(inBackground(elsewhere.map(({ script }) => script)), machineNames.other),
    ]);
    const verdicts: Verdict[] = [];
    for (const line of said.join('\n').split('\n').filter(Boolean)) {
      const [index = '', exit = '', ...words] = line.split('|');
      const probe = probes[Number(index)];
      if (probe === undefined) throw new Error(`no such probe: ${line}`);
      verdicts[Number(index)] = verdictOf(probe, Number(exit), words.join('|'));
    }
    const silent = probes.findIndex((_, index) => verdicts[index] === undefined);
    if (silent >= 0) throw new Error(`no answer to ${JSON.stringify(probes[silent])}`);
    return verdicts.join('');
  }

  /** Removes everything but what asks for the host, and the rules that were typed. */
  async #clear(hasRules: boolean): Promise<void> {
    type Listed = { readonly Id: string; readonly Names: readonly string[] };
    const listed = await this.#read<readonly Listed[]>('/containers/json?all=1');
    const old = listed.filter(({ Names }) => !Names.includes(`/${prober}`));
    await Promise.all(
      old.map(({ Id }) => this.#ask('DELETE', machineNames.host, `/containers/${Id}?force=1`)),
    );
    await this.#post(machineNames.host, '/networks/prune');
    if (!hasRules) return;
    await this.#shell('iptables -F DOCKER-USER && iptables -A DOCKER-USER -j RETURN');
  }

  async #shell(typed: string, machine: MachineName = machineNames.host): Promise<string> {
    const { shell } = this.#machines;
    const named = shell.replaceAll('{host}', machine);
    const line = named.replaceAll('{cmd}', () => quoted(typed));
    const place = { env: environment(), folder: '/', secondsMax: lineSecondsMax };
    const { exit, stdout, stderr } = await runLine(line, place);
    if (exit !== 0) throw new Error(`${typed}: ${stderr}`);
    return stdout.trim();
  }

  #endpoint(machine: MachineName): string {
    return this.#machines.docker.replaceAll('{host}', machine);
  }

  #inspect(container: string, machine: MachineName = machineNames.host): Promise<Inspected> {
    return readEngine<Inspected>(this.#endpoint(machine), `/containers/${container}/json`);
  }

  #read<Body>(path: string): Promise<Body> {
    return readEngine<Body>(this.#endpoint(machineNames.host), path);
  }

  #post(machine: MachineName, path: string, body?: unknown): Promise<void> {
    return this.#ask('POST', machine, path, body);
  }

  async #ask(method: string, machine: MachineName, path: string, body?: unknown): Promise<void> {
    const answer = await askEngine(this.#endpoint(machine), { method, path, body });
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.body}`);
  }
}

const ownsStack = ({ networks: [mode = ''] }: ReachabilityContainer): boolean =>
  mode !== 'host' && !mode.startsWith('container:');

type Inspected = {
  readonly State: { readonly Pid: number };
  readonly NetworkSettings: {
    readonly Networks: Record<string, { readonly IPAddress: string; readonly Gateway: string }>;
  };
};

/** Addresses by the names that probes give them, and the process of whoever asks. */
type Built = {
  readonly addresses: ReadonlyMap<string, string>;
  readonly processIds: ReadonlyMap<string, number>;
};

const inBackground = (lines: readonly string[]): string =>
  [...lines.map((line) => `${line} &`), 'wait'].join('\n');

/** Everything that one of them asks, at once, where its programs run. */
function askingScript(probes: readonly Probe[], built: Built, from: string): string {
  const lines = probes.flatMap((probe, index) =>
    probe.from === from ? [probeLine(probe, index, built.addresses)] : [],
  );
  const processId = built.processIds.get(from);
  return `nsenter -t ${processId} -m -n sh -c ${quoted(inBackground(lines))}`;
}

/** One probe, which prints `INDEX|EXIT|TEXT` on one line. */
function probeLine(
  { to, protocol, port }: Probe,
  index: number,
  addresses: ReadonlyMap<string, string>,
): string {
  const address = addresses.get(to);
  if (address === undefined) throw new Error(`no address ${to}`);
  const patience = patienceSeconds;
  const option = protocol === 'udp' ? '-u ' : '';
  const asked =
    protocol === 'icmp'
      ? `ping -c 1 -W ${patience} ${address} 2>&1 >/dev/null`
      : `echo ask | nc ${option}-w ${patience} ${address} ${port} 2>&1`;
  return `( said=$(${asked}); echo "${index}|$?|"$said )`;
}

/** What a program of BusyBox printed, as a verdict. */
function verdictOf({ protocol }: Probe, exit: number, said: string): Verdict {
  if (/Network is unreachable/.test(said)) return 'u';
  if (protocol === 'icmp') return exit === 0 ? 'o' : 't';
  const [, answering] = /^c([1-9])\b/.exec(said) ?? [];
  if (answering !== undefined) return answering;
  if (/Connection refused/.test(said)) return 'r';
  if (/Operation timed out|No route to host/.test(said)) return 't';
  return protocol === 'tcp' ? 'c' : 't';
}

function environment(): Record<string, string> {
  const { PATH = '' } = process.env;
  return { PATH, LANG: 'C' };
}
