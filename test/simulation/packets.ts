import type { Traffic } from '@netfold/contracts';
import { PacketWalk } from '@netfold/dataplane';
import { pick } from './situation.ts';
import type { Situation } from './situation.ts';

/** An address that nobody has in any default pool, the LAN's outside, and nobody at all. */
const elsewhere = ['172.17.255.254', '192.168.50.1', '192.168.50.12', '10.255.255.1'];

/** What one packet teaches, from a container or the host to a container or elsewhere. */
export function trafficOf({ lab, name, host, a, b, c }: Situation): Traffic {
  const sandboxes = ['', ...host.sandboxes.keys()];
  const members = [...host.endpoints.values()].map(({ ipv4 }) => ipv4.split('/', 1)[0] ?? '');
  const destinations = [...members.filter((address) => address !== ''), ...elsewhere];
  const walk = new PacketWalk(lab, 'lab');
  walk.walk({
    host: name,
    namespace: pick(sandboxes, a) ?? '',
    protocol: 'icmp',
    destination: pick(destinations, b * 256 + c) ?? '192.168.50.1',
    port: 0,
  });
  return walk.taught;
}
