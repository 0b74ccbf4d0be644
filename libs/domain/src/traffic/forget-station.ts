import type { NetworkId } from '@netfold/contracts';
import type { ActiveLab } from '../state/lab.ts';

/**
 * The lab after a member of an overlay has left: the driver of every other host deletes what its
 * bridge heard of it at the VTEP.
 *
 * @source docker/libnetwork osl/neigh_linux.go DeleteNeighbor ("the dynamic entry in the bridge")
 */
export function forgetStation(lab: ActiveLab, networkId: NetworkId, mac: string): ActiveLab {
  let { hosts } = lab;
  for (const host of lab.hosts.values()) {
    const presence = host.overlays.get(networkId);
    if (presence?.stations?.some((one) => one.mac === mac) !== true) continue;
    const stations = presence.stations.filter((one) => one.mac !== mac);
    const overlays = host.overlays.with(networkId, { ...presence, stations });
    hosts = hosts.with(host.name, { ...host, overlays });
  }
  return hosts === lab.hosts ? lab : { ...lab, hosts };
}
