import { ingressContainerId } from '@netfold/domain';
import type { ActiveLab, Lab, LabHost } from '@netfold/domain';

/**
 * Sentences about what is wrong with a lab after a command; empty when all is well. Hosts that the
 * command left as they were are not looked at again.
 */
export function violations(before: Lab, after: Lab): readonly string[] {
  if (after.state !== 'active') return [];
  const known = before.state === 'active' ? before.hosts : null;
  const touched = [...after.hosts.values()].filter((host) => known?.get(host.name) !== host);
  if (touched.length === 0) return [];
  return [...touched.flatMap(violationsOfHost), ...violationsOfOverlays(after)];
}

const violationsOfHost = (host: LabHost): readonly string[] => [
  ...twice('address', addresses(host)),
  ...twice('MAC', macs(host)),
  ...twice('interface index', indexes(host)),
  ...twice(
    'container name',
    [...host.containers.values()].map(({ name }) => name),
  ),
  ...twice('port', ports(host)),
  ...orphans(host),
];

/** The endpoints of an overlay stand on many hosts. */
function violationsOfOverlays(lab: ActiveLab): readonly string[] {
  const endpoints = [...lab.hosts.values()].flatMap((host) =>
    [...host.endpoints.values()].filter(
      ({ networkId }) => host.networks.get(networkId)?.driver === 'overlay',
    ),
  );
  const of = (field: 'ipv4' | 'mac'): readonly string[] =>
    endpoints.filter((one) => one[field] !== '').map((one) => `${one.networkId}/${one[field]}`);
  return [...twice('overlay address', of('ipv4')), ...twice('overlay MAC', of('mac'))];
}

function twice(what: string, values: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return values
    .filter((value) => {
      const isKnown = seen.has(value);
      seen.add(value);
      return isKnown;
    })
    .map((value) => `${what} ${value} is given twice`);
}

const addresses = (host: LabHost): readonly string[] =>
  [...host.endpoints.values()]
    .filter(({ ipv4 }) => ipv4 !== '')
    .map(({ networkId, ipv4 }) => `${networkId}/${ipv4}`)
    .concat(
      [...host.networks.values()].flatMap(({ id, pools }) =>
        pools
          .filter(({ gateway, subnet }) => gateway !== '' && subnet !== '')
          .map(({ gateway, subnet }) => `${id}/${gateway}/${subnet.split('/')[1]}`),
      ),
    );

const macs = (host: LabHost): readonly string[] =>
  [...host.endpoints.values()]
    .filter(({ mac }) => mac !== '')
    .map(({ networkId, mac }) => `${networkId}/${mac}`);

function indexes(host: LabHost): readonly string[] {
  const bridges = [...host.networks.values()].flatMap(({ bridge }) =>
    bridge === null ? [] : [bridge.interfaceIndex],
  );
  const veths = [...host.endpoints.values()].flatMap(({ joined }) =>
    joined?.veth ? [joined.interfaceIndex, joined.veth.interfaceIndex] : [],
  );
  return [...bridges, ...veths].map(String);
}

const ports = (host: LabHost): readonly string[] =>
  [...host.publishedPorts.values()].map(
    ({ protocol, hostIp, hostPort }) => `${protocol}/${hostIp}/${hostPort}`,
  );

function orphans(host: LabHost): readonly string[] {
  const wrong: string[] = [];
  for (const endpoint of host.endpoints.values()) {
    const network = host.networks.get(endpoint.networkId);
    if (network === undefined) wrong.push(`endpoint ${endpoint.id} has no network`);
    else if (!network.endpointIds.has(endpoint.id)) {
      wrong.push(`network ${network.name} does not know its endpoint ${endpoint.id}`);
    }
    const isIngress = endpoint.containerId === ingressContainerId;
    if (!isIngress && !host.containers.has(endpoint.containerId)) {
      wrong.push(`endpoint ${endpoint.id} has no container`);
    }
    const sandboxId = endpoint.joined?.sandboxId;
    const isOwn = sandboxId === undefined || sandboxId === 'host';
    if (!isOwn && !host.sandboxes.has(sandboxId)) {
      wrong.push(`endpoint ${endpoint.id} is joined to no sandbox ${sandboxId}`);
    }
  }
  return wrong;
}
