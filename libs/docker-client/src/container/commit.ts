import { ClientError } from '../command/client-error.ts';
import type { Command } from '../command/command.ts';
import { pathWith } from '../command/engine.ts';
import { isTrue } from '../command/flags.ts';
import { familiarName, withDefaultTag } from '../image/reference.ts';
import { referenceOf } from '../image/registry-access.ts';

/** @source docker/cli v20.10 cli/command/container/commit.go */
export const commit: Command = {
  words: { min: 1, max: 2 },
  stopsAtWord: true,
  run: ({ engine, flags, out, words }) => {
    const [container = '', name = ''] = words;
    const path = pathWith('/commit', {
      container,
      ...imageNameOf(name),
      comment: flags.text('message'),
      author: flags.text('author'),
      changes: flags.list('change'),
      pause: isTrue(flags.text('pause', 'true')) ? undefined : '0',
    });
    const { Id: id } = engine.post(path, {}, null) as { readonly Id: string };
    out.line(id);
  },
};

/** @source docker/docker client/container_commit.go */
const imageNameOf = (name: string): { readonly repo: string; readonly tag: string } => {
  if (name === '') return { repo: '', tag: '' };
  const reference = referenceOf(name);
  if (reference.digest !== '') {
    throw new ClientError('refusing to create a tag with a digest reference');
  }
  return { repo: familiarName(reference), tag: withDefaultTag(reference).tag };
};
