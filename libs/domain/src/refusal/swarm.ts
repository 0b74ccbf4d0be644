import type { Refusal, RefusalClass } from '@netfold/contracts';
import { goQuoted } from './go-quoted.ts';

/** Docker's refusals about swarms and overlays; see `network.ts` for the conventions. */
function refusal(refusalClass: RefusalClass, code: string, message: string): Refusal {
  return { class: refusalClass, code, message };
}

/** @source daemon/cluster/errors.go errNoSwarm; transcript overlay-errors-and-states */
export function notInSwarm(): Refusal {
  return refusal('unavailable', 'NotInSwarm', 'This node is not part of a swarm');
}

/** @source daemon/cluster/errors.go errSwarmExists; transcript overlay-errors-and-states */
export function alreadyInSwarm(): Refusal {
  return refusal(
    'unavailable',
    'AlreadyInSwarm',
    'This node is already part of a swarm. Use "docker swarm leave" to leave this ' +
      'swarm and join another one.',
  );
}

/** @source daemon/cluster/errors.go errSwarmNotManager; transcript overlay-inspect-and-gwbridge */
export function notAManager(): Refusal {
  return refusal(
    'unavailable',
    'NotAManager',
    "This node is not a swarm manager. Worker nodes can't be used to view or modify " +
      'cluster state. ' +
      'Please run this command on a manager node or promote the current node to a manager.',
  );
}

/** @source daemon/cluster/cluster.go errNoManager; transcript overlay-errors-and-states */
export function managerNeeded(): Refusal {
  return refusal(
    'unavailable',
    'ManagerNeeded',
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to ' +
      'connect this node to swarm and try again.',
  );
}

/** @source daemon/cluster/helpers.go getNode; recorded on engine 20.10.24 */
export function nodeNotFound(reference: string): Refusal {
  return refusal('notFound', 'NodeNotFound', `node ${reference} not found`);
}

/** @source daemon/cluster/helpers.go getNode; recorded on engine 20.10.24 */
export function ambiguousNode(reference: string, matches: number): Refusal {
  return refusal(
    'invalidParameter',
    'AmbiguousNode',
    `node ${reference} is ambiguous (${matches} matches found)`,
  );
}

/** @source daemon/cluster/convert/node.go NodeSpecToGRPC; recorded on engine 20.10.24 */
export function invalidNodeRole(role: string): Refusal {
  return refusal('invalidParameter', 'InvalidNodeRole', `invalid Role: ${goQuoted(role)}`);
}

/** @source daemon/cluster/convert/node.go NodeSpecToGRPC; recorded on engine 20.10.24 */
export function invalidNodeAvailability(availability: string): Refusal {
  return refusal(
    'invalidParameter',
    'InvalidNodeAvailability',
    `invalid Availability: ${goQuoted(availability)}`,
  );
}

/** @source swarmkit manager/controlapi/node.go UpdateNode; recorded on engine 20.10.24 */
export function lastManagerDemoted(): Refusal {
  return failedPrecondition(
    'LastManagerDemoted',
    'attempting to demote the last manager of the swarm',
  );
}

/** @source swarmkit manager/controlapi/node.go UpdateNode */
export function demotionLosesQuorum(): Refusal {
  return failedPrecondition(
    'DemotionLosesQuorum',
    "can't remove member from the raft: this would result in a loss of quorum",
  );
}

/** @source swarmkit manager/controlapi/node.go RemoveNode; recorded on engine 20.10.24 */
export function nodeIsManager(nodeId: string): Refusal {
  return failedPrecondition(
    'NodeIsManager',
    `node ${nodeId} is a cluster manager and is a member of the raft cluster. ` +
      'It must be demoted to worker before removal',
  );
}

/** @source swarmkit manager/controlapi/node.go RemoveNode; recorded on engine 20.10.24 */
export function nodeNotDown(nodeId: string): Refusal {
  return failedPrecondition('NodeNotDown', `node ${nodeId} is not down and can't be removed`);
}

/** @source swarmkit manager/state/store/memory.go ErrSequenceConflict */
export function updateOutOfSequence(): Refusal {
  return refusal(
    'internal',
    'UpdateOutOfSequence',
    'rpc error: code = Unknown desc = update out of sequence',
  );
}

/** @source swarmkit manager/controlapi/cluster.go validateClusterSpec */
export function certificateTooShort(): Refusal {
  return refusal(
    'invalidParameter',
    'CertificateTooShort',
    'rpc error: code = InvalidArgument desc = minimum certificate expiry time is: 1h0m0s',
  );
}

/** @source swarmkit manager/controlapi/cluster.go validateClusterSpec */
export function negativeHeartbeat(): Refusal {
  return refusal(
    'invalidParameter',
    'NegativeHeartbeat',
    'rpc error: code = InvalidArgument desc = heartbeat time period cannot be a negative duration',
  );
}

/** The engine takes this code of swarmkit for a mistake of the request. */
function failedPrecondition(code: string, reason: string): Refusal {
  return refusal('invalidParameter', code, `rpc error: code = FailedPrecondition desc = ${reason}`);
}

/** @source swarmkit ca/config.go errInvalidJoinToken; transcript overlay-errors-and-states */
export function invalidJoinToken(): Refusal {
  return refusal('internal', 'InvalidJoinToken', 'invalid join token');
}

/** @source opencontainers/go-digest digest.go: a digest above 256 bits; seen on a real engine */
export function invalidClusterDigest(): Refusal {
  return refusal('internal', 'InvalidClusterDigest', 'invalid checksum digest length');
}

/** @source swarmkit ca/server.go IssueNodeCertificate; seen on a real engine */
export function joinTokenNotValidHere(): Refusal {
  return refusal(
    'invalidParameter',
    'JoinTokenNotValidHere',
    'rpc error: code = InvalidArgument desc = A valid join token is necessary to join this cluster',
  );
}

/** @source swarmkit ca/certificates.go GetRemoteCA. @param digestHex  64 hex characters */
export function foreignCluster(digestHex: string): Refusal {
  return refusal(
    'internal',
    'ForeignCluster',
    `remote CA does not match fingerprint. Expected: ${digestHex}`,
  );
}

/** @source google.golang.org/grpc: what a dial to a machine without a manager says */
export function managerNotListening(remote: string): Refusal {
  return refusal(
    'unavailable',
    'ManagerNotListening',
    'rpc error: code = Unavailable desc = connection error: desc = ' +
      `"transport: Error while dialing dial tcp ${remote}: connect: connection refused"`,
  );
}

/** @source daemon/cluster/errors.go errSwarmJoinTimeoutReached */
export function joinTimeout(): Refusal {
  return refusal(
    'unavailable',
    'JoinTimeout',
    'Timeout was reached before node joined. The attempt to join the swarm will continue in the ' +
      'background. Use the "docker info" command to see the current swarm status of your node.',
  );
}

/** @source daemon/cluster/swarm.go validateAndSanitizeJoinRequest */
export function noRemoteAddress(): Refusal {
  return refusal(
    'invalidParameter',
    'NoRemoteAddress',
    'at least 1 RemoteAddr is required to join',
  );
}

/** @source daemon/cluster/swarm.go validateAndSanitizeInitRequest */
export function emptyListenAddress(): Refusal {
  return refusal(
    'invalidParameter',
    'EmptyListenAddress',
    'invalid ListenAddr "": invalid empty address',
  );
}

/** @source daemon/cluster/listen_addr.go errBadListenAddr */
export function badListenAddress(): Refusal {
  return refusal(
    'invalidParameter',
    'BadListenAddress',
    'listen address must be an IP address or network interface (with optional port number)',
  );
}

/** @source daemon/cluster/listen_addr.go errBadAdvertiseAddr */
export function badAdvertiseAddress(): Refusal {
  return refusal(
    'invalidParameter',
    'BadAdvertiseAddress',
    'advertise address must be a non-zero IP address or network interface (with ' +
      'optional port number)',
  );
}

/** @source daemon/cluster/listen_addr.go errMultipleIPs */
export function severalAddresses(
  first: { readonly address: string; readonly nic: string },
  second: { readonly address: string; readonly nic: string },
): Refusal {
  return refusal(
    'invalidParameter',
    'SeveralAddresses',
    'could not choose an IP address to advertise since this system has multiple addresses on ' +
      `different interfaces (${first.address} on ${first.nic} and ${second.address} ` +
      `on ${second.nic})`,
  );
}

/** @source daemon/cluster/listen_addr.go errNoIP */
export function noSystemAddress(): Refusal {
  return refusal('invalidParameter', 'NoSystemAddress', "could not find the system's IP address");
}

/** The manager of the new cluster cannot listen. @source swarmkit manager/manager.go BindRemote */
export function managerDeaf(problem: string): Refusal {
  return refusal(
    'internal',
    'ManagerDeaf',
    `manager stopped: failed to listen on remote API address: ${problem}`,
  );
}

/** @source daemon/cluster/listen_addr.go errMustSpecifyListenAddr */
export function mustSpecifyListenAddress(): Refusal {
  return refusal(
    'invalidParameter',
    'MustSpecifyListenAddress',
    'must specify a listening address because the address to advertise is not recognized as a ' +
      "system address, and a system's IP address to use could not be uniquely identified",
  );
}

/** @source daemon/cluster/listen_addr.go validateDefaultAddrPool */
export function subnetSizeOutOfRange(size: number): Refusal {
  return refusal('internal', 'SubnetSizeOutOfRange', `subnet size is out of range: ${size}`);
}

/** @source daemon/cluster/listen_addr.go validateDefaultAddrPool */
export function invalidBasePool(pool: string): Refusal {
  return refusal(
    'internal',
    'InvalidBasePool',
    `invalid base pool ${pool}: invalid CIDR address: ${pool}`,
  );
}

/** @source daemon/cluster/listen_addr.go validateDefaultAddrPool */
export function subnetSizeTooSmall(pool: string, size: number): Refusal {
  return refusal(
    'internal',
    'SubnetSizeTooSmall',
    `invalid CIDR: ${goQuoted(pool)}. Subnet size is too small for pool: ${size}`,
  );
}

/** @source daemon/cluster/swarm.go Leave; transcript swarm-leave-and-cleanup */
export function lastManagerLeaves(): Refusal {
  return refusal(
    'unavailable',
    'LastManagerLeaves',
    'You are attempting to leave the swarm on a node that is participating as a ' +
      'manager. Removing ' +
      'the last manager erases all current state of the swarm. Use `--force` to ' +
      'ignore this message. ',
  );
}

/** @source daemon/cluster/swarm.go Leave */
export function managerLeaves(remaining: number, total: number, losesQuorum: boolean): Refusal {
  const quorum = losesQuorum
    ? `Removing this node leaves ${remaining} managers out of ${total}. Without a ` +
      'Raft quorum your ' +
      'swarm will be inaccessible. '
    : '';
  return refusal(
    'unavailable',
    'ManagerLeaves',
    'You are attempting to leave the swarm on a node that is participating as a manager. ' +
      quorum +
      'The only way to restore a swarm that has lost consensus is to reinitialize it with ' +
      '`--force-new-cluster`. Use `--force` to suppress this message.',
  );
}

/**
 * @source swarmkit manager/controlapi/network.go removeNetwork;
 * transcript overlay-errors-and-states
 */
export function overlayInUse(networkId: string, taskId: string): Refusal {
  return refusal(
    'invalidParameter',
    'OverlayInUse',
    `rpc error: code = FailedPrecondition desc = network ${networkId} is in use by task ${taskId}`,
  );
}

/**
 * @source swarmkit manager/controlapi/network.go CreateNetwork;
 * transcript overlay-errors-and-states
 */
export function ingressExists(networkId: string): Refusal {
  return refusal(
    'conflict',
    'IngressExists',
    `rpc error: code = AlreadyExists desc = ingress network (${networkId}) is already present`,
  );
}

/** @source swarmkit manager/controlapi/network.go and common.go: what a spec must not hold */
export function invalidSwarmNetwork(reason: string): Refusal {
  return refusal(
    'invalidParameter',
    'InvalidSwarmNetwork',
    `rpc error: code = InvalidArgument desc = ${reason}`,
  );
}

/**
 * @source swarmkit manager/resourceapi/allocator.go AttachNetwork;
 * transcript overlay-errors-and-states
 */
export function notAttachable(reference: string): Refusal {
  return refusal(
    'internal',
    'NotAttachable',
    `Could not attach to network ${reference}: rpc error: code = PermissionDenied desc = ` +
      `network ${reference} not manually attachable`,
  );
}

/** @source swarmkit manager/resourceapi/allocator.go AttachNetwork */
export function swarmNetworkNotFound(reference: string): Refusal {
  return refusal(
    'internal',
    'SwarmNetworkNotFound',
    `Could not attach to network ${reference}: rpc error: code = NotFound desc = ` +
      `network ${reference} not found`,
  );
}

/** @source daemon/cluster/networks.go AttachNetwork; transcript overlay-ipam-many-networks */
export function attachTimeout(): Refusal {
  return refusal(
    'internal',
    'AttachTimeout',
    'attaching to network failed, make sure your network options are correct and check manager ' +
      'logs: context deadline exceeded',
  );
}

/** Ours: the engine can do it, the lab does not play it. */
export function forceNewClusterNotSimulated(): Refusal {
  return {
    class: 'notImplemented',
    code: 'NF2202',
    message: '`--force-new-cluster` in a swarm with several managers is not simulated',
    fix: 'let the other managers leave first',
  };
}

/** Ours: a container on a swarm-scoped network of another driver than overlay. */
export function swarmDriverNotSimulated(driver: string): Refusal {
  return {
    class: 'notImplemented',
    code: 'NF2203',
    message: `containers on a swarm-scoped network of driver \`${driver}\` are not simulated`,
    fix: 'use an overlay network, or a local network of this driver',
  };
}
