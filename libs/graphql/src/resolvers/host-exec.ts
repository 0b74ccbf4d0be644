import { z } from 'zod';
import { name, words } from '../input/text.ts';
import { limits } from '../limits/limits.ts';
import { hostOnLab } from './host-on-lab.ts';
import type { ResolverContext, ResolverParts } from './parts.ts';
import { userErrorsOfInput } from './user-error.ts';
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
    const found = await hostOnLab(parts, actor, { field: 'Mutation.hostExec', lab, host });
    if ('code' in found) return refused(found);
    const { labId, version } = found;
    request.deadline.extend(limits.hostExecMs);
    const run = await parts.hostShell({ actor, labId, host, argv: command, traceparent });
    const after = await parts.states.committed(labId);
    return { ...run, version: after?.version ?? version, userErrors: [] };
  };
