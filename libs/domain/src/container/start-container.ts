import type { ContainerId, HostName, Outcome, Refusal, SandboxId } from '@netfold/contracts';
import { endpointsOf } from '../endpoint/endpoint-on.ts';
import { shownMac } from '../endpoint/endpoint-settings.ts';
import { gatewayEndpoint } from '../endpoint/gateway-order.ts';
import { unreachableGateway } from '../endpoint/gateway.ts';
import { allocateNetworks, releaseNetworks } from '../endpoint/sandbox-networks.ts';
import { imageFolders } from '../file/container-files.ts';
import { findContainer } from '../host/find-container.ts';
import { getHost } from '../host/change-host.ts';
import { imageOf } from '../image/image-catalogue.ts';
import { processOf } from '../image/main-process.ts';
import {
  alreadyStarted,
  ambiguousContainer,
  hookFailed,
  isRestarting,
  joinOfOwnNetwork,
  joinOfStopped,
  macNotAssignable,
  noSuchContainer,
  programMissing,
  programNotExecutable,
  startOfPaused,
} from '../refusal/container.ts';
import { gatewayUnreachable } from '../refusal/endpoint.ts';
import { findsPortTaken } from '../published-port/host-listeners.ts';
import type { Container } from '../state/container.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { getContainer } from './change-container.ts';
import { systemFiles } from './create-options.ts';
import { endByItself } from './end-process.ts';
import { isUp, linkedTargetProblem } from './links.ts';
import { containerOf } from './named-container.ts';
import { startOptionsProblem } from './start-options.ts';
import { isContainerMode } from './spec-rules.ts';

/** What an engine leaves when a start failed before the program ran, and after it was not found. */
const exitCodeOfFailedStart = 128;
const exitCodesOfProgram: Readonly<Record<string, number>> = {
  ProgramNotFound: 127,
  ProgramNotExecutable: 126,
};
/** Transcript tutorial-004-host: a second web server on a port of the host's stack. */
const exitCodeOfServerWithoutPort = 1;

/** @source moby/moby daemon/start.go ContainerStart */
export function startContainer(work: Work, command: CommandOf<'StartContainer'>): Outcome {
  const container = containerOf(work, command);
  if ('message' in container) return refusedWith(container);
  if (container.status === 'paused') return refusedWith(startOfPaused());
  if (isUp(container)) return refusedWith(alreadyStarted());
  const problem = start(work, command.host, container.id);
  const ids = { containerId: container.id };
  return problem === null ? answered({ ids }) : refusedWith(problem);
}

/**
 * Starts a container that does not run. A failure leaves it as it was, with the error, the exit
 * code and whatever indexes and ports it used; with `--rm` it is removed.
 *
 * @param heldNumber  of the namespace of a run that ended just now; `null` for none
 * @source moby/moby daemon/start.go containerStart
 */
export function start(
  work: Work,
  hostName: HostName,
  containerId: ContainerId,
  heldNumber: number | null = null,
): Refusal | null {
  const prepared = prepare(work, { hostName, containerId, heldNumber });
  if ('message' in prepared) {
    fail(work, hostName, { containerId, problem: prepared });
    return prepared;
  }
  const host = getHost(work.lab, hostName);
  const { spec, image } = getContainer(host, containerId);
  const { end } = processOf(imageOf(work.lab, image), spec);
  work.emit({
    type: 'ContainerStarted',
    data: {
      host: hostName,
      containerId,
      processId: host.nextProcessId,
      startedAt: work.now,
      sandboxId: prepared.sandboxId,
      ends: end && { at: work.now + end.afterMs, exitCode: end.exitCode },
    },
  });
  const running = getHost(work.lab, hostName);
  if (findsPortTaken(work.lab, running, getContainer(running, containerId))) {
    const at = { hostName, containerId };
    const text = `${serverName(work.lab, getContainer(running, containerId))}: bind: ${inUse}\n`;
    const chunks = [{ stream: 'stderr' as const, text, at: work.now }];
    work.emit({ type: 'ContainerPrinted', data: { host: hostName, containerId, chunks } });
    endByItself(work, at, { at: work.now, exitCode: exitCodeOfServerWithoutPort });
  }
  return null;
}

/** The C library's words for a port that another socket has. */
const inUse = 'Address already in use';

/** Who says that it has no port: in a BusyBox userland its `httpd` serves what is asked by HTTP. */
function serverName(lab: ActiveLab, { image: reference, spec }: Container): string {
  const image = imageOf(lab, reference);
  const { argv } = processOf(image, spec);
  const isWeb = image?.listens.some(({ http }) => http !== undefined) ?? false;
  return isWeb && image?.userland !== 'debian' ? 'httpd' : (argv[0] ?? '').replace(/^.*\//, '');
}

type Prepared = { readonly sandboxId: SandboxId | 'host' };

/** Networks, then the environment of links, then the program: the order in which they fail. */
function prepare(
  work: Work,
  {
    hostName,
    containerId,
    heldNumber,
  }: {
    readonly hostName: HostName;
    readonly containerId: ContainerId;
    readonly heldNumber: number | null;
  },
): Prepared | Refusal {
  const { networkMode } = getContainer(getHost(work.lab, hostName), containerId).spec;
  const joined = isContainerMode(networkMode)
    ? joinedSandbox(getHost(work.lab, hostName), containerId)
    : allocateNetworks(work, hostName, containerId, heldNumber);
  if ('message' in joined) return joined;
  const host = getHost(work.lab, hostName);
  const container = getContainer(host, containerId);
  const problem = linkedTargetProblem(host, container);
  if (problem !== null) return problem;
  const image = imageOf(work.lab, container.image);
  const optionProblem = startOptionsProblem(host, container, image);
  if (optionProblem !== null) return optionProblem;
  const stackProblem =
    assignmentProblem(work, host, container) ?? gatewayProblem(work, host, joined);
  if (stackProblem !== null) return stackProblem;
  const { isFound, argv } = processOf(image, container.spec);
  return isFound ? joined : programProblem(container, argv[0] ?? '');
}

function programProblem(container: Container, program: string): Refusal {
  const isPath = program.includes('/');
  return isPath && isThere(container, program)
    ? programNotExecutable(program)
    : programMissing(program);
}

/** A folder or a file that is no program. */
const isThere = (container: Container, path: string): boolean =>
  imageFolders.includes(path) || systemFiles.includes(path) || container.files.has(path);

/** The interfaces come into the sandbox before the program does. */
function assignmentProblem(work: Work, host: LabHost, container: Container): Refusal | null {
  const refused = endpointsOf(host, container).find(
    ({ mac }) => mac === '00:00:00:00:00:00' || Number.parseInt(mac.slice(0, 2), 16) % 2 === 1,
  );
  if (refused === undefined) return null;
  const network = host.networks.get(refused.networkId);
  const mac = network === undefined ? refused.mac : shownMac(container, network, refused.mac);
  return macNotAssignable(work.draw.vethName(), mac, work.now);
}

/** The default route comes last, as the way to its next hop has to be there. */
function gatewayProblem(work: Work, host: LabHost, { sandboxId }: Prepared): Refusal | null {
  const endpoint = gatewayEndpoint(host, sandboxId);
  const gateway = endpoint === null ? '' : unreachableGateway(host, endpoint);
  return gateway === '' ? null : hookFailed(gatewayUnreachable(gateway).message, work.now);
}

/** @source moby/moby daemon/container_operations.go getNetworkedContainer */
function joinedSandbox(host: LabHost, containerId: ContainerId): Prepared | Refusal {
  const reference = getContainer(host, containerId).spec.networkMode.slice('container:'.length);
  const target = findContainer(host, reference);
  if (target === null) return noSuchContainer(reference);
  if (target === 'ambiguous') return ambiguousContainer(reference);
  if (target.id === containerId) return joinOfOwnNetwork();
  if (target.restartsAt !== null) return isRestarting(reference);
  return stackOf(target) ?? joinOfStopped(reference);
}

function stackOf(target: Container): Prepared | null {
  return target.sandboxId === null ? null : { sandboxId: target.sandboxId };
}

function fail(
  work: Work,
  hostName: HostName,
  failure: { readonly containerId: ContainerId; readonly problem: Refusal },
): void {
  const { containerId, problem } = failure;
  const { exitCode, spec } = getContainer(getHost(work.lab, hostName), containerId);
  const usual = exitCode === 0 ? exitCodeOfFailedStart : exitCode;
  work.emit({
    type: 'ContainerStartFailed',
    data: {
      host: hostName,
      containerId,
      error: problem.message,
      exitCode: exitCodesOfProgram[problem.code] ?? usual,
    },
  });
  if (!isContainerMode(spec.networkMode)) releaseNetworks(work, hostName, containerId);
  if (spec.autoRemove) {
    work.emit({ type: 'ContainerRemoved', data: { host: hostName, containerId } });
  }
}
