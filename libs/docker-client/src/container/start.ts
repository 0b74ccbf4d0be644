import { ClientError } from '../command/client-error.ts';
import { atLeast } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { refusalText } from '../command/engine.ts';
import { objectPath } from '../command/object-path.ts';
import { attachTo } from './attach.ts';
import { exitCodeOf, giveUpWaiting, waitFor } from './exit.ts';
import { inspectContainer } from './inspected.ts';

/** Flags of engines with experiments on, which no lab host has. */
const experimentalFlags = ['checkpoint', 'checkpoint-dir'];

/** @source docker/cli v20.10 cli/command/container/start.go */
export const start: Command = {
  words: atLeast(1),
  hidden: experimentalFlags.map((name) => `      --${name} string  `).join('\n'),
  run: (call) => {
    const { flags, words } = call;
    refuseExperimental(call);
    if (!flags.isOn('attach') && !flags.isOn('interactive')) return startEach(call);
    if (words.length > 1) {
      throw new ClientError('you cannot start and attach multiple containers at once');
    }
    return startAttached(call, words[0] ?? '');
  },
};

const refuseExperimental = ({ flags }: CommandCall): void => {
  const told = experimentalFlags
    .filter((name) => flags.isSet(name))
    .map(
      (name) =>
        `"--${name}" is only supported on a Docker daemon with experimental features enabled`,
    );
  if (told.length > 0) throw new ClientError(told.join('\n'));
};

const startEach = ({ engine, out, words }: CommandCall): void => {
  const failed: string[] = [];
  for (const name of words) {
    const path = objectPath(`/containers/${name}/start`);
    const reply = engine.reply({ method: 'POST', path });
    if (reply.status < 400) {
      out.line(name);
    } else {
      out.warn(refusalText(reply));
      failed.push(name);
    }
  }
  if (failed.length > 0) {
    throw new ClientError(`Error: failed to start containers: ${failed.join(', ')}`);
  }
};

const startAttached = (call: CommandCall, name: string): number => {
  const { flags, out } = call;
  const { Id: id, Config, HostConfig } = inspectContainer(call, name);
  const path = `/containers/${id}`;
  const stdin = flags.isOn('interactive') && Config.OpenStdin;
  const reply = attachTo(call, {
    path,
    attached: { stdin, stdout: true, stderr: true },
    detachKeys: flags.text('detach-keys'),
    meanwhile: [
      waitFor(path, HostConfig.AutoRemove ? 'removed' : 'next-exit'),
      { method: 'POST', path: `${path}/start` },
    ],
  });
  const [wait, started] = reply.meanwhile;
  if (started !== undefined && started.status >= 400) {
    if (!HostConfig.AutoRemove) giveUpWaiting(call);
    throw new ClientError(refusalText(started));
  }
  out.pass(reply.pieces, reply.isOpen);
  return reply.isOpen ? 0 : exitCodeOf(call, wait);
};
