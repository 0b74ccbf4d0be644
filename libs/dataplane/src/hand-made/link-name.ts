import { linkKey } from '@netfold/domain';
import type { HandMade } from '@netfold/domain';
import type { LinkPlace } from '@netfold/contracts';

/** The name that a link has now; `null` when it is gone or was never touched by hand. */
export function nameOf(made: HandMade, place: LinkPlace): string | null {
  const key = linkKey(place);
  const own = made.links[key];
  if (own !== undefined) return own.name;
  const edited = made.edited[key];
  if (edited === undefined || edited.isRemoved === true) return null;
  return edited.name ?? edited.link.name;
}
