import type { Container, LabHost, Sandbox } from '@netfold/domain';

const containerMode = 'container:';

/**
 * The sandbox whose files a container has under `/etc`: its own, or in container mode that of the
 * container it joined, which keeps its files when it is started again in a new sandbox.
 */
export function fileOwner(host: LabHost, container: Container): Sandbox | null {
  const { networkMode } = container.spec;
  const joinedId = networkMode.startsWith(containerMode)
    ? networkMode.slice(containerMode.length)
    : container.id;
  const owner = host.containers.get(joinedId);
  return host.sandboxes.get(owner?.sandboxId ?? container.sandboxId ?? '') ?? null;
}
