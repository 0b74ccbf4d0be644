import { containsAddress, parseCidr, parseIp } from '@netfold/addressing';
import type { Outcome, Refusal } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import * as refusals from '../refusal/swarm.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import type { Swarm } from '../state/swarm.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { showIngress } from './ingress-appearance.ts';
import { emitNode } from './init-swarm.ts';
import { digestHex, parseJoinToken } from './join-token.ts';
import { managedSwarm } from './managed-swarm.ts';
import { hostPartOf, resolveAdvertised } from './system-address.ts';

const defaultPort = 2377;
const digestHexLength = 64;

/**
 * Makes this host a node of the swarm whose manager answers at the first remote address; the
 * token decides its role.
 *
 * @source moby/moby daemon/cluster/swarm.go Join, swarmkit ca
 */
export function joinSwarm(work: Work, command: CommandOf<'JoinSwarm'>): Outcome {
  const host = getHost(work.lab, command.host);
  if (host.membership.state === 'active') return refusedWith(refusals.alreadyInSwarm());
  if (command.listenAddress === '') return refusedWith(refusals.emptyListenAddress());
  const [remote] = command.remoteAddresses;
  if (remote === undefined) return refusedWith(refusals.noRemoteAddress());
  const token = parseJoinToken(command.token);
  if (token === null) return refusedWith(refusals.invalidJoinToken());
  const digest = digestHex(token.clusterDigest);
  if (digest.length > digestHexLength) return refusedWith(refusals.invalidClusterDigest());
  const swarm = swarmAt(work.lab, host, remote);
  if ('code' in swarm) return refusedWith(swarm);
  if (!swarm.workerToken.includes(token.clusterDigest)) {
    return refusedWith(refusals.foreignCluster(digest));
  }
  const role = roleOf(swarm, command.token);
  if (role === null) return refusedWith(refusals.joinTokenNotValidHere());
  const nodeId = emitNode(work, {
    host: command.host,
    swarmId: swarm.id,
    role,
    address: ownAddress(host, command.advertiseAddress, addressOf(work.lab, hostPartOf(remote))),
    availability: command.availability,
  });
  const ingress = [...swarm.networks.values()].find((network) => network.isIngress);
  if (ingress !== undefined) showIngress(work, command.host, ingress.id);
  return answered({ ids: { nodeId, swarmId: swarm.id }, data: { role } });
}

/** The swarm whose manager listens there, or what a dial there says. */
function swarmAt(lab: ActiveLab, host: LabHost, remote: string): Swarm | Refusal {
  const address = addressOf(lab, hostPartOf(remote));
  const port = hostPartOf(remote) === remote ? `${defaultPort}` : (remote.split(':').at(-1) ?? '');
  const machine = [...lab.hosts.values()].find((other) => hasAddress(other, address));
  if (machine === undefined || !sharesLan(host, machine, address)) return refusals.joinTimeout();
  const swarm = port === `${defaultPort}` ? managedSwarm(lab, machine) : null;
  return swarm ?? refusals.managerNotListening(`${address}:${port}`);
}

/** A name of a lab host stands in every hosts file of the lab. */
function addressOf(lab: ActiveLab, reference: string): string {
  const [nic] = lab.hosts.get(reference)?.spec.nics ?? [];
  return nic?.address.split('/')[0] ?? reference;
}

function hasAddress(host: LabHost, address: string): boolean {
  return host.spec.nics.some((nic) => nic.address.split('/')[0] === address);
}

function sharesLan(host: LabHost, machine: LabHost, address: string): boolean {
  const lan = machine.spec.nics.find((nic) => nic.address.split('/')[0] === address)?.lan;
  return host.spec.nics.some((nic) => nic.lan === lan);
}

function roleOf(swarm: Swarm, token: string): 'manager' | 'worker' | null {
  if (token === swarm.managerToken) return 'manager';
  return token === swarm.workerToken ? 'worker' : null;
}

/** Without a good advertise address the manager takes the one it sees the node dial from. */
function ownAddress(host: LabHost, advertise: string, target: string): string {
  const resolved = advertise === '' ? null : resolveAdvertised(host, advertise);
  if (resolved !== null && 'address' in resolved) return resolved.address;
  const nic = host.spec.nics.find((other) => isOnSameLan(other.address, target));
  return (nic ?? host.spec.nics[0])?.address.split('/')[0] ?? '';
}

function isOnSameLan(cidr: string, address: string): boolean {
  const subnet = parseCidr(cidr);
  const target = parseIp(address);
  return subnet !== null && target !== null && containsAddress(subnet, target);
}
