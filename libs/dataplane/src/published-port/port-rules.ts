import type { Endpoint, PublishedPort } from '@netfold/domain';
import { bareAddress } from '../addresses.ts';
import { appended } from '../rank.ts';
import { accept, is, isNot, masquerade, ruleRow } from '../rules.ts';
import type { RuleColumns } from '../rules.ts';
import { hostNamespace } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';

/**
 * The rules of one mapping, appended in the order of programming. IPv6 has none: docker-proxy
 * alone serves it. Two host ports of one container port have their DNAT each, but share the ACCEPT
 * and the hairpin MASQUERADE: the engine adds a rule only when it is not there.
 *
 * @source moby/moby v20.10 libnetwork iptables/iptables.go (Forward, ProgramRule)
 */
export function portRules(place: HostPlace, port: PublishedPort, endpoint: Endpoint): TableRow[] {
  const network = place.host.networks.get(endpoint.networkId);
  const bridge = network?.bridge?.name;
  if (bridge === undefined || port.hostIp.includes(':')) return [];
  // An internal network has no chains of its own to put them in; docker-proxy serves the port.
  if (network?.isInternal === true) return [];
  const rules = [
    translation(port, endpoint, bridge),
    ...(isFirstOfItsPort(place, port, endpoint) ? passage(port, endpoint, bridge) : []),
  ];
  const owner = { networkId: endpoint.networkId, endpointId: endpoint.id };
  return rules.map((rule) => ruleRow(place, hostNamespace, { ...rule, owner }));
}

type PortRule = Omit<RuleColumns, 'owner'>;

const anyAddress = '0.0.0.0';

function translation(port: PublishedPort, endpoint: Endpoint, bridge: string): PortRule {
  const destination = port.hostIp === anyAddress ? {} : { destination: is(`${port.hostIp}/32`) };
  return {
    table: 'nat',
    chain: 'DOCKER',
    rank: appended(port.ordinal, '0'),
    match: {
      ...destination,
      inInterface: isNot(bridge),
      protocol: port.protocol,
      destinationPort: port.hostPort,
    },
    target: { kind: 'DNAT', to: `${bareAddress(endpoint.ipv4)}:${port.containerPort}` },
  };
}

function passage(port: PublishedPort, endpoint: Endpoint, bridge: string): PortRule[] {
  const container = is(`${bareAddress(endpoint.ipv4)}/32`);
  const rank = appended(port.ordinal, '0');
  const service = { protocol: port.protocol, destinationPort: port.containerPort };
  return [
    {
      table: 'filter',
      chain: 'DOCKER',
      rank,
      match: {
        destination: container,
        inInterface: isNot(bridge),
        outInterface: is(bridge),
        ...service,
      },
      target: accept,
    },
    {
      table: 'nat',
      chain: 'POSTROUTING',
      rank,
      match: { source: container, destination: container, ...service },
      target: masquerade,
    },
  ];
}

/** Looks only at the endpoint's own mappings. */
function isFirstOfItsPort(place: HostPlace, port: PublishedPort, endpoint: Endpoint): boolean {
  const siblings = endpoint.publishedPortKeys
    .flatMap((key) => place.host.publishedPorts.get(key) ?? [])
    .filter(({ protocol }) => protocol === port.protocol)
    .filter(({ containerPort }) => containerPort === port.containerPort)
    .filter(({ hostIp }) => !hostIp.includes(':'));
  return siblings.every(({ ordinal }) => ordinal >= port.ordinal);
}
