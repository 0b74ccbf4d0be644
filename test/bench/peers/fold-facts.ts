import type { Lab } from '@netfold/domain';
import { usedAddresses } from '@netfold/domain';
import type { MutableLab } from './mutable-fold.ts';

/** What both folds must agree on, as text: else they did not do the same work. */
export function factsOfLab(lab: Lab): string {
  if (lab.state !== 'active') throw new Error('the lab is not active');
  const hosts = [...lab.hosts.entries()].map(([name, host]) => ({
    name,
    containers: [...host.containers.values()]
      .map((c) => [c.id, c.name, c.status, c.processId, c.startedAt, c.sandboxId, c.ordinal])
      .toSorted(byText),
    endpoints: [...host.endpoints.values()]
      .map((e) => [e.id, e.networkId, e.ipv4, e.mac, e.ordinal, e.joined?.interfaceIndex])
      .toSorted(byText),
    sandboxes: [...host.sandboxes.values()]
      .map((s) => [s.id, s.namespaceNumber, s.ordinal, s.endpointIds, s.nextInterfaceNumber])
      .toSorted(byText),
    networks: [...host.networks.values()]
      .map((n) => [
        n.id,
        n.name,
        n.joinedCount,
        n.endpointIds.size,
        n.bridge?.hasHadMember ?? false,
      ])
      .toSorted(byText),
    ports: [...host.publishedPorts.values()].map((p) => [p.hostPort, p.ordinal]).toSorted(byText),
    counters: [host.nextInterfaceIndex, host.nextProcessId, host.nextOrdinal],
  }));
  return JSON.stringify({ time: lab.time, hosts });
}

export function factsOfMutable(lab: MutableLab): string {
  const hosts = [...lab.hosts.entries()].map(([name, host]) => ({
    name,
    containers: [...host.containers.values()]
      .map((c) => [c.id, c.name, c.status, c.processId, c.startedAt, c.sandboxId, c.ordinal])
      .toSorted(byText),
    endpoints: [...host.endpoints.values()]
      .map(({ id, created, ordinal, joined }) => [
        ...[id, created.networkId, created.ipv4, created.mac, ordinal, joined?.interfaceIndex],
      ])
      .toSorted(byText),
    sandboxes: [...host.sandboxes.values()]
      .map((s) => [
        ...[s.id, s.created.namespaceNumber, s.ordinal, s.endpointIds, s.nextInterfaceNumber],
      ])
      .toSorted(byText),
    networks: [...host.networks.values()]
      .map((n) => [n.id, n.name, n.joinedCount, n.endpointIds.size, n.hasHadMember])
      .toSorted(byText),
    ports: [...host.publishedPorts.values()].map((p) => [p.hostPort, p.ordinal]).toSorted(byText),
    counters: [host.nextInterfaceIndex, host.nextProcessId, host.nextOrdinal],
  }));
  return JSON.stringify({ time: lab.time, hosts });
}

/** Addresses in use on a lab's user network, without the three that no endpoint has. */
export const addressesInUse = (lab: Lab, name: string): number =>
  lab.state !== 'active'
    ? 0
    : [...lab.hosts.values()]
        .flatMap(({ networks }) => [...networks.values()])
        .filter((network) => network.name === name)
        .flatMap(({ addressPools }) => addressPools.flatMap(usedAddresses)).length - 3;

const byText = (a: readonly unknown[], b: readonly unknown[]): number =>
  String(a[0]) < String(b[0]) ? -1 : 1;
