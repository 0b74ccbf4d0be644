import type { HostName } from '@netfold/contracts';
import type { ActiveLab, Container, Exec, LabHost, Network, Swarm } from '@netfold/domain';
import type { Intent } from './intents.ts';

export type ContainerNeed = 'any' | 'running' | 'stopped' | 'paused' | 'restarting' | 'ordinary';

/** What a user sees who is about to do something: a lab, a host, three numbers to choose by. */
export class Situation {
  readonly lab: ActiveLab;
  readonly host: LabHost;
  readonly a: number;
  readonly b: number;
  readonly c: number;

  constructor(lab: ActiveLab, host: LabHost, { a, b, c }: Pick<Intent, 'a' | 'b' | 'c'>) {
    this.lab = lab;
    this.host = host;
    this.a = a;
    this.b = b;
    this.c = c;
  }

  get name(): HostName {
    return this.host.name;
  }

  /** One that fits, else any, else nobody. */
  container(number: number, need: ContainerNeed): string {
    const all = [...this.host.containers.values()];
    const fitting = all.filter((container) => isFitting(container, need));
    return (pick(fitting, number) ?? pick(all, number))?.name ?? 'nobody';
  }

  containers(need: ContainerNeed): readonly Container[] {
    return [...this.host.containers.values()].filter((container) => isFitting(container, need));
  }

  exec(number: number, status: Exec['status']): string {
    const all = [...this.host.execs.values()];
    const fitting = all.filter((exec) => exec.status === status);
    return (pick(fitting, number) ?? pick(all, number))?.id ?? 'f'.repeat(64);
  }

  /** Execs in that state, in containers that run. */
  liveExecs(status: Exec['status']): readonly Exec[] {
    return [...this.host.execs.values()].filter(
      (exec) =>
        exec.status === status && this.host.containers.get(exec.containerId)?.status === 'running',
    );
  }

  /** Networks that a container can be put on: local ones, and the attachable overlays. */
  joinableNetworks(): readonly string[] {
    const local = [...this.host.networks.values()].filter(isJoinable).map(({ name }) => name);
    return [...local, ...this.#attachableOverlays()];
  }

  /** A host in that role, the user's own before others. */
  hostAs(role: 'manager' | 'worker' | 'inactive'): LabHost | null {
    const isOne = ({ membership }: LabHost): boolean =>
      (membership.state === 'active' ? membership.role : membership.state) === role;
    const hosts = [this.host, ...this.lab.hosts.values()];
    return hosts.find(isOne) ?? null;
  }

  /** The swarm of a host, or else any. */
  swarm(host: LabHost = this.host): Swarm | null {
    const { membership } = host;
    const own = membership.state === 'active' ? this.lab.swarms.get(membership.swarmId) : undefined;
    return own ?? [...this.lab.swarms.values()].at(-1) ?? null;
  }

  /** Of the swarm, the node that others join through. */
  managerOf(swarm: Swarm | null): string {
    const nodes = [...(swarm?.nodes.values() ?? [])];
    const manager = nodes.find(({ role, status }) => role === 'manager' && status === 'ready');
    return `${manager?.address ?? '192.168.50.11'}:2377`;
  }

  #attachableOverlays(): readonly string[] {
    const { membership } = this.host;
    if (membership.state !== 'active') return [];
    const networks = [...(this.lab.swarms.get(membership.swarmId)?.networks.values() ?? [])];
    return networks
      .filter(({ isAttachable, vnis }) => isAttachable && vnis.length > 0)
      .map(({ name }) => name);
  }
}

export const pick = <T>(items: readonly T[], index: number): T | undefined =>
  items[index % items.length];

export const isPredefined = (name: string): boolean =>
  ['bridge', 'host', 'none', 'docker_gwbridge', 'ingress'].includes(name);

const isJoinable = ({ name, scope, isConfigOnly }: Network): boolean =>
  scope === 'local' && !isConfigOnly && !['host', 'none', 'docker_gwbridge'].includes(name);

/** `ordinary`: it runs and has a network stack of its own that can join further networks. */
function isFitting({ status, spec, restartsAt }: Container, need: ContainerNeed): boolean {
  if (need === 'any') return true;
  if (need === 'restarting') return restartsAt !== null;
  if (restartsAt !== null) return false;
  if (need === 'stopped') return status === 'created' || status === 'exited';
  if (need !== 'ordinary') return status === need;
  return status === 'running' && !/^(host|none|container:.*)$/.test(spec.networkMode);
}
