import type { Refusal } from '@netfold/contracts';
import { goQuoted } from './go-quoted.ts';

/** What the engine says about images, byte for byte (moby v20.10.24). */

/** @source docker/distribution reference: no class in the engine's source; recorded engine */
export function tagReferenceInvalid(message: string): Refusal {
  return { class: 'internal', code: 'ImageTagInvalid', message };
}

/** @source daemon/images/image_delete.go ImageDelete; recorded engine */
export function imageReferenceInUse(
  reference: string,
  shortContainerId: string,
  shortImageId: string,
): Refusal {
  return {
    class: 'conflict',
    code: 'ImageReferenceInUse',
    message:
      `conflict: unable to remove repository reference ${goQuoted(reference)} (must force) - ` +
      `container ${shortContainerId} is using its referenced image ${shortImageId}`,
  };
}

/** @source daemon/images/image_delete.go imageDeleteConflict */
export function imageNotDeleted(
  shortImageId: string,
  reason: { readonly isHard: boolean; readonly text: string },
): Refusal {
  const force = reason.isHard ? 'cannot be forced' : 'must be forced';
  return {
    class: 'conflict',
    code: 'ImageDeleteConflict',
    message: `conflict: unable to delete ${shortImageId} (${force}) - ${reason.text}`,
  };
}

/** @source registry's answer as distribution/pull_v2.go passes it on */
export function pullDenied(name: string): Refusal {
  return {
    class: 'notFound',
    code: 'ImageNotInRegistry',
    message:
      `pull access denied for ${name}, repository does not exist or may require ` +
      "'docker login': denied: requested access to the resource is denied",
  };
}

/** @source registry's answer as distribution/pull_v2.go passes it on */
export function manifestUnknown(reference: string): Refusal {
  return {
    class: 'notFound',
    code: 'ImageNotInRegistry',
    message: `manifest for ${reference} not found: manifest unknown: manifest unknown`,
  };
}

/** @source api/types/filters/parse.go Validate, daemon/images/image_prune.go; recorded engine */
export function imageFilterInvalid(filter: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'ImageFilterInvalid',
    message: `Invalid filter '${filter}'`,
  };
}
