import { z } from 'zod';
import { name, words } from '../input/text.ts';
import { labIdOf } from './lab-reference.ts';
import type { ResolverContext, ResolverParts } from './parts.ts';
import { forbidden, labNotFound, userErrorsOfInput } from './user-error.ts';
import type { UserError } from './user-error.ts';

const hostExecInput = z.object({ lab: name, host: name, command: words() });

const nothing = { stdout: '', stderr: '', exitCode: null, version: null };
const refused = (...userErrors: readonly UserError[]) => ({ ...nothing, userErrors });

/** One line in the shell of a host. What it prints is the tool's, its exit code no user error. */
export const hostExec =
  (parts: ResolverParts) =>
  async (_: unknown, { input }: { readonly input: unknown }, { request }: ResolverContext) => {
    const parsed = hostExecInput.safeParse(input);
    if (!parsed.success) return refused(...userErrorsOfInput(parsed.error));
    const { lab, host, command } = parsed.data;
    const { actor, traceparent } = request;
    const labId = await labIdOf(parts, actor, lab);
    const asked = { kind: 'graphql', labId } as const;
    if (
      labId === null ||
      !(await parts.access.isAllowed(actor, { ...asked, field: 'Query.lab' }))
    ) {
      return refused(labNotFound(lab));
    }
    if (!(await parts.access.isAllowed(actor, { ...asked, field: 'Mutation.hostExec' }))) {
      return refused(forbidden);
    }
    const before = await parts.states.committed(labId);
    if (before?.lab.state !== 'active') return refused(labNotFound(lab));
    if (!before.lab.hosts.has(host)) return refused(hostNotFound(host));
    const run = await parts.hostShell({ actor, labId, host, argv: command, traceparent });
    const after = await parts.states.committed(labId);
    return { ...run, version: after?.version ?? before.version, userErrors: [] };
  };

const hostNotFound = (host: string): UserError => ({
  code: 'HOST_NOT_FOUND',
  class: 'notFound',
  message: `there is no host \`${host}\` in this lab`,
  field: ['input', 'host'],
  fix: 'list the hosts with `netfold lab show`',
});
