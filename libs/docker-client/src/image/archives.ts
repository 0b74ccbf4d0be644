import { ClientError } from '../command/client-error.ts';
import { atLeast, noWords } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { pathWith } from '../command/engine.ts';
import { bytesOf } from './bytes.ts';
import { showProgress } from './pull-push.ts';
import { referenceProblem } from './reference.ts';

/** @source docker/cli v20.10 cli/command/image/save.go */
export const save: Command = {
  words: atLeast(1),
  run: ({ engine, flags, out, words }) => {
    const path = pathWith('/images/get', { names: words });
    const { text } = engine.done({ method: 'GET', path });
    if (flags.text('output') !== '') {
      throw new ClientError('netfold: a lab host keeps no files, so the image cannot be saved');
    }
    out.print(text);
  },
};

/** @source docker/cli v20.10 cli/command/image/load.go */
export const load: Command = {
  words: noWords,
  run: (call) => {
    const { engine, flags, stdin } = call;
    const file = flags.text('input');
    const body = bodyOf(file === '' ? stdin.text : fileText(call, file));
    const path = '/images/load?quiet=1';
    const headers = { 'Content-Type': 'application/x-tar' };
    const { text } = engine.done({ method: 'POST', path, headers, ...body });
    showProgress(call, text);
  },
};

/** @source docker/cli v20.10 cli/command/image/import.go */
export const importImage: Command = {
  words: atLeast(1),
  run: (call) => {
    const { engine, environment, flags, stdin, words } = call;
    const [source = '', repository = ''] = words;
    const isUrl = /^https?:\/\//.test(source);
    const content = source === '-' || isUrl ? stdin.text : fileText(call, source);
    const problem = repository === '' ? null : referenceProblem(repository);
    if (problem !== null) throw new ClientError(problem);
    const platform = flags.text('platform', environment.get('DOCKER_DEFAULT_PLATFORM') ?? '');
    const path = pathWith('/images/create', {
      fromSrc: isUrl ? source : '-',
      repo: repository,
      tag: '',
      message: flags.text('message'),
      platform: platform === '' ? undefined : platform.toLowerCase(),
      changes: flags.list('change'),
    });
    const headers = { 'Content-Type': 'text/plain' };
    const body = isUrl ? {} : bodyOf(content);
    showProgress(call, engine.done({ method: 'POST', path, headers, ...body }).text);
  },
};

/** @throws ClientError */
const fileText = ({ readFile }: CommandCall, path: string): string => {
  const text = readFile(path);
  if (text === null) throw new ClientError(`open ${path}: no such file or directory`);
  return text;
};

const bodyOf = (text: string) => (text === '' ? {} : { body: bytesOf(text) });
