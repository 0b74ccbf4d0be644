import { ClientError } from '../command/client-error.ts';
import { exactly } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { objectPath } from '../command/object-path.ts';

type Change = { readonly Kind: number; readonly Path: string };

/** Changed, added, deleted. */
const kinds = ['C', 'A', 'D'];

/** @source docker/cli v20.10 cli/command/container/diff.go */
export const diff: Command = {
  words: exactly(1),
  run: ({ engine, out, words }) => {
    const [container = ''] = words;
    if (container === '') throw new ClientError('Container name cannot be empty');
    const changes = engine.get(objectPath(`/containers/${container}/changes`)) as
      | readonly Change[]
      | null;
    for (const { Kind, Path } of changes ?? []) out.line(`${kinds[Kind] ?? ''} ${Path}`);
  },
};
