import { ClientError } from '../command/client-error.ts';
import { atMost } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { labelProblem } from '../command/flag-checks.ts';
import { mapOf } from '../value/key-value-file.ts';

/** @source docker/cli v20.10 cli/command/volume/create.go */
export const create: Command = {
  words: atMost(1),
  hidden: '      --name string       Specify volume name',
  checks: { label: labelProblem },
  run: ({ engine, flags, out, words }) => {
    const named = flags.text('name');
    if (words.length === 1 && named !== '') {
      throw new ClientError(
        'conflicting options: either specify --name or provide positional arg, not both',
      );
    }
    const body = {
      Driver: flags.text('driver', 'local'),
      DriverOpts: mapOf(flags.list('opt')),
      Labels: mapOf(flags.list('label')),
      Name: words[0] ?? named,
    };
    const { Name } = engine.post('/volumes/create', {}, body) as { readonly Name: string };
    out.line(Name);
  },
};
