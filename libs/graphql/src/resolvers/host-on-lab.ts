import type { Actor } from '@netfold/application';
import type { HostName, LabId } from '@netfold/contracts';
import { labIdOf } from './lab-reference.ts';
import type { ResolverParts } from './parts.ts';
import { forbidden, labNotFound } from './user-error.ts';
import type { UserError } from './user-error.ts';

type FoundHost = { readonly labId: LabId; readonly version: number };

/**
 * The host that a mutation beside the commands is about, for who may use the mutation.
 * @returns a user error that tells of labs and hosts only to who may look at them
 */
export async function hostOnLab(
  parts: ResolverParts,
  actor: Actor,
  wish: { readonly field: string; readonly lab: string; readonly host: HostName },
): Promise<FoundHost | UserError> {
  const { field, lab, host } = wish;
  const labId = await labIdOf(parts, actor, lab);
  const asked = { kind: 'graphql', labId } as const;
  if (labId === null || !(await parts.access.isAllowed(actor, { ...asked, field: 'Query.lab' }))) {
    return labNotFound(lab);
  }
  if (!(await parts.access.isAllowed(actor, { ...asked, field }))) return forbidden;
  const found = await parts.states.committed(labId);
  if (found?.lab.state !== 'active') return labNotFound(lab);
  if (!found.lab.hosts.has(host)) return hostNotFound(host);
  return { labId, version: found.version };
}

const hostNotFound = (host: string): UserError => ({
  code: 'HOST_NOT_FOUND',
  class: 'notFound',
  message: `there is no host \`${host}\` in this lab`,
  field: ['input', 'host'],
  fix: 'list the hosts with `netfold lab show`',
});
