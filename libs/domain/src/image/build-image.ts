import type { ImageSpec, Outcome, Refusal } from '@netfold/contracts';
import { filesProblem } from '../file/files-problem.ts';
import { getHost } from '../host/change-host.ts';
import { limits } from '../limits.ts';
import { limitReached } from '../refusal/lab.ts';
import type { ActiveLab } from '../state/lab.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { builtImageId, isBuilt } from './image-catalogue.ts';
import { imageOn, imageReferenceOn, imagesOn } from './images-on-host.ts';
import { limitProblem, newReference } from './tag-image.ts';

/**
 * The end of `docker build`: whoever carried the Dockerfile out tells what it came to. The same
 * image is not made twice; a name that another image had goes to it.
 *
 * @source moby/moby v20.10 builder/dockerfile/builder.go, daemon/images/image_commit.go
 */
export function buildImage(work: Work, command: CommandOf<'BuildImage'>): Outcome {
  const references: string[] = [];
  for (const tag of command.tags) {
    const reference = newReference(tag, '');
    if (typeof reference !== 'string') return refusedWith(reference);
    references.push(reference);
  }
  const spec = committed(work, command.spec);
  const host = getHost(work.lab, command.host);
  const problem = limitProblem(host) ?? tooMuchBuilt(work.lab) ?? filesProblem(spec.files ?? []);
  if (problem !== null) return refusedWith(problem);
  const image = builtImageId(spec);
  if (!imagesOn(work.lab, host).some(({ id }) => id === image)) {
    const data = { host: command.host, image, spec, createdAt: work.now };
    work.emit({ type: 'ImageBuilt', data });
  }
  for (const reference of references) name(work, command.host, { reference, image });
  return answered({ ids: { image } });
}

/** A container that is committed again makes another image. */
function committed(work: Work, spec: ImageSpec): ImageSpec {
  const last = spec.steps?.at(-1);
  if (last?.container === undefined) return spec;
  return { ...spec, steps: [...(spec.steps ?? []).slice(0, -1), { ...last, at: work.now }] };
}

type Naming = { readonly reference: string; readonly image: string };

/** An image that was built and loses its last name to another one goes on without. */
function name(work: Work, hostName: string, { reference, image }: Naming): void {
  const host = getHost(work.lab, hostName);
  const before = imageReferenceOn(work.lab, host, reference);
  if (before === image) return;
  if (before !== null && isBuilt(before)) {
    const isDangling = imageOn(work.lab, host, before).tags.length === 1;
    work.emit({
      type: 'ImageUntagged',
      data: { host: hostName, reference, image: before, isDangling },
    });
  }
  work.emit({ type: 'ImageTagged', data: { host: hostName, reference, image } });
}

function tooMuchBuilt({ builtImages }: ActiveLab): Refusal | null {
  const { builtImagesPerLabMax } = limits;
  if (builtImages.size < builtImagesPerLabMax) return null;
  return limitReached('images built in a lab', builtImagesPerLabMax, builtImages.size);
}
