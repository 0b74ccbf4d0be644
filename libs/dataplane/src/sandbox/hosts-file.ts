import type { ActiveLab, Container, LabHost, Sandbox } from '@netfold/domain';
import { hostFiles } from '../host/host-files.ts';
import { fileSandbox } from './file-owner.ts';
import type { HostPlace } from '../table-row.ts';

/** @source moby/moby v20.10 libnetwork etchosts/etchosts.go (defaultContent) */
const defaultLines: readonly string[] = [
  '127.0.0.1\tlocalhost',
  '::1\tlocalhost ip6-localhost ip6-loopback',
  'fe00::0\tip6-localnet',
  'ff00::0\tip6-mcastprefix',
  'ff02::1\tip6-allnodes',
  'ff02::2\tip6-allrouters',
];

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/**
 * `/etc/hosts` as the engine writes it for a sandbox: `--add-host`, links, then its own lines.
 *
 * @source moby/moby v20.10 libnetwork sandbox_dns_unix.go (buildHostsFile, updateHostsFile),
 *   daemon/container_operations.go (buildSandboxOptions)
 */
export function sandboxHosts(place: HostPlace, sandbox: Sandbox): string {
  const container = place.host.containers.get(sandbox.containerId);
  if (container === undefined) return textOf(defaultLines);
  const name = hostNames(container);
  const own = sandbox.hostsAddresses.map((address) => `${address}\t${name}`);
  const extra = extraHostLines(place.host, container);
  return textOf([...defaultLines, ...extra, ...linkLines(container), ...own]);
}

/** The name of a machine as its own hosts line has it: with a domain, then without. */
function hostNames({ spec }: Container): string {
  const full = spec.domainname === '' ? spec.hostname : `${spec.hostname}.${spec.domainname}`;
  const dot = full.indexOf('.');
  return dot < 0 ? full : `${full} ${full.slice(0, dot)}`;
}

function extraHostLines(host: LabHost, container: Container): string[] {
  return container.spec.extraHosts.map((extraHost) => {
    const colon = extraHost.indexOf(':');
    const address = extraHost.slice(colon + 1);
    const resolved = address === 'host-gateway' ? hostGateway(host) : address;
    return `${resolved}\t${extraHost.slice(0, colon)}`;
  });
}

/** What `host-gateway` stands for: the address of `docker0`. */
function hostGateway(host: LabHost): string {
  const network = host.networks.get(host.networkNames.get('bridge') ?? '');
  return network?.pools.find(({ family }) => family === 4)?.gateway ?? '';
}

/** Docker writes links in no certain order; here they stand by alias. */
function linkLines({ links }: Container): string[] {
  return links
    .toSorted((one, other) => (one.alias < other.alias ? -1 : 1))
    .flatMap(({ ipv4, ipv6, hostNames: names }) =>
      [ipv4, ipv6].filter((address) => address !== '').map((address) => `${address}\t${names}`),
    );
}

/**
 * What `cat /etc/hosts` prints in a container: its sandbox's file, its owner's in container mode
 * (also when that was started again), or a copy of the host's.
 */
export function etcHosts(lab: ActiveLab, host: LabHost, container: Container): string {
  if (container.sandboxId === 'host') {
    const extra = extraHostLines(host, container);
    return extra.length === 0 ? hostFiles(lab, host).hosts : textOf([...defaultLines, ...extra]);
  }
  const sandbox = fileSandbox(host, container);
  if (sandbox === null) return textOf(defaultLines);
  return sandboxHosts({ lab, labId: '', tenantId: '', host }, sandbox);
}
