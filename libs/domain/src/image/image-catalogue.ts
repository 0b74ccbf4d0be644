import type { ImageCatalogue, ImageSpec } from '@netfold/contracts';
import type { ActiveLab } from '../state/lab.ts';
import { defaultImages } from './default-images.ts';
import { sha256 } from './sha256.ts';

const defaultTag = 'latest';
/** What Docker leaves out when it prints a reference. */
const familiarPrefix = /^(?:(?:index\.)?docker\.io\/)?(?:library\/)?/;
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

/** A reference as `docker images` prints it. */
export type ImageReference = {
  /** Without `docker.io/library/`. */
  readonly name: string;
  readonly tag: string;
  /** `sha256:…`, or empty. */
  readonly digest: string;
};

/**
 * Reads an image reference as the engine does.
 *
 * @returns `null` for what Docker calls an `invalid reference format`
 * @source docker/distribution reference/regexp.go
 */
export function parseImageReference(text: string): ImageReference | null {
  const [named = '', digest = ''] = text.split('@');
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const full = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? '' : named.slice(colon + 1);
  const name = full.replace(familiarPrefix, '');
  const parts = name.split('/');
  const domain = parts.length > 1 && /[.:]|^localhost$/.test(parts[0] ?? '') ? 1 : 0;
  if (!parts.slice(domain).every((part) => component.test(part))) return null;
  if (colon >= 0 && !/^\w[\w.-]{0,127}$/.test(tag)) return null;
  if (text.includes('@') && !/^sha256:[0-9a-f]{64}$/.test(digest)) return null;
  return { name, tag: tag === '' && digest === '' ? defaultTag : tag, digest };
}

/** `name:tag`, as the engine's refusals print it; a text that is no reference stays as it is. */
export function familiarReference(text: string): string {
  const reference = parseImageReference(text);
  if (reference === null) return text;
  const { name, tag, digest } = reference;
  return name + (tag === '' ? '' : `:${tag}`) + (digest === '' ? '' : `@${digest}`);
}

/**
 * The row of an image, by name, `name:tag` or id; one that was built by its whole id.
 *
 * A catalogue that was given is the whole registry: an image without a row does not exist, and a
 * row without a tag is `latest`. The default catalogue is open: every tag of its rows exists.
 */
export function imageOf(lab: ActiveLab, reference: string): ImageSpec | null {
  const built = lab.builtImages.get(reference);
  if (built !== undefined) return built.spec;
  const catalogue = lab.images ?? defaultImages;
  const found = byName(lab, catalogue, reference) ?? byId(catalogue, reference);
  return found === null || lab.images === null ? found : standIn(found);
}

/**
 * What a row of a given catalogue leaves out is that of a small stand-in: one folder of tools, and
 * a stop signal that ends it at once, unless it says what it ends with by itself.
 */
function standIn(given: ImageSpec): ImageSpec {
  const image = given.env === undefined ? { ...given, env: ['PATH=/bin'] } : given;
  const isKnown = given.stopSignal !== undefined || given.stopExitCode !== undefined;
  return isKnown ? image : { ...image, stopSignal: 'SIGKILL' };
}

function byName(lab: ActiveLab, catalogue: ImageCatalogue, text: string): ImageSpec | null {
  const reference = parseImageReference(text);
  if (reference === null) return null;
  const { name, tag } = reference;
  const exact = row(catalogue, `${name}:${tag}`);
  if (exact !== null) return exact;
  const isOpen = lab.images === null;
  return isOpen || tag === defaultTag ? row(catalogue, name) : null;
}

function row(catalogue: ImageCatalogue, key: string): ImageSpec | null {
  return Object.hasOwn(catalogue, key) ? (catalogue[key] ?? null) : null;
}

/** Ids may be shortened, with or without `sha256:`. */
function byId(catalogue: ImageCatalogue, text: string): ImageSpec | null {
  const hex = text.replace(/^sha256:/, '');
  if (!/^[0-9a-f]{1,64}$/.test(hex)) return null;
  const found = Object.entries(catalogue).filter(([name]) => imageIdOf(name).includes(`:${hex}`));
  return found.length === 1 ? (found[0]?.[1] ?? null) : null;
}

/** @returns whether it is the id of an image that was built, which is its own reference */
export const isBuilt = (reference: string): boolean => /^sha256:[0-9a-f]{64}$/.test(reference);

/** @returns the id of an image that is built so, the same in every lab */
export const builtImageId = (spec: ImageSpec): string => `sha256:${sha256(JSON.stringify(spec))}`;

/** @returns `sha256:` and 64 hex characters, the same for a reference in every lab */
export function imageIdOf(reference: string): string {
  if (isBuilt(reference)) return reference;
  return `sha256:${sha256(`image ${familiarReference(reference)}`)}`;
}

/** @returns `sha256:` and 64 hex characters: what a registry calls the image */
export function imageDigestOf(reference: string): string {
  return `sha256:${sha256(`manifest ${familiarReference(reference)}`)}`;
}
