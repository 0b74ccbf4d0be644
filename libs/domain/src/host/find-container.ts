import type { Container } from '../state/container.ts';
import type { LabHost } from '../state/lab-host.ts';

/**
 * The container that the user means: by full id, else by name (with or without a slash before it),
 * else by a unique beginning of the id.
 *
 * @source moby/moby daemon/container.go GetContainer
 */
export function findContainer(host: LabHost, reference: string): Container | null | 'ambiguous' {
  if (reference === '') return null;
  const exact = host.containers.get(reference);
  if (exact !== undefined) return exact;
  const name = reference.startsWith('/') ? reference.slice(1) : reference;
  const id = host.containerNames.get(name);
  if (id !== undefined) return host.containers.get(id) ?? null;
  const matches = [...host.containers.values()].filter((other) => other.id.startsWith(reference));
  if (matches.length > 1) return 'ambiguous';
  return matches[0] ?? null;
}
