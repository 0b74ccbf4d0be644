import { ClientError } from '../command/client-error.ts';
import { atLeast, exactly } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { pathWith, refusalText } from '../command/engine.ts';
import { refusalOf } from '../command/each.ts';
import { objectPath } from '../command/object-path.ts';
import { trimmed } from '../value/trimmed.ts';
import { askOfEach } from './each-container.ts';
import { waitFor } from './exit.ts';
import type { Exit } from './exit.ts';

/** A command that has one request for each container: `docker pause`. */
const simply = (action: string): Command => ({
  words: atLeast(1),
  run: (call) => askOfEach(call, (path) => ({ method: 'POST', path: `${path}/${action}` })),
});

export const pause = simply('pause');
export const unpause = simply('unpause');

const withSeconds = (action: string): Command => ({
  words: atLeast(1),
  run: (call) => {
    const t = call.flags.isSet('time') ? String(call.flags.number('time')) : undefined;
    askOfEach(call, (path) => ({ method: 'POST', path: pathWith(`${path}/${action}`, { t }) }));
  },
});

export const stop = withSeconds('stop');
export const restart = withSeconds('restart');

export const kill: Command = {
  words: atLeast(1),
  run: (call) => {
    const signal = call.flags.text('signal', 'KILL');
    askOfEach(call, (path) => ({ method: 'POST', path: pathWith(`${path}/kill`, { signal }) }));
  },
};

/** @source docker/cli v20.10 cli/command/container/rm.go */
export const remove: Command = {
  words: atLeast(1),
  run: (call) => {
    const { flags, out, words } = call;
    const problems: string[] = [];
    for (const word of words) {
      const { told, isMissing } = removalProblem(call, trimmed(word, '/'));
      if (told === null) out.line(word);
      else if (flags.isOn('force') && isMissing) out.warn(told);
      else problems.push(told);
    }
    if (problems.length > 0) throw new ClientError(problems.join('\n'));
  },
};

type RemovalProblem = { readonly told: string | null; readonly isMissing: boolean };

const removalProblem = ({ engine, flags }: CommandCall, name: string): RemovalProblem => {
  if (name === '') return { told: 'Container name cannot be empty', isMissing: false };
  const one = (flag: string): string | undefined => (flags.isOn(flag) ? '1' : undefined);
  const query = { v: one('volumes'), link: one('link'), force: one('force') };
  const path = pathWith(objectPath(`/containers/${name}`), query);
  const reply = engine.reply({ method: 'DELETE', path });
  const told = reply.status < 400 ? null : refusalOf(reply, 'container', name);
  return { told, isMissing: reply.status === 404 };
};

/** @source docker/cli v20.10 cli/command/container/rename.go */
export const rename: Command = {
  words: exactly(2),
  run: ({ engine, out, words }) => {
    const [oldName = '', name = ''] = words.map((word) => word.trim());
    if (oldName === '' || name === '') {
      throw new ClientError('Error: Neither old nor new names may be empty');
    }
    const path = pathWith(objectPath(`/containers/${oldName}/rename`), { name });
    const reply = engine.reply({ method: 'POST', path });
    if (reply.status < 400) return;
    out.warn(refusalText(reply));
    throw new ClientError(`Error: failed to rename container named ${oldName}`);
  },
};

/** @source docker/cli v20.10 cli/command/container/wait.go */
export const wait: Command = {
  words: atLeast(1),
  run: ({ engine, out, words }) => {
    const problems: string[] = [];
    for (const name of words) {
      try {
        const { text } = engine.done(waitFor(objectPath(`/containers/${name}`), ''));
        out.line(String((JSON.parse(text) as Exit).StatusCode));
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        problems.push(error.message);
      }
    }
    if (problems.length > 0) throw new ClientError(problems.join('\n'));
  },
};
