import type { HostName, Refusal } from '@netfold/contracts';
import { findContainer } from '../host/find-container.ts';
import { getHost } from '../host/change-host.ts';
import {
  ambiguousContainer,
  emptyContainerReference,
  noSuchContainer,
} from '../refusal/container.ts';
import type { Container } from '../state/container.ts';
import type { Work } from '../work.ts';

/**
 * The container that a command names, or the engine's words for why there is none.
 *
 * @source moby/moby daemon/container.go GetContainer
 */
export function containerOf(
  work: Work,
  command: { readonly host: HostName; readonly container: string },
): Container | Refusal {
  const reference = command.container;
  if (reference === '') return emptyContainerReference();
  const found = findContainer(getHost(work.lab, command.host), reference);
  if (found === null) return noSuchContainer(reference);
  return found === 'ambiguous' ? ambiguousContainer(reference) : found;
}
