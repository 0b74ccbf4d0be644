import { mirrorNames } from '@netfold/domain';
import type { LabHost, Sandbox } from '@netfold/domain';
import { nameservers } from '../host/host-files.ts';
import { bareAddress } from '../addresses.ts';
import { embeddedAnswer } from './embedded-dns-answer.ts';
import type { Question } from './embedded-dns-answer.ts';
import type { PacketWalk, StackName, Trace } from './packet-walk.ts';
import { outsideHost } from './stacks.ts';

/** What came back from a DNS server. `data` are addresses, or for `PTR` names. */
export type DnsAnswer =
  | {
      readonly kind: 'answer';
      readonly code: 'NOERROR' | 'NXDOMAIN';
      readonly isAuthoritative: boolean;
      /** The engine's own server knew it, and asked nobody. */
      readonly isEmbedded: boolean;
      readonly data: readonly string[];
    }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'refused' };

const dnsPort = 53;
const outsideName = 'outside.lab';
const labSuffix = '.lab';

/** Sends a question to a DNS server and waits for its answer. */
export function askNameServer(
  walk: PacketWalk,
  from: StackName,
  server: string,
  question: Question,
): DnsAnswer {
  const flow = { ...from, protocol: 'udp' as const, destination: server, port: dnsPort };
  const { last } = walk.reach(flow);
  if (last.disposition.kind === 'refused') return { kind: 'refused' };
  if (last.disposition.kind !== 'delivered') return { kind: 'timedOut' };
  return answerAt(walk, last, question);
}

function answerAt(walk: PacketWalk, trace: Trace, question: Question): DnsAnswer {
  if (trace.service?.kind === 'outside') return outsideAnswer(walk, trace, question);
  if (trace.service?.kind !== 'embeddedDns' || trace.arrivedAt === null) {
    return { kind: 'timedOut' };
  }
  const host = walk.lab.hosts.get(trace.arrivedAt.host);
  const sandbox = host?.sandboxes.get(trace.arrivedAt.namespace);
  if (host === undefined || sandbox === undefined) return { kind: 'timedOut' };
  const own = embeddedAnswer({ lab: walk.lab, host, sandbox }, question);
  if (own.kind === 'known') {
    const { data } = own;
    return { kind: 'answer', code: 'NOERROR', isAuthoritative: false, isEmbedded: true, data };
  }
  if (own.kind === 'silent') return { kind: 'timedOut' };
  return forwarded(walk, { host, sandbox }, question);
}

/**
 * The embedded DNS asks the servers outside from within the sandbox, so that it reaches them only
 * where the container does.
 */
function forwarded(
  walk: PacketWalk,
  { host, sandbox }: { readonly host: LabHost; readonly sandbox: Sandbox },
  question: Question,
): DnsAnswer {
  const asked = host.containers.get(sandbox.containerId)?.spec.dns ?? [];
  const servers = asked.length > 0 ? asked : nameservers(walk.lab, host);
  const from = { host: host.name, namespace: sandbox.id };
  for (const server of servers) {
    const answer = askNameServer(walk, from, server, question);
    if (answer.kind === 'answer') return answer;
  }
  return { kind: 'timedOut' };
}

/** The outside machine knows itself, each mirror as itself, and the lab's hosts: by IPv4. */
function outsideAnswer(walk: PacketWalk, trace: Trace, question: Question): DnsAnswer {
  const { name, type } = question;
  const known = type === 'PTR' ? null : outsideAddress(walk, trace, name.toLowerCase());
  return {
    kind: 'answer',
    code: known === null ? 'NXDOMAIN' : 'NOERROR',
    isAuthoritative: true,
    isEmbedded: false,
    data: known === null || type !== 'A' ? [] : [known],
  };
}

function outsideAddress({ lab }: PacketWalk, trace: Trace, name: string): string | null {
  const lan = lab.lans.find((one) => trace.arrivedAt?.host === outsideHost(one.name));
  if (lan === undefined) return null;
  if (name === outsideName || mirrorNames.has(name)) return lan.gateway;
  if (!name.endsWith(labSuffix)) return null;
  const host = [...lab.hosts.values()].find((one) => `${one.name}${labSuffix}` === name);
  const nic = host?.spec.nics.find((one) => one.lan === lan.name);
  return nic === undefined ? null : bareAddress(nic.address);
}
