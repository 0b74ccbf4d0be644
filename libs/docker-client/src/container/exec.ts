import { ClientError } from '../command/client-error.ts';
import { atLeast } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { objectPath } from '../command/object-path.ts';
import { pairsOf, readVariable } from '../value/key-value-file.ts';
import { checkedBy } from '../value/value-problem.ts';
import { refuseTerminal, refuseUpgrade } from './attach.ts';
import { inspectContainer } from './inspected.ts';

/** The body of `POST /containers/{id}/exec`. */
type ExecBody = Readonly<Record<string, unknown>>;

/** @source docker/cli v20.10 cli/command/container/exec.go */
export const exec: Command = {
  words: atLeast(2),
  stopsAtWord: true,
  checks: { env: checkedBy(readVariable) },
  run: (call) => {
    const { engine, flags, words } = call;
    const [container = ''] = words;
    const body = bodyOf(call);
    inspectContainer(call, container);
    const isDetached = flags.isOn('detach');
    const Tty = flags.isOn('tty');
    const isInteractive = flags.isOn('interactive') && !isDetached;
    refuseTerminal(isInteractive && Tty);
    const made = engine.post(objectPath(`/containers/${container}/exec`), {}, body);
    const { Id: id } = made as { readonly Id: string };
    if (id === '') throw new ClientError('exec ID empty');
    if (!isDetached) return listen(call, id, isInteractive);
    engine.post(`/exec/${id}/start`, {}, { Detach: true, Tty });
    return 0;
  },
};

const bodyOf = (call: CommandCall): ExecBody => {
  const { flags, words, environment } = call;
  const isAttached = !flags.isOn('detach');
  const fallback = (name: string): string | null => environment.get(name) ?? null;
  const given = flags.list('env').map((one) => readVariable(one, environment));
  const variables = pairsOf(call, flags.list('env-file'), given, fallback);
  return {
    User: flags.text('user'),
    Privileged: flags.isOn('privileged'),
    Tty: flags.isOn('tty'),
    AttachStdin: isAttached && flags.isOn('interactive'),
    AttachStderr: isAttached,
    AttachStdout: isAttached,
    Detach: !isAttached,
    DetachKeys: flags.text('detach-keys'),
    Env: variables.length === 0 ? null : variables,
    WorkingDir: flags.text('workdir'),
    Cmd: words.slice(1),
  };
};

/** Prints what the command prints. @returns its exit code */
const listen = (call: CommandCall, id: string, isInteractive: boolean): number => {
  const { engine, flags, out, stdin } = call;
  const reply = engine.reply({
    method: 'POST',
    path: `/exec/${id}/start`,
    body: { Detach: false, Tty: flags.isOn('tty') },
    ...(isInteractive ? { input: stdin.text } : {}),
  });
  refuseUpgrade(reply);
  out.pass(reply.pieces, reply.isOpen);
  if (reply.isOpen) return 0;
  const { ExitCode } = engine.get(`/exec/${id}/json`) as { readonly ExitCode: number };
  return ExitCode;
};
