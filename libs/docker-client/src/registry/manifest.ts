import { ClientError } from '../command/client-error.ts';
import { atLeast, exactly } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { fullReference, readReference, withDefaultTag } from '../image/reference.ts';

/** The client keeps lists of manifests in files of its host: a lab host has none. */
const missing = (list: string): string => {
  const read = readReference(list);
  if ('problem' in read) return read.problem;
  return `No such manifest: ${fullReference(withDefaultTag(read))}`;
};

/** @source docker/cli v20.10 cli/command/manifest/rm.go */
const remove: Command = {
  words: atLeast(1),
  run: ({ words }) => {
    throw new ClientError(words.map(missing).join('\n'));
  },
};

/** @source docker/cli v20.10 cli/command/manifest/push.go */
const push: Command = {
  words: exactly(1),
  run: ({ words: [list = ''] }) => {
    throw new ClientError(missing(list));
  },
};

/** @source docker/cli v20.10 cli/command/manifest/annotate.go */
const annotate: Command = {
  words: exactly(2),
  run: ({ words: [list = '', image = ''] }) => {
    refuseUnreadable(list, 'annotate: error parsing name for manifest list');
    refuseUnreadable(image, 'annotate: error parsing name for manifest');
    throw new ClientError(`manifest for image ${image} does not exist in ${list}`);
  },
};

const refuseUnreadable = (name: string, told: string): void => {
  const read = readReference(name);
  if ('problem' in read) throw new ClientError(`${told} ${name}: ${read.problem}`);
};

const atRegistry = (words: Command['words']): Command => ({
  words,
  run: ({ name }) => {
    throw new ClientError(`netfold: \`docker ${name}\` asks a registry, which no lab has`);
  },
});

const withNotary = (words: Command['words']): Command => ({
  words,
  run: ({ name }) => {
    throw new ClientError(`netfold: \`docker ${name}\` needs a notary server, which no lab has`);
  },
});

export const manifestCommands: Readonly<Record<string, Command>> = {
  'manifest annotate': annotate,
  'manifest create': atRegistry(atLeast(2)),
  'manifest inspect': atRegistry({ min: 1, max: 2 }),
  'manifest push': push,
  'manifest rm': remove,
};

export const trustCommands: Readonly<Record<string, Command>> = {
  'trust inspect': withNotary(atLeast(1)),
  'trust key generate': withNotary(exactly(1)),
  'trust key load': withNotary(exactly(1)),
  'trust revoke': withNotary(exactly(1)),
  'trust sign': withNotary(exactly(1)),
  'trust signer add': withNotary(atLeast(2)),
  'trust signer remove': withNotary(atLeast(2)),
};
