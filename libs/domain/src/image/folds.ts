import type { ImageEvent } from '@netfold/contracts';
import type { Folds } from '../fold.ts';
import { changeHost } from '../host/change-host.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import { danglingKey, isInCatalogue, usersOfImage } from './images-on-host.ts';

export const imageFolds: Folds<ImageEvent['type']> = {
  ImagePulled: (lab, { host: name, reference }) =>
    changeHost(lab, name, (host) => named(host, reference, reference)),

  ImageBuilt: (lab, { host: name, image, spec, createdAt }) => {
    const builtImages = lab.builtImages.with(image, { spec, createdAt });
    return changeHost({ ...lab, builtImages }, name, (host) => ({
      ...host,
      imageTags: host.imageTags.with(danglingKey(image), image),
    }));
  },

  ImageTagged: (lab, { host: name, reference, image }) =>
    changeHost(lab, name, (host) => named(host, reference, image)),

  ImageUntagged: (lab, { host: name, reference, image, isDangling }) =>
    changeHost(lab, name, (host) => {
      const imageTags = isInCatalogue(lab, reference)
        ? host.imageTags.with(reference, '')
        : host.imageTags.without(reference);
      return {
        ...host,
        imageTags: isDangling ? imageTags.with(danglingKey(image), image) : imageTags,
      };
    }),

  ImageDeleted: (lab, { host: name, image }) => {
    const changed = changeHost(lab, name, (host) => ({
      ...host,
      imageTags: host.imageTags.without(danglingKey(image)),
    }));
    return isKept(changed, image)
      ? changed
      : { ...changed, builtImages: changed.builtImages.without(image) };
  },
};

/** An image that has a reference is not dangling any more. */
function named(host: LabHost, reference: string, image: string): LabHost {
  const imageTags = host.imageTags.without(danglingKey(image)).with(reference, image);
  return { ...host, imageTags };
}

/** An image that was built goes with the last host that has it, and the last container of it. */
function isKept(lab: ActiveLab, image: string): boolean {
  if (!lab.builtImages.has(image)) return true;
  return [...lab.hosts.values()].some(
    (host) => [...host.imageTags.values()].includes(image) || usersOfImage(host, image).length > 0,
  );
}
