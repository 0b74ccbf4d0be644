import type { Container } from '../state/container.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import { defaultImages } from './default-images.ts';
import { familiarReference, imageIdOf, imageOf, parseImageReference } from './image-catalogue.ts';

/** An image of a lab host. */
export type HostImage = {
  /** Its own reference in the catalogue, `nginx:latest`: what its id is made of. */
  readonly reference: string;
  readonly id: string;
  /** Like `my/box:1`, in order of their full names; none: the image is dangling. */
  readonly tags: readonly string[];
};

const danglingMark = '@';

/** The key of `imageTags` for an image that is there without a reference. */
export const danglingKey = (reference: string): string => danglingMark + reference;

/** With the registry and the folder that users leave out: references are sorted by it. */
const fullName = (tag: string): string => {
  const slash = tag.indexOf('/');
  const first = tag.slice(0, Math.max(slash, 0));
  if (slash < 0) return `docker.io/library/${tag}`;
  return /[.:]/.test(first) || first === 'localhost' ? tag : `docker.io/${tag}`;
};

/** Every image that the host has: the catalogue's, but for what was tagged and removed here. */
export function imagesOn(lab: ActiveLab, host: LabHost): readonly HostImage[] {
  const tags = new Map<string, string[]>();
  const add = (reference: string, tag: string | null): void => {
    const known = tags.get(reference) ?? [];
    tags.set(reference, tag === null ? known : [...known, tag]);
  };
  for (const name of Object.keys(lab.images ?? defaultImages)) {
    const reference = familiarReference(name);
    if (!host.imageTags.has(reference)) add(reference, reference);
  }
  for (const [tag, reference] of host.imageTags.entries()) {
    if (reference !== '') add(reference, tag.startsWith(danglingMark) ? null : tag);
  }
  return [...tags].map(([reference, names]) => ({
    reference,
    id: imageIdOf(reference),
    tags: names.toSorted((a, b) => (fullName(a) < fullName(b) ? -1 : 1)),
  }));
}

/**
 * The catalogue's own reference of an image that the host has, by name, `name:tag` or id.
 *
 * @returns `null` when the host has no such image
 */
export function imageReferenceOn(lab: ActiveLab, host: LabHost, text: string): string | null {
  // Never a name `sha256` with a tag, which an open catalogue would have.
  const isId = /^(?:sha256:[0-9a-f]{1,64}|[0-9a-f]{64})$/.test(text);
  if (!isId && parseImageReference(text) !== null) {
    const reference = familiarReference(text);
    const tagged = host.imageTags.get(reference);
    if (tagged !== undefined) return tagged === '' ? null : tagged;
    if (isInCatalogue(lab, reference)) return reference;
  }
  const hex = text.replace(/^sha256:/, '');
  if (!/^[0-9a-f]{1,64}$/.test(hex)) return null;
  const found = imagesOn(lab, host).filter(({ id }) => id.startsWith(`sha256:${hex}`));
  return found.length === 1 ? (found[0]?.reference ?? null) : null;
}

/** By its name; ids of the catalogue's rows do not count. */
export function isInCatalogue(lab: ActiveLab, reference: string): boolean {
  const isHex = /^[0-9a-f]{1,64}$/.test(reference.replace(/:latest$/, ''));
  if (!isHex) return imageOf(lab, reference) !== null;
  return Object.keys(lab.images ?? defaultImages).some(
    (name) => familiarReference(name) === reference,
  );
}

/** The host's image of that reference, also one that no list shows (a tag of an open catalogue). */
export function imageOn(lab: ActiveLab, host: LabHost, reference: string): HostImage {
  const found = imagesOn(lab, host).find((image) => image.reference === reference);
  return found ?? { reference, id: imageIdOf(reference), tags: [reference] };
}

export function usersOfImage(host: LabHost, reference: string): readonly Container[] {
  return [...host.containers.values()].filter(({ image }) => image === reference);
}
