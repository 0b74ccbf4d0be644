import { isPredefinedNetwork } from '@netfold/domain';
import type { ActiveLab, Container, LabHost, Sandbox } from '@netfold/domain';
import { nameservers } from '../host/host-files.ts';
import type { HostPlace } from '../table-row.ts';
import { embeddedDnsAddress } from './embedded-dns.ts';
import { fileOwner, fileSandbox } from './file-owner.ts';

type Resolution = {
  readonly search: readonly string[];
  readonly servers: readonly string[];
  readonly options: readonly string[];
};

/** Names without a dot are asked for as they stand: service names come first. */
const embeddedDnsOption = 'ndots:0';

/**
 * `/etc/resolv.conf` of a sandbox: the host's, changed by `--dns` and its like; with the embedded
 * DNS its address takes the place of the IPv4 servers.
 *
 * @source moby/moby v20.10 libnetwork sandbox_dns_unix.go (setupDNS, rebuildDNS)
 */
export function sandboxResolvConf(place: HostPlace, sandbox: Sandbox): string {
  const container = place.host.containers.get(sandbox.containerId);
  const asked = askedFor(nameservers(place.lab, place.host), container);
  return resolvConfText(sandbox.dnsPorts === null ? asked : withEmbeddedDns(asked));
}

function askedFor(servers: readonly string[], container: Container | undefined): Resolution {
  const { dns, dnsSearch, dnsOptions } = container?.spec ?? {
    dns: [],
    dnsSearch: [],
    dnsOptions: [],
  };
  return { search: dnsSearch, servers: dns.length > 0 ? dns : servers, options: dnsOptions };
}

function withEmbeddedDns({ search, servers, options }: Resolution): Resolution {
  const servers6 = servers.filter((server) => server.includes(':'));
  const isAsked = options.some((option) => option.includes('ndots'));
  return {
    search,
    servers: [embeddedDnsAddress, ...servers6],
    options: isAsked ? options : [...options, embeddedDnsOption],
  };
}

/** @source moby/moby v20.10 libnetwork resolvconf/resolvconf.go (Build) */
function resolvConfText({ search, servers, options }: Resolution): string {
  const domains = search.join(' ');
  const isRoot = domains.trim() === '.';
  return [
    ...(search.length > 0 && !isRoot ? [`search ${domains}\n`] : []),
    ...servers.map((server) => `nameserver ${server}\n`),
    ...(options.length > 0 && options.join('').trim() !== ''
      ? [`options ${options.join(' ')}\n`]
      : []),
  ].join('');
}

/** What `cat /etc/resolv.conf` prints in a container: also after the one it joined was stopped. */
export function resolvConf(lab: ActiveLab, host: LabHost, container: Container): string {
  const isOnHost = container.sandboxId === 'host';
  const sandbox = isOnHost ? null : fileSandbox(host, container);
  if (sandbox !== null) {
    return sandboxResolvConf({ lab, labId: '', tenantId: '', host }, sandbox);
  }
  const owner = fileOwner(host, container);
  const asked = askedFor(nameservers(lab, host), owner);
  const networks = [...owner.attachments.keys()];
  const hadEmbeddedDns = !isOnHost && networks.some((name) => !isPredefinedNetwork(name));
  return resolvConfText(hadEmbeddedDns ? withEmbeddedDns(asked) : asked);
}
