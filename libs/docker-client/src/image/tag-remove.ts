import { ClientError } from '../command/client-error.ts';
import { atLeast, exactly } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { pathWith, refusalText } from '../command/engine.ts';
import { objectPath } from '../command/object-path.ts';
import { anyReferenceProblem, familiarName, readReference, withDefaultTag } from './reference.ts';

const unreadable = (text: string, problem: string): ClientError =>
  new ClientError(
    `Error parsing reference: ${JSON.stringify(text)} is not a valid repository/tag: ${problem}`,
  );

/** @source docker/cli v20.10 cli/command/image/tag.go; vendor …/docker/client/image_tag.go */
export const tag: Command = {
  words: exactly(2),
  stopsAtWord: true,
  run: ({ engine, words: [source = '', target = ''] }) => {
    const problem = anyReferenceProblem(source);
    if (problem !== null) throw unreadable(source, problem);
    const read = readReference(target);
    if ('problem' in read) throw unreadable(target, read.problem);
    if (read.digest !== '') {
      throw new ClientError('refusing to create a tag with a digest reference');
    }
    const path = pathWith(objectPath(`/images/${source}/tag`), {
      repo: familiarName(read),
      tag: withDefaultTag(read).tag,
    });
    engine.done({ method: 'POST', path });
  },
};

type Removed = { readonly Deleted?: string; readonly Untagged?: string };

/** @source docker/cli v20.10 cli/command/image/remove.go */
export const remove: Command = {
  words: atLeast(1),
  run: ({ engine, flags, out, words }) => {
    const isForced = flags.isOn('force');
    const problems: string[] = [];
    let isFatal = false;
    for (const image of words) {
      const path = pathWith(objectPath(`/images/${image}`), {
        force: isForced ? '1' : undefined,
        noprune: flags.isOn('no-prune') ? '1' : undefined,
      });
      const reply = engine.reply({ method: 'DELETE', path });
      if (reply.status < 400) {
        for (const one of JSON.parse(reply.text) as readonly Removed[]) {
          out.line(one.Deleted ? `Deleted: ${one.Deleted}` : `Untagged: ${one.Untagged ?? ''}`);
        }
      } else if (reply.status === 404) {
        problems.push(`Error: No such image: ${image}`);
      } else {
        isFatal = true;
        problems.push(refusalText(reply));
      }
    }
    if (problems.length === 0) return;
    if (!isForced || isFatal) throw new ClientError(problems.join('\n'));
    out.warn(problems.join('\n'));
  },
};
