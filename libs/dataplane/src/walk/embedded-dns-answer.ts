import { dnsNames, orderedEndpoints } from '@netfold/domain';
import type { ActiveLab, Endpoint, LabHost, Network, Sandbox } from '@netfold/domain';
import { bareAddress } from '../addresses.ts';
import { canonicalAddress, familyOf } from './address-match.ts';

/** What is asked of a DNS server; a name without its last dot, or for `PTR` an address. */
export type Question = {
  /** `other`: of a kind that nobody in a lab has records of. */
  readonly type: 'A' | 'AAAA' | 'PTR' | 'other';
  readonly name: string;
};

/** What the embedded DNS knows by itself. */
export type OwnAnswer =
  | { readonly kind: 'known'; readonly data: readonly string[] }
  /** Nothing of its own: it asks the servers outside. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'silent' };

type Asked = { readonly lab: ActiveLab; readonly host: LabHost; readonly sandbox: Sandbox };

/**
 * The embedded DNS looks through the sandbox's networks in their order and answers from the first
 * that has the name. A name with a dot is also tried as NAME.NETWORK. It answers that there is no
 * IPv6 address where it knows an IPv4 one.
 *
 * @source moby/moby v20.10 libnetwork sandbox.go (ResolveName, ResolveIP), resolver.go (ServeDNS)
 */
export function embeddedAnswer(asked: Asked, question: Question): OwnAnswer {
  if (question.type === 'other') return { kind: 'unknown' };
  const endpoints = orderedEndpoints(asked.host, asked.sandbox);
  return question.type === 'PTR'
    ? reverse(asked, endpoints, question.name)
    : forward(asked, endpoints, question);
}

function forward(asked: Asked, endpoints: readonly Endpoint[], question: Question): OwnAnswer {
  const wanted = question.type === 'A' ? 4 : 6;
  for (const { name, networkName } of splits(question.name)) {
    for (const endpoint of endpoints) {
      const network = asked.host.networks.get(endpoint.networkId);
      if (network === undefined || !(networkName === '' || networkName === network.name)) continue;
      const all = membersNamed(asked, network, linkTarget(asked, network, name) ?? name);
      const data = all.filter((address) => familyOf(address) === wanted);
      if (data.length > 0) return { kind: 'known', data };
      if (wanted === 6 && all.length > 0) return { kind: 'known', data: [] };
    }
  }
  return { kind: 'unknown' };
}

/** `a.b.c` is `a.b.c` anywhere, `a.b` in network `c`, or `a` in network `b.c`. */
function splits(name: string): { name: string; networkName: string }[] {
  const parts = name.split('.');
  const whole = { name, networkName: '' };
  const cuts = parts.slice(1).map((_, index) => parts.length - 1 - index);
  return [
    whole,
    ...cuts.map((at) => ({
      name: parts.slice(0, at).join('.'),
      networkName: parts.slice(at).join('.'),
    })),
  ];
}

/** `--link db:database` on a user network: an alias of its own for another member, as written. */
function linkTarget({ host, sandbox }: Asked, network: Network, name: string): string | null {
  const container = host.containers.get(sandbox.containerId);
  const links = container?.attachments.get(network.name)?.endpoint.links ?? [];
  for (const link of links) {
    const [target = '', alias = target] = link.split(':');
    if (alias === name) return target;
  }
  return null;
}

type Member = { readonly host: LabHost; readonly endpoint: Endpoint };

/** Everyone on a network: on this host, and for a swarm's network on all of its hosts. */
function membersOf({ lab, host }: Asked, network: Network): Member[] {
  const { membership } = host;
  const hosts =
    network.scope === 'swarm' && membership.state === 'active'
      ? [...lab.hosts.values()].filter(
          ({ membership: its }) => its.state === 'active' && its.swarmId === membership.swarmId,
        )
      : [host];
  return hosts.flatMap((one) =>
    [...(one.networks.get(network.id)?.endpointIds.keys() ?? [])].flatMap((id) => {
      const endpoint = one.endpoints.get(id);
      return endpoint === undefined ? [] : [{ host: one, endpoint }];
    }),
  );
}

function membersNamed(asked: Asked, network: Network, name: string): string[] {
  const wanted = name.toLowerCase();
  return membersOf(asked, network)
    .filter(({ host, endpoint }) =>
      dnsNames(host, endpoint).some((one) => one.name.toLowerCase() === wanted),
    )
    .flatMap(({ endpoint }) => addressesOf(endpoint));
}

const addressesOf = ({ ipv4, ipv6 }: Endpoint): string[] =>
  [ipv4, ipv6].filter((address) => address !== '').map(bareAddress);

function reverse(asked: Asked, endpoints: readonly Endpoint[], address: string): OwnAnswer {
  const wanted = canonicalAddress(address);
  if (wanted === null) return { kind: 'silent' };
  for (const { networkId } of endpoints) {
    const network = asked.host.networks.get(networkId);
    if (network === undefined) continue;
    for (const { host, endpoint } of membersOf(asked, network)) {
      const [first] = dnsNames(host, endpoint);
      if (first !== undefined && addressesOf(endpoint).some((one) => one === wanted)) {
        return { kind: 'known', data: [`${first.name}.${network.name}`] };
      }
    }
  }
  return { kind: 'unknown' };
}
