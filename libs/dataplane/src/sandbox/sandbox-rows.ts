import type { Sandbox } from '@netfold/domain';
import { loopbackRow } from '../links.ts';
import type { SandboxRow } from '../rows.ts';
import { onHost } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import { embeddedDns } from './embedded-dns.ts';
import { isLeft, latestSandbox } from './file-owner.ts';
import { sandboxHosts } from './hosts-file.ts';
import { sandboxResolvConf } from './resolv-conf.ts';
import { defaultRoutes } from './sandbox-routes.ts';

/** How many characters of a sandbox's id name its file. */
const keyLength = 12;

/** Where the engine keeps a sandbox's namespace: the `SandboxKey` of `inspect`. */
export const sandboxKey = (sandboxId: string): string =>
  `/var/run/docker/netns/${sandboxId === 'host' ? 'default' : sandboxId.slice(0, keyLength)}`;

/** One network stack: its own row and files, `lo`, the way out, the embedded DNS. */
export function sandboxContribution(place: HostPlace, sandbox: Sandbox): TableRow[] {
  return [
    { table: 'sandbox', row: sandboxRow(place, sandbox) },
    loopbackRow(place, sandbox.id, hasIPv6(place, sandbox)),
    ...defaultRoutes(place, sandbox),
    ...embeddedDns(place, sandbox),
  ];
}

function sandboxRow(place: HostPlace, sandbox: Sandbox): SandboxRow {
  const latest = latestSandbox(place.host, sandbox);
  return {
    ...onHost(place),
    sandboxId: sandbox.id,
    containerId: sandbox.containerId,
    key: sandboxKey(sandbox.id),
    namespaceNumber: sandbox.namespaceNumber,
    hasEmbeddedDns: sandbox.dnsPorts !== null && !isLeft(place.host, sandbox),
    resolvConf: sandboxResolvConf(place, latest),
    hostsFile: sandboxHosts(place, latest),
  };
}

/** The engine turns IPv6 on where an endpoint has an address, and on `lo` with the first one. */
function hasIPv6(place: HostPlace, sandbox: Sandbox): boolean {
  return sandbox.endpointIds.some((id) => (place.host.endpoints.get(id)?.ipv6 ?? '') !== '');
}
