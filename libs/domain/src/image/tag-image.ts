import type { Outcome, Refusal } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import { limits } from '../limits.ts';
import { noSuchImage } from '../refusal/container.ts';
import { manifestUnknown, pullDenied, tagReferenceInvalid } from '../refusal/image.ts';
import { limitReached } from '../refusal/lab.ts';
import type { LabHost } from '../state/lab-host.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { familiarReference, imageOf, parseImageReference } from './image-catalogue.ts';
import { imageReferenceOn, imagesOn, isInCatalogue } from './images-on-host.ts';

/** `docker tag`. @source moby/moby daemon/images/image_tag.go TagImage */
export function tagImage(work: Work, command: CommandOf<'TagImage'>): Outcome {
  const host = getHost(work.lab, command.host);
  const image = imageReferenceOn(work.lab, host, command.image);
  if (image === null) return refusedWith(noSuchImage(familiarReference(command.image)));
  const reference = newReference(command.repository, command.tag);
  if (typeof reference !== 'string') return refusedWith(reference);
  const problem = limitProblem(host);
  if (problem !== null) return refusedWith(problem);
  if (imageReferenceOn(work.lab, host, reference) === image) return answered();
  work.emit({ type: 'ImageTagged', data: { host: command.host, reference, image } });
  return answered();
}

/** @source docker/distribution reference/normalize.go, reference/reference.go WithTag */
export function newReference(repository: string, tag: string): string | Refusal {
  const parsed = parseImageReference(repository);
  if (parsed === null || parsed.digest !== '') {
    const isUpperCase = parseImageReference(repository.toLowerCase()) !== null;
    const reason = isUpperCase ? ': repository name must be lowercase' : '';
    return tagReferenceInvalid(`invalid reference format${reason}`);
  }
  if (tag === '') return familiarReference(repository);
  if (!/^\w[\w.-]{0,127}$/.test(tag)) return tagReferenceInvalid('invalid tag format');
  return `${parsed.name}:${tag}`;
}

/**
 * `docker pull`: answers `isNew`. The registry has what the catalogue has.
 *
 * @source moby/moby distribution/pull_v2.go
 */
export function pullImage(work: Work, command: CommandOf<'PullImage'>): Outcome {
  const parsed = parseImageReference(command.image);
  if (parsed === null) return refusedWith(tagReferenceInvalid('invalid reference format'));
  const reference = familiarReference(command.image);
  if (!isInCatalogue(work.lab, reference)) {
    const hasOther = imageOf(work.lab, parsed.name) !== null;
    return refusedWith(hasOther ? manifestUnknown(reference) : pullDenied(parsed.name));
  }
  const host = getHost(work.lab, command.host);
  const images = imagesOn(work.lab, host);
  const isListed = images.some(({ tags }) => tags.includes(reference));
  const isSame = isListed && imageReferenceOn(work.lab, host, reference) === reference;
  const problem = isSame ? null : limitProblem(host);
  if (problem !== null) return refusedWith(problem);
  if (!isSame) work.emit({ type: 'ImagePulled', data: { host: command.host, reference } });
  return answered({ data: { isNew: !isSame } });
}

export function limitProblem({ imageTags }: LabHost): Refusal | null {
  const { imageTagsPerHostMax } = limits;
  if (imageTags.size < imageTagsPerHostMax) return null;
  return limitReached('image references on a host', imageTagsPerHostMax, imageTags.size);
}
