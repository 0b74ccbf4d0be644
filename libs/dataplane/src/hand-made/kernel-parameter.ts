import { parameterKey } from '@netfold/domain';
import type { Container, LabHost } from '@netfold/domain';

/** Parameters that a lab knows, as a host has them once its engine is up. */
const defaults: Readonly<Record<string, string>> = {
  'net.bridge.bridge-nf-call-ip6tables': '1',
  'net.bridge.bridge-nf-call-iptables': '1',
  'net.core.somaxconn': '4096',
  'net.ipv4.conf.all.forwarding': '1',
  'net.ipv4.conf.all.proxy_arp': '0',
  'net.ipv4.conf.all.rp_filter': '0',
  'net.ipv4.conf.default.forwarding': '1',
  'net.ipv4.conf.default.rp_filter': '0',
  'net.ipv4.ip_default_ttl': '64',
  'net.ipv4.ip_forward': '1',
  'net.ipv4.ip_local_port_range': '32768\t60999',
  'net.ipv4.ip_unprivileged_port_start': '1024',
  'net.ipv4.tcp_keepalive_time': '7200',
  'net.ipv4.tcp_syncookies': '1',
  'net.ipv6.conf.all.disable_ipv6': '0',
  'net.ipv6.conf.default.disable_ipv6': '0',
  'net.ipv6.conf.lo.disable_ipv6': '0',
};

/** What the engine sets otherwise in the stack of a container. @source recorded engine */
const defaultsInside: Readonly<Record<string, string>> = {
  'net.ipv4.ip_unprivileged_port_start': '0',
  'net.ipv6.conf.all.disable_ipv6': '1',
  'net.ipv6.conf.default.disable_ipv6': '1',
  'net.ipv6.conf.lo.disable_ipv6': '1',
};

/** Two names of one switch. */
const aliases: Readonly<Record<string, string>> = {
  'net.ipv4.conf.all.forwarding': 'net.ipv4.ip_forward',
};

/** Parameters of the bridge are of the machine: no other stack has them. */
const isOfHostOnly = (name: string): boolean => name.startsWith('net.bridge.');

/** The names of a stack's parameters, sorted. */
export const kernelParameterNames = (namespace: string): readonly string[] =>
  Object.keys(defaults).filter((name) => namespace === '' || !isOfHostOnly(name));

/**
 * The value of a kernel parameter in one network stack of a host.
 *
 * @param name  below `/proc/sys`, with dots
 * @returns `null` when the stack has none of that name, or the lab knows of none
 * @source recorded host-sysctl
 */
export function kernelParameter(host: LabHost, namespace: string, name: string): string | null {
  const isInside = host.sandboxes.has(namespace);
  const first = (isInside ? defaultsInside[name] : undefined) ?? defaults[name];
  if (first === undefined || (namespace !== '' && isOfHostOnly(name))) return null;
  const known = aliases[name] ?? name;
  const set = host.handMade?.parameters[parameterKey(namespace, known)];
  return set ?? containerParameter(host, namespace, known) ?? first;
}

/** The name that a parameter is kept under. */
export const parameterName = (name: string): string => aliases[name] ?? name;

/**
 * The value of a kernel parameter as a container reads it: of its own namespaces also what
 * `--sysctl` asked for, whatever it is.
 *
 * @param namespace  the network stack that it sees
 * @returns `null` when it has none of that name, or the lab knows of none
 */
export function containerKernelParameter(
  host: LabHost,
  { container, namespace }: { readonly container: Container; readonly namespace: string },
  name: string,
): string | null {
  const known = kernelParameter(host, namespace, name);
  if (known !== null) return known;
  const owner = host.containers.get(host.sandboxes.get(namespace)?.containerId ?? '');
  return name.startsWith('net.') ? askedOf(owner, name) : askedOf(container, name);
}

/** What `docker run --sysctl` asked for. */
function containerParameter(host: LabHost, namespace: string, name: string): string | null {
  const sandbox = host.sandboxes.get(namespace);
  return askedOf(host.containers.get(sandbox?.containerId ?? ''), name);
}

function askedOf(container: Container | undefined, name: string): string | null {
  const asked = container?.spec.passThrough.hostConfig['Sysctls'];
  if (typeof asked !== 'object' || asked === null || !Object.hasOwn(asked, name)) return null;
  const value = (asked as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : null;
}
