import type { HostName, LabId } from '@netfold/contracts';
import { doorLimits } from './door-limits.ts';

/** Whose engine a request is for, and what it asks of it. */
export type DoorPath = {
  readonly labId: LabId;
  readonly host: HostName;
  /** What stands before the path of the engine, without a slash at its end. */
  readonly prefix: string;
  /** Path and query of the engine. */
  readonly rest: string;
};

// Ids of labs and names of hosts have nothing in them that a URL would escape.
const form = /^(\/labs\/([\w-]+)\/hosts\/([\w.-]+))(\/.*)$/s;

/** What `DOCKER_HOST` ends in for the engine of a host. */
export const doorPrefix = (labId: LabId, host: HostName): string => `/labs/${labId}/hosts/${host}`;

/**
 * Clients put the path of `DOCKER_HOST` before each path of the engine.
 *
 * @returns `null` for a target that is not of this form
 * @source moby/moby client/client.go (ParseHostURL, getAPIPath): the path of a `tcp` host is kept
 */
export const doorPathOf = (target: string): DoorPath | null => {
  const parts = form.exec(target);
  if (parts === null) return null;
  const [, prefix = '', labId = '', host = '', rest = ''] = parts;
  if (prefix.length > doorLimits.prefixLengthMax) return null;
  return { labId, host, prefix, rest };
};
