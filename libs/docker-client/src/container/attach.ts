import { ClientError } from '../command/client-error.ts';
import { exactly } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { pathWith, refusalText } from '../command/engine.ts';
import { objectPath } from '../command/object-path.ts';
import type { EngineCall, EngineReply } from '../engine-call.ts';
import { exitCodeOf, waitFor } from './exit.ts';
import type { Exit } from './exit.ts';
import { inspectContainer } from './inspected.ts';
import type { Inspected } from './inspected.ts';
import type { Attached } from './settings/create-body.ts';

/** @throws ClientError where a terminal is wanted: a line of a shell has none */
export const refuseTerminal = (isWanted: boolean): void => {
  if (isWanted) throw new ClientError('the input device is not a TTY');
};

type Attachment = {
  /** Of the container: `/containers/web`. */
  readonly path: string;
  readonly attached: Attached;
  readonly detachKeys: string;
  readonly meanwhile: readonly EngineCall[];
};

/** Attaches to streams of a container and makes other calls once they stand. @throws ClientError */
export const attachTo = (call: CommandCall, attachment: Attachment): EngineReply => {
  const { path, attached, detachKeys, meanwhile } = attachment;
  const reply = call.engine.reply({
    method: 'POST',
    path: pathWith(`${path}/attach`, {
      stream: '1',
      stdin: attached.stdin ? '1' : undefined,
      stdout: attached.stdout ? '1' : undefined,
      stderr: attached.stderr ? '1' : undefined,
      detachKeys: detachKeys === '' ? undefined : detachKeys,
    }),
    ...(attached.stdin ? { input: call.stdin.text } : {}),
    meanwhile,
  });
  refuseUpgrade(reply);
  return reply;
};

/** @throws ClientError @source docker/docker client/hijack.go setupHijackConn */
export const refuseUpgrade = ({ status }: EngineReply): void => {
  if (status < 400) return;
  throw new ClientError(`unable to upgrade to tcp, received ${status}`);
};

/**
 * The client asks for the exit first; here that comes with the stream, which nobody can tell.
 *
 * @source docker/cli v20.10 cli/command/container/attach.go
 */
export const attach: Command = {
  words: exactly(1),
  run: (call) => {
    const { engine, flags, out, words } = call;
    const path = objectPath(`/containers/${words[0] ?? ''}`);
    const wait = waitFor(path, '');
    let container: Inspected;
    try {
      container = inspectContainer(call, words[0] ?? '');
      refuseUnlessRunning(container);
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      // Told at once of a container that is gone or has ended; nobody listens otherwise.
      engine.reply({ ...wait, isAbandoned: true });
      throw error;
    }
    const isStdin = !flags.isOn('no-stdin');
    refuseTerminal(isStdin && container.Config.Tty);
    const reply = attachTo(call, {
      path,
      attached: { stdin: isStdin && container.Config.OpenStdin, stdout: true, stderr: true },
      detachKeys: flags.text('detach-keys'),
      meanwhile: [wait, { method: 'GET', path: `${path}/json` }],
    });
    out.pass(reply.pieces, reply.isOpen);
    if (reply.isOpen) return 0;
    refuseFailedWait(reply.meanwhile[0]);
    return exitCodeOf(call, reply.meanwhile[0]);
  },
};

const refuseUnlessRunning = ({ State }: Inspected): void => {
  const cannot = (kind: string, advice: string): ClientError =>
    new ClientError(`You cannot attach to a ${kind} container, ${advice}`);
  if (!State.Running) throw cannot('stopped', 'start it first');
  if (State.Paused) throw cannot('paused', 'unpause it first');
  if (State.Restarting) throw cannot('restarting', 'wait until it is running');
};

/** Here the words of a failed wait are the client's last. */
const refuseFailedWait = (wait: EngineReply | undefined): void => {
  if (wait === undefined || wait.text === '') return;
  if (wait.status >= 400) throw new ClientError(refusalText(wait));
  const { Error: problem = null } = JSON.parse(wait.text) as Exit;
  if (problem !== null) throw new ClientError(problem.Message);
};
