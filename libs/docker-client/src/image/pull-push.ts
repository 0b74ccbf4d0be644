import { ClientError } from '../command/client-error.ts';
import { exactly } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { pathWith } from '../command/engine.ts';
import { objectPath } from '../command/object-path.ts';
import { readJsonMessages } from './json-messages.ts';
import {
  askRegistry,
  defaultRegistryOf,
  referenceOf,
  refuseContentTrust,
} from './registry-access.ts';
import {
  familiarName,
  fullReference,
  isNameOnly,
  isOfDefaultRegistry,
  tagOrDigest,
  withDefaultTag,
} from './reference.ts';
import type { ImageReference } from './reference.ts';

/** What the line names, its tag made up where it has none. */
const wantedImage = (call: CommandCall): ImageReference => {
  const { flags, out, words } = call;
  const given = referenceOf(words[0] ?? '');
  const isAll = flags.isOn('all-tags');
  if (isAll && !isNameOnly(given)) throw new ClientError("tag can't be used with --all-tags/-a");
  if (isAll || !isNameOnly(given)) return given;
  const wanted = withDefaultTag(given);
  if (!flags.isOn('quiet')) out.line(`Using default tag: ${wanted.tag}`);
  return wanted;
};

/** Prints a stream that the engine answered with. @throws ClientError with what ended it */
export const showProgress = ({ out }: CommandCall, stream: string, isQuiet = false): void => {
  const { text, failure } = readJsonMessages(stream);
  if (!isQuiet) out.print(text);
  if (failure !== null) throw new ClientError(failure.message);
};

/** @source docker/cli v20.10 cli/command/image/pull.go */
export const pull: Command = {
  words: exactly(1),
  run: (call) => {
    const { engine, environment, flags, out } = call;
    const image = wantedImage(call);
    if (isOfDefaultRegistry(image)) defaultRegistryOf(engine);
    if (image.digest === '') refuseContentTrust(call);
    const platform = flags.text('platform', environment.get('DOCKER_DEFAULT_PLATFORM') ?? '');
    const path = pathWith('/images/create', {
      fromImage: familiarName(image),
      tag: flags.isOn('all-tags') ? undefined : tagOrDigest(image),
      platform: platform === '' ? undefined : platform.toLowerCase(),
    });
    const { text } = askRegistry(call, { method: 'POST', path }, 'pull');
    showProgress(call, text, flags.isOn('quiet'));
    out.line(fullReference(image));
  },
};

/** @source docker/cli v20.10 cli/command/image/push.go */
export const push: Command = {
  words: exactly(1),
  run: (call) => {
    const { engine, flags, out } = call;
    const image = wantedImage(call);
    if (isOfDefaultRegistry(image)) defaultRegistryOf(engine);
    if (image.digest !== '') throw new ClientError('cannot push a digest reference');
    const path = pathWith(objectPath(`/images/${familiarName(image)}/push`), {
      tag: flags.isOn('all-tags') ? undefined : withDefaultTag(image).tag,
    });
    const { text } = askRegistry(call, { method: 'POST', path }, 'push');
    refuseContentTrust(call);
    showProgress(call, text, flags.isOn('quiet'));
    if (flags.isOn('quiet')) out.line(fullReference(image));
  },
};
