import type { HostName, Outcome, Refusal } from '@netfold/contracts';
import { isUp } from '../container/links.ts';
import { getHost } from '../host/change-host.ts';
import { isPruned, pruneFilterOf } from '../network/prune-filter.ts';
import { noSuchImage } from '../refusal/container.ts';
import { imageFilterInvalid, imageNotDeleted, imageReferenceInUse } from '../refusal/image.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { familiarReference, imageOf } from './image-catalogue.ts';
import { imageOn, imageReferenceOn, imagesOn, usersOfImage } from './images-on-host.ts';
import type { HostImage } from './images-on-host.ts';

/** A line of the answer, as `docker rmi` prints it. */
type Removed = { readonly Untagged: string } | { readonly Deleted: string };

/** Where an image is removed, and how. */
type Removal = {
  readonly host: HostName;
  /** As typed. */
  readonly text: string;
  readonly force: boolean;
  readonly isPruned: boolean;
};

const short = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12);

/**
 * `docker rmi`: answers `removed`, what was untagged and deleted in order.
 *
 * @source moby/moby daemon/images/image_delete.go ImageDelete
 */
export function removeImage(work: Work, command: CommandOf<'RemoveImage'>): Outcome {
  const { host, image: text, force } = command;
  const removed = remove(work, { host, text, force, isPruned: false });
  if ('message' in removed) return refusedWith(removed);
  return answered({ data: { removed } });
}

function remove(work: Work, removal: Removal): readonly Removed[] | Refusal {
  const host = getHost(work.lab, removal.host);
  const reference = imageReferenceOn(work.lab, host, removal.text);
  if (reference === null) return noSuchImage(familiarReference(removal.text));
  const image = imageOn(work.lab, host, reference);
  const isId = [image.id, image.id.slice('sha256:'.length)].some((id) =>
    id.startsWith(removal.text),
  );
  return isId ? removeById(work, removal, image) : removeByName(work, removal, image);
}

function removeByName(
  work: Work,
  removal: Removal,
  image: HostImage,
): readonly Removed[] | Refusal {
  const [user] = usersOfImage(getHost(work.lab, removal.host), image.reference);
  if (!removal.force && image.tags.length === 1 && user !== undefined) {
    return imageReferenceInUse(removal.text, short(user.id), short(image.id));
  }
  const tag = familiarReference(removal.text);
  const isLast = image.tags.every((one) => one === tag);
  untag(work, removal, { image, tag, isLast });
  const records: readonly Removed[] = [{ Untagged: tag }];
  if (!isLast || conflict(work, removal, image) !== null) return records;
  return [...records, deleted(work, removal, image)];
}

function removeById(work: Work, removal: Removal, image: HostImage): readonly Removed[] | Refusal {
  const isMany = image.tags.length > 1 && !removal.force;
  const problem =
    conflict(work, removal, image) ??
    (isMany ? { isHard: false, text: 'image is referenced in multiple repositories' } : null);
  if (problem !== null) return imageNotDeleted(short(image.id), problem);
  for (const [index, tag] of image.tags.entries()) {
    untag(work, removal, { image, tag, isLast: index === image.tags.length - 1 });
  }
  const untagged = image.tags.map((tag) => ({ Untagged: tag }));
  return [...untagged, deleted(work, removal, image)];
}

function untag(
  work: Work,
  { host }: Removal,
  of: { readonly image: HostImage; readonly tag: string; readonly isLast: boolean },
): void {
  const image = of.image.reference;
  const data = { host, reference: of.tag, image, isDangling: of.isLast };
  work.emit({ type: 'ImageUntagged', data });
}

function deleted(work: Work, { host, isPruned: pruned }: Removal, image: HostImage): Removed {
  const data = { host, image: image.reference };
  work.emit({ type: 'ImageDeleted', data: pruned ? { ...data, isPruned: true } : data });
  return { Deleted: image.id };
}

/** Containers that keep the image; force overcomes those that do not run. */
function conflict(
  work: Work,
  { host, force }: Removal,
  image: HostImage,
): { readonly isHard: boolean; readonly text: string } | null {
  const users = usersOfImage(getHost(work.lab, host), image.reference);
  const running = users.find(isUp);
  if (running !== undefined) {
    const text = `image is being used by running container ${short(running.id)}`;
    return { isHard: true, text };
  }
  const [stopped] = users;
  if (stopped === undefined || force) return null;
  return { isHard: false, text: `image is being used by stopped container ${short(stopped.id)}` };
}

/**
 * `docker image prune`: dangling images, or with `dangling=false` all that no container uses;
 * answers `removed`.
 *
 * @source moby/moby daemon/images/image_prune.go ImagesPrune
 */
export function pruneImages(work: Work, command: CommandOf<'PruneImages'>): Outcome {
  const { dangling, ...others } = command.filters;
  const isAll = dangling?.some((value) => value === 'false' || value === '0') ?? false;
  const isDangling = dangling?.some((value) => value === 'true' || value === '1') ?? false;
  if (dangling !== undefined && !isAll && !isDangling) {
    return refusedWith(imageFilterInvalid(`dangling=[${dangling.join(' ')}]`));
  }
  const filter = pruneFilterOf(others, work.now);
  if ('code' in filter) return refusedWith(filter);
  const removed: Removed[] = [];
  for (const image of imagesOn(work.lab, getHost(work.lab, command.host))) {
    const labels = imageOf(work.lab, image.reference)?.labels ?? {};
    const isWanted = isAll || image.tags.length === 0;
    // Images of a catalogue are as old as the lab's oldest instant: no `until` spares them.
    if (!isWanted || !isPruned({ createdAt: 0, labels }, filter)) continue;
    for (const text of image.tags.length === 0 ? [image.id] : image.tags) {
      const gone = remove(work, { host: command.host, text, force: false, isPruned: true });
      if (!('message' in gone)) removed.push(...gone);
    }
  }
  return answered({ data: { removed } });
}
