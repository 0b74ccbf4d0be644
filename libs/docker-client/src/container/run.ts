import { ClientError, usageExitCode } from '../command/client-error.ts';
import { atLeast } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { refusalText } from '../command/engine.ts';
import type { EngineCall, EngineReply } from '../engine-call.ts';
import { attachTo, refuseTerminal } from './attach.ts';
import { createContainer, readCreateBody, refuseWindowsFlags, reported } from './create.ts';
import { exitCodeOf, giveUpWaiting, waitFor } from './exit.ts';
import { attachedOf } from './settings/create-body.ts';
import type { Attached, CreateBody } from './settings/create-body.ts';
import { hiddenRunFlags, runChecks } from './settings/run-flags.ts';

/** @source docker/cli v20.10 cli/command/container/run.go */
export const run: Command = {
  words: atLeast(1),
  stopsAtWord: true,
  hidden: hiddenRunFlags,
  checks: runChecks,
  run: (call) => {
    const { flags } = call;
    refuseWindowsFlags(call);
    const isDetached = flags.isOn('detach');
    const body = readCreateBody(call, 'run', isDetached);
    const attached = attachedOf(flags);
    if (!isDetached) refuseTerminal(attached.stdin && flags.isOn('tty'));
    else if (flags.isSet('attach')) throw new ClientError('Conflicting options: -a and -d');
    const id = createdContainer(call, body);
    return isDetached ? startDetached(call, id) : startAttached(call, id, attached);
  },
};

const createdContainer = (call: CommandCall, body: CreateBody): string => {
  try {
    return createContainer(call, body);
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    throw reported('run', error.message, { exitCode: startExitCode(error.message) });
  }
};

/** @source docker/cli v20.10 cli/command/container/run.go runStartContainerErr */
const startExitCode = (message: string): number => {
  const isMissing = ['executable file not found', 'no such file or directory'].some((one) =>
    message.includes(one),
  );
  if (isMissing || message.includes('system cannot find the file specified')) return 127;
  return message.includes('permission denied') ? 126 : usageExitCode;
};

const waitAndStart = (
  { flags }: CommandCall,
  id: string,
): { readonly wait: EngineCall; readonly start: EngineCall } => ({
  wait: waitFor(`/containers/${id}`, flags.isOn('rm') ? 'removed' : 'next-exit'),
  start: { method: 'POST', path: `/containers/${id}/start` },
});

/** The client asks when the container ends and leaves before it is told. */
const startDetached = (call: CommandCall, id: string): number => {
  call.out.line(id);
  const { wait, start } = waitAndStart(call, id);
  const reply = call.engine.reply({ ...wait, meanwhile: [start], isAbandoned: true });
  refuseStart(reply.meanwhile[0]);
  return 0;
};

const startAttached = (call: CommandCall, id: string, attached: Attached): number => {
  const { flags, out } = call;
  const isHeard = attached.stdout || attached.stderr;
  if (!isHeard) out.line(id);
  const { wait, start } = waitAndStart(call, id);
  const reply = attachTo(call, {
    path: `/containers/${id}`,
    attached,
    detachKeys: flags.text('detach-keys'),
    meanwhile: [wait, start],
  });
  const [waited, started] = reply.meanwhile;
  if (isRefused(started) && !flags.isOn('rm')) {
    // With --rm the wait is heard to its end, as the container is removed.
    const refusal = startRefusal(started);
    out.warn(refusal.message);
    giveUpWaiting(call);
    throw new ClientError('', refusal.exitCode);
  }
  refuseStart(started);
  out.pass(reply.pieces, reply.isOpen);
  return isHeard && !reply.isOpen ? exitCodeOf(call, waited) : 0;
};

const isRefused = (reply: EngineReply | undefined): reply is EngineReply =>
  reply !== undefined && reply.status >= 400;

const startRefusal = (reply: EngineReply): ClientError => {
  const message = refusalText(reply);
  const exitCode = startExitCode(message);
  return reported('run', message, { exitCode, isHelpNamed: false });
};

const refuseStart = (reply: EngineReply | undefined): void => {
  if (isRefused(reply)) throw startRefusal(reply);
};
