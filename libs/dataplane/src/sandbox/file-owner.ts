import type { Container, LabHost, Sandbox } from '@netfold/domain';

const containerMode = 'container:';

/**
 * The container whose files another one has under `/etc`: itself, or in container mode the one it
 * joined, which keeps its files when it is stopped, and when it is started again in a new sandbox.
 */
export function fileOwner(host: LabHost, container: Container): Container {
  const { networkMode } = container.spec;
  if (!networkMode.startsWith(containerMode)) return container;
  return host.containers.get(networkMode.slice(containerMode.length)) ?? container;
}

/** The sandbox for which those files were written; `null` when that is gone. */
export function fileSandbox(host: LabHost, container: Container): Sandbox | null {
  const { sandboxId } = fileOwner(host, container);
  return host.sandboxes.get(sandboxId ?? container.sandboxId ?? '') ?? null;
}

/** A sandbox, or the one in which its container runs by now: a container keeps its files. */
export function latestSandbox(host: LabHost, sandbox: Sandbox): Sandbox {
  const { sandboxId } = host.containers.get(sandbox.containerId) ?? { sandboxId: null };
  return host.sandboxes.get(sandboxId ?? '') ?? sandbox;
}

/** Whether its container has stopped, or runs in another one by now: the resolver stopped too. */
export function isLeft(host: LabHost, { id, containerId }: Sandbox): boolean {
  return host.containers.get(containerId)?.sandboxId !== id;
}
