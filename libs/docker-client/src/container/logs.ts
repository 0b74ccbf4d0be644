import { ClientError } from '../command/client-error.ts';
import { exactly } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { pathWith } from '../command/engine.ts';
import { refusalOf } from '../command/each.ts';
import { momentOf } from '../command/moment.ts';
import { inspectContainer } from './inspected.ts';

/** @source docker/cli v20.10 cli/command/container/logs.go; moby client/container_logs.go */
export const logs: Command = {
  words: exactly(1),
  run: (call) => {
    const { engine, flags, out, words } = call;
    const { Id: id } = inspectContainer(call, words[0] ?? '');
    const one = (flag: string): string | undefined => (flags.isOn(flag) ? '1' : undefined);
    const path = pathWith(`/containers/${id}/logs`, {
      stdout: '1',
      stderr: '1',
      since: momentOf(call, 'since', 'invalid value for "since": '),
      until: momentOf(call, 'until', 'invalid value for "until": '),
      timestamps: one('timestamps'),
      details: one('details'),
      follow: one('follow'),
      tail: flags.text('tail', 'all'),
    });
    const reply = engine.reply({ method: 'GET', path });
    if (reply.status >= 400) throw new ClientError(refusalOf(reply, 'container', id));
    out.pass(reply.pieces, reply.isOpen);
  },
};
