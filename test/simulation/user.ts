import type {
  CommandBody,
  ContainerSpec,
  EndpointSpec,
  HostName,
  NetworkSpec,
  SingleCommand,
} from '@netfold/contracts';
import type { ActiveLab, Container, LabHost, Network } from '@netfold/domain';
import type { Intent } from './intents.ts';
import { containerSpec, endpointSpec, hostSpec, networkSpec } from './specs.ts';

/** The hosts that a run starts with; others are added and removed. */
export const firstHosts = ['h1', 'h2', 'h3'] as const;

/** Turns an intent into a command that fits what the lab holds, mostly. */
export function commandOf(lab: ActiveLab, intent: Intent): CommandBody {
  const hosts = [...lab.hosts.values()];
  const host = hosts[intent.host % hosts.length];
  if (host === undefined) return { type: 'AddHost', host: hostSpec('h1', 1) };
  return new User(lab, host, intent).command();
}

const pick = <T>(items: readonly T[], index: number): T | undefined => items[index % items.length];

class User {
  readonly #lab: ActiveLab;
  readonly #host: LabHost;
  readonly #intent: Intent;

  constructor(lab: ActiveLab, host: LabHost, intent: Intent) {
    this.#lab = lab;
    this.#host = host;
    this.#intent = intent;
  }

  command(): CommandBody {
    const { kind } = this.#intent;
    return this.#onNetworks(kind) ?? this.#onContainers(kind) ?? this.#onTheRest(kind);
  }

  get #name(): HostName {
    return this.#host.name;
  }

  #onNetworks(kind: Intent['kind']): SingleCommand | null {
    const { a, b, c } = this.#intent;
    const host = this.#name;
    switch (kind) {
      case 'createNetwork':
        return { type: 'CreateNetwork', host, network: this.#network('bridge') };
      case 'createOverlay':
        return { type: 'CreateNetwork', host, network: this.#network('overlay') };
      case 'removeNetwork':
        return { type: 'RemoveNetwork', host, network: this.#anyNetwork(a) };
      case 'pruneNetworks':
        return { type: 'PruneNetworks', host, filters: {} };
      case 'connect':
        return {
          type: 'ConnectContainer',
          host,
          network: this.#anyNetwork(a),
          container: this.#container(b, 'running'),
          endpoint: c < 60 ? this.#endpoint(c) : null,
        };
      case 'disconnect':
        return { type: 'DisconnectContainer', host, force: c < 30, ...this.#attached(a, b) };
      default:
        return null;
    }
  }

  #onContainers(kind: Intent['kind']): CommandBody | null {
    const { a, b } = this.#intent;
    const host = this.#name;
    switch (kind) {
      case 'createContainer':
        return { type: 'CreateContainer', host, spec: this.#spec() };
      case 'runContainer':
        return this.#run();
      case 'start':
        return { type: 'StartContainer', host, container: this.#container(a, 'stopped') };
      case 'stop':
        return { type: 'StopContainer', host, timeoutSeconds: null, ...this.#running };
      case 'restart':
        return { type: 'RestartContainer', host, timeoutSeconds: null, ...this.#running };
      case 'kill':
        return { type: 'KillContainer', host, signal: b < 200 ? 'KILL' : 'TERM', ...this.#running };
      case 'pause':
        return { type: 'PauseContainer', host, ...this.#running };
      case 'unpause':
        return { type: 'UnpauseContainer', host, container: this.#container(a, 'paused') };
      case 'rename':
        return { type: 'RenameContainer', host, name: `c${b % 20}`, ...this.#running };
      case 'remove':
        return {
          type: 'RemoveContainer',
          host,
          force: b < 128,
          link: false,
          container: this.#container(a, b < 128 ? 'any' : 'stopped'),
        };
      case 'pruneContainers':
        return { type: 'PruneContainers', host, filters: {} };
      default:
        return null;
    }
  }

  #onTheRest(kind: Intent['kind']): CommandBody {
    const { a, b } = this.#intent;
    const host = this.#name;
    switch (kind) {
      case 'createExec':
        return this.#createExec();
      case 'startExec':
        return { type: 'StartExec', host, execId: this.#exec(a, 'created') };
      case 'endExec':
        return { type: 'EndExec', host, execId: this.#exec(a, 'running'), exitCode: b % 3 };
      case 'initSwarm':
        return this.#initSwarm();
      case 'joinSwarm':
        return this.#joinSwarm();
      case 'leaveSwarm':
        return { type: 'LeaveSwarm', host, force: b < 200 };
      case 'addHost':
        return { type: 'AddHost', host: hostSpec(`h${4 + (a % 3)}`, 4 + (a % 3)) };
      case 'removeHost':
        return { type: 'RemoveHost', host: `h${4 + (a % 3)}` };
      case 'endProcess':
        return this.#endProcess();
      case 'wrongReference':
        return this.#wrong();
      default:
        return { type: 'AdvanceTime', to: this.#lab.time + 1 + a * 100 };
    }
  }

  get #running(): { readonly container: string } {
    return { container: this.#container(this.#intent.a, 'running') };
  }

  #run(): CommandBody {
    const spec = this.#spec();
    const host = this.#name;
    const create: SingleCommand = { type: 'CreateContainer', host, spec };
    const start: SingleCommand = { type: 'StartContainer', host, container: spec.name };
    return { type: 'ApplyBatch', commands: [create, start] };
  }

  #spec(): ContainerSpec {
    const { a, b, c } = this.#intent;
    const mode = this.#mode(b);
    return containerSpec({ name: this.#freeName(a), mode, a, c, endpoint: this.#endpoint(c) });
  }

  /** Mostly a name nobody has. */
  #freeName(number: number): string {
    const names = Array.from({ length: 20 }, (_, index) => `c${(number + index) % 20}`);
    const free = names.find((name) => !this.#host.containerNames.has(name));
    return number < 240 && free !== undefined ? free : `c${number % 20}`;
  }

  #mode(number: number): string {
    if (number < 60) return 'default';
    if (number < 75) return 'host';
    if (number < 88) return 'none';
    if (number < 110) return `container:${this.#container(number, 'running')}`;
    return this.#anyNetwork(number);
  }

  #network(driver: string): NetworkSpec {
    const { a, b, c } = this.#intent;
    return networkSpec({ name: `n${a % 12}`, driver, b, c });
  }

  #endpoint(number: number): EndpointSpec {
    return endpointSpec(number);
  }

  #anyNetwork(number: number): string {
    const names = [...this.#host.networks.values()].map(({ name }: Network) => name);
    const swarm = [...this.#lab.swarms.values()].flatMap(({ networks }) =>
      [...networks.values()].map(({ name }) => name),
    );
    return pick([...names, ...swarm], number) ?? 'bridge';
  }

  #container(number: number, wanted: 'any' | 'running' | 'stopped' | 'paused'): string {
    const all = [...this.#host.containers.values()];
    const fitting = all.filter((container) => isWanted(container, wanted));
    return (pick(fitting, number) ?? pick(all, number))?.name ?? 'nobody';
  }

  #attached(a: number, b: number): { readonly network: string; readonly container: string } {
    const all = [...this.#host.containers.values()].filter(
      ({ attachments }) => attachments.size > 0,
    );
    const container = pick(all, a);
    const network = pick([...(container?.attachments.keys() ?? [])], b) ?? 'bridge';
    return { container: container?.name ?? 'nobody', network };
  }

  #exec(number: number, status: 'created' | 'running'): string {
    const all = [...this.#host.execs.values()];
    const fitting = all.filter((exec) => exec.status === status);
    return (pick(fitting, number) ?? pick(all, number))?.id ?? 'f'.repeat(64);
  }

  #createExec(): SingleCommand {
    return {
      type: 'CreateExec',
      host: this.#name,
      ...this.#running,
      command: ['ip', 'addr'],
      environment: [],
      user: '',
      workingDir: '',
      tty: false,
      attachStdin: false,
      attachStdout: true,
      attachStderr: true,
      privileged: false,
      detachKeys: '',
    };
  }

  #endProcess(): SingleCommand {
    const running = [...this.#host.containers.values()].filter(
      ({ status }) => status === 'running',
    );
    const container = pick(running, this.#intent.a);
    return {
      type: 'EndContainerProcess',
      host: this.#name,
      container: container?.name ?? 'nobody',
      processId: container?.processId ?? 1,
      exitCode: this.#intent.b % 2,
      output: [{ stream: 'stdout', text: 'done\n', at: this.#lab.time }],
    };
  }

  #initSwarm(): SingleCommand {
    return {
      type: 'InitSwarm',
      host: this.#name,
      advertiseAddress: '',
      listenAddress: '0.0.0.0:2377',
      defaultAddressPools: [],
      subnetSize: 0,
      forceNewCluster: false,
    };
  }

  #joinSwarm(): SingleCommand {
    const swarm = [...this.#lab.swarms.values()].at(-1);
    const manager = [...(swarm?.nodes.values() ?? [])].find(({ role }) => role === 'manager');
    const isManager = this.#intent.b < 60;
    return {
      type: 'JoinSwarm',
      host: this.#name,
      remoteAddresses: [`${manager?.address ?? '192.168.50.11'}:2377`],
      token: (isManager ? swarm?.managerToken : swarm?.workerToken) ?? 'SWMTKN-1-none',
      advertiseAddress: '',
      listenAddress: '0.0.0.0:2377',
    };
  }

  #wrong(): SingleCommand {
    const { a } = this.#intent;
    const host = this.#name;
    if (a < 80) return { type: 'StartContainer', host, container: 'no-such' };
    if (a < 160) return { type: 'RemoveNetwork', host, network: 'no-such' };
    if (a < 200) return { type: 'CreateNetwork', host: 'h9', network: this.#network('bridge') };
    return { type: 'StartExec', host, execId: 'e'.repeat(64) };
  }
}

function isWanted(
  { status }: Container,
  wanted: 'any' | 'running' | 'stopped' | 'paused',
): boolean {
  if (wanted === 'any') return true;
  if (wanted === 'stopped') return status === 'created' || status === 'exited';
  return status === wanted;
}
