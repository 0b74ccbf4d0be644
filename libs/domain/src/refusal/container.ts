import type { LabTime, Refusal } from '@netfold/contracts';

/** What the engine says about containers, byte for byte (moby v20.10.24; file names below). */

/** @source daemon/errors.go containerNotFound; transcript rename-and-dns */
export function noSuchContainer(reference: string): Refusal {
  return {
    class: 'notFound',
    code: 'ContainerNotFound',
    message: `No such container: ${reference}`,
  };
}

/** @source daemon/container.go GetContainer */
export function emptyContainerReference(): Refusal {
  return {
    class: 'invalidParameter',
    code: 'ContainerReferenceInvalid',
    message: 'invalid name or ID supplied: ""',
  };
}

/** @source pkg/truncindex/truncindex.go ErrAmbiguousPrefix, as a system error */
export function ambiguousContainer(prefix: string): Refusal {
  return {
    class: 'internal',
    code: 'ContainerAmbiguous',
    message: `Multiple IDs found with provided prefix: ${prefix}`,
  };
}

/** @source daemon/names.go reserveName */
export function containerNameInvalid(name: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'ContainerNameInvalid',
    message: `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
  };
}

/** @source daemon/errors.go nameConflictError; transcript rename-and-dns */
export function containerNameTaken(name: string, holderId: string): Refusal {
  return {
    class: 'conflict',
    code: 'ContainerNameTaken',
    message:
      `Conflict. The container name "/${name}" is already in use by container "${holderId}". ` +
      'You have to remove (or rename) that container to be able to reuse that name.',
  };
}

/** @source daemon/rename.go */
export function nameNotAllocated(cause: Refusal): Refusal {
  return { ...cause, message: `Error when allocating new name: ${cause.message}` };
}

/** @source daemon/update.go errCannotUpdate; recorded engine */
export function cannotUpdate(containerId: string, reason: string): Refusal {
  return {
    class: 'conflict',
    code: 'ContainerUpdateConflict',
    message: `Cannot update container ${containerId}: ${reason}`,
  };
}

/** @source daemon/rename.go */
export function renameNeedsNames(): Refusal {
  return {
    class: 'invalidParameter',
    code: 'ContainerNameMissing',
    message: 'Neither old nor new names may be empty',
  };
}

/** @source daemon/rename.go */
export function renameToSameName(): Refusal {
  return {
    class: 'invalidParameter',
    code: 'ContainerNameUnchanged',
    message: 'Renaming a container with the same name as its current name',
  };
}

/** @source daemon/images/image.go ErrImageDoesNotExist */
export function noSuchImage(reference: string): Refusal {
  return { class: 'notFound', code: 'ImageNotFound', message: `No such image: ${reference}` };
}

/** @source daemon/create.go mergeAndVerifyConfig */
export function noCommand(): Refusal {
  return {
    class: 'invalidParameter',
    code: 'ContainerCommandMissing',
    message: 'No command specified',
  };
}

/** @source daemon/errors.go containerNotModifiedError */
export function alreadyStarted(): Refusal {
  return {
    class: 'notModified',
    code: 'ContainerAlreadyStarted',
    message: 'Container is already started',
  };
}

/** @source daemon/errors.go containerNotModifiedError */
export function alreadyStopped(): Refusal {
  return {
    class: 'notModified',
    code: 'ContainerAlreadyStopped',
    message: 'Container is already stopped',
  };
}

/** @source daemon/start.go */
export function startOfPaused(): Refusal {
  return {
    class: 'conflict',
    code: 'ContainerPausedNotStartable',
    message: 'cannot start a paused container, try unpause instead',
  };
}

/** @source daemon/errors.go errNotRunning */
export function notRunning(containerId: string): Refusal {
  return {
    class: 'conflict',
    code: 'ContainerNotRunning',
    message: `Container ${containerId} is not running`,
  };
}

/** @source daemon/errors.go errNotPaused (the name is the engine's) */
export function alreadyPaused(containerId: string): Refusal {
  return {
    class: 'conflict',
    code: 'ContainerAlreadyPaused',
    message: `Container ${containerId} is already paused`,
  };
}

/** @source daemon/unpause.go: no class in the engine's source */
export function notPaused(containerId: string): Refusal {
  return {
    class: 'internal',
    code: 'ContainerNotPaused',
    message: `Container ${containerId} is not paused`,
  };
}

/** @source daemon/errors.go errContainerIsRestarting */
export function isRestarting(containerId: string): Refusal {
  return {
    class: 'conflict',
    code: 'ContainerRestarting',
    message: `Container ${containerId} is restarting, wait until the container is running`,
  };
}

/** @source pkg/signal/signal.go ParseSignal */
export function signalInvalid(signal: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'SignalInvalid',
    message: `Invalid signal: ${signal}`,
  };
}

/** @source daemon/kill.go ContainerKill: no class in the engine's source */
export function signalUnsupported(signal: number): Refusal {
  return {
    class: 'internal',
    code: 'SignalUnsupported',
    message: `The linux daemon does not support signal ${signal}`,
  };
}

/** @source api/server/router/container/container_routes.go postContainersKill */
export function cannotKill(reference: string, cause: Refusal): Refusal {
  return { ...cause, message: `Cannot kill container: ${reference}: ${cause.message}` };
}

/** @source daemon/restart.go ContainerRestart: the cause's class is lost */
export function cannotRestart(reference: string, cause: Refusal): Refusal {
  return {
    ...cause,
    class: 'internal',
    message: `Cannot restart container ${reference}: ${cause.message}`,
  };
}

/** @source daemon/delete.go cleanupContainer */
export function removeOfActive(containerId: string, state: string): Refusal {
  const procedure =
    state === 'paused'
      ? 'Unpause and then stop the container before attempting removal or force remove'
      : 'Stop the container before attempting removal or force remove';
  return {
    class: 'conflict',
    code: 'ContainerActive',
    message: `You cannot remove a ${state} container ${containerId}. ${procedure}`,
  };
}

/** @source daemon/delete.go rmLink: no class in the engine's source */
export function removeOfDefaultLink(): Refusal {
  return {
    class: 'internal',
    code: 'DefaultLinkNotRemovable',
    message: 'Conflict, cannot remove the default link name of the container',
  };
}

/** What a container's specification is refused for, before it exists. */
export function specInvalid(code: string, message: string): Refusal {
  return { class: 'invalidParameter', code, message };
}

/** @source daemon/daemon_unix.go registerLinks; transcript link-errors-and-user-network */
export function linkTargetMissing(reference: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'LinkTargetMissing',
    message: `could not get container for ${reference}: No such container: ${reference}`,
  };
}

/** @source daemon/daemon_unix.go registerLinks; transcript links */
export function linkTargetUnnamed(): Refusal {
  return {
    class: 'invalidParameter',
    code: 'LinkTargetUnnamed',
    message: 'could not get container for : invalid name or ID supplied: ""',
  };
}

/** Netfold's own: the engine would follow the circle for ever. */
export function networkCircle(name: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'NF2302',
    message: `the container \`${name}\` shares its own network by container mode`,
    fix: 'link to a container that has a network of its own',
    data: { container: name },
  };
}

/** @source daemon/container_operations.go buildSandboxOptions: no class in the engine's source */
export function linkOutsideDefaultNetwork(name: string): Refusal {
  return {
    class: 'internal',
    code: 'LinkOutsideDefaultNetwork',
    message: `Cannot link to /${name}, as it does not belong to the default network`,
  };
}

/** @source daemon/container_operations_unix.go setupLinkedContainers, as a system error */
export function linkTargetNotRunning(target: string, parent: string, alias: string): Refusal {
  return {
    class: 'internal',
    code: 'LinkTargetNotRunning',
    message: `Cannot link to a non running container: /${target} AS /${parent}/${alias}`,
  };
}

/** @source daemon/container_operations_unix.go setupLinkedContainers */
export function linkTargetDetached(containerId: string): Refusal {
  return {
    class: 'internal',
    code: 'LinkTargetDetached',
    message: `container ${containerId} not attached to default bridge network`,
  };
}

/** @source daemon/container_operations.go getNetworkedContainer: no class in the engine's source */
export function joinOfOwnNetwork(): Refusal {
  return {
    class: 'internal',
    code: 'OwnNetworkJoined',
    message: 'cannot join own network',
  };
}

/** @source daemon/container_operations.go getNetworkedContainer */
export function joinOfStopped(reference: string): Refusal {
  return {
    class: 'conflict',
    code: 'JoinedContainerNotRunning',
    message: `cannot join network of a non running container: ${reference}`,
  };
}

/**
 * The kernel takes no group address and no zero for an interface.
 *
 * @param at  when the runtime's hook said so, on the lab's clock
 * @source docker/libnetwork sandbox_externalkey_unix.go; transcript static-mac
 */
export function macNotAssignable(vethName: string, mac: string, at: LabTime): Refusal {
  const reason =
    `failed to add interface ${vethName} to sandbox: error setting interface ` +
    `\\"${vethName}\\" MAC to \\"${mac}\\": cannot assign requested address`;
  return { ...hookFailed(reason, at), code: 'MacNotAssignable' };
}

/**
 * The network set up by the runtime's hook, as the container comes into being, failed.
 *
 * @param reason  as it stands within quotes
 * @param at  when the hook said so, on the lab's clock
 * @source docker/libnetwork sandbox_externalkey_unix.go
 */
export function hookFailed(reason: string, at: LabTime): Refusal {
  const instant = `${new Date(at).toISOString().slice(0, 19)}Z`;
  return {
    class: 'internal',
    code: 'HookFailed',
    message:
      'failed to create shim task: OCI runtime create failed: runc create failed: ' +
      'unable to start container process: error during container init: error running hook #0: ' +
      `error running hook: exit status 1, stdout: , stderr: time="${instant}" level=fatal ` +
      `msg="${reason}": unknown`,
  };
}

/**
 * The runtime found no such program: exit code 127, and the container stays `created`.
 *
 * @source opencontainers/runc 1.1 libcontainer (exec.LookPath); daemon/errors.go
 *   translateContainerdStartErr; recorded on engine 20.10.24
 */
export function programMissing(program: string): Refusal {
  const reason = program.includes('/')
    ? `stat ${program}: no such file or directory`
    : 'executable file not found in $PATH';
  return {
    class: 'invalidParameter',
    code: 'ProgramNotFound',
    message:
      'failed to create shim task: OCI runtime create failed: runc create failed: ' +
      `unable to start container process: exec: "${program}": ${reason}: unknown`,
  };
}

/** @source as `programMissing` */
export function programNotExecutable(program: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'ProgramNotExecutable',
    message:
      'failed to create shim task: OCI runtime create failed: runc create failed: ' +
      `unable to start container process: exec: "${program}": permission denied: unknown`,
  };
}

/**
 * A start that fails on an option has no class of its own.
 * @source daemon/start.go containerStart
 */
export function startRefused(code: string, message: string): Refusal {
  return { class: 'internal', code, message };
}
