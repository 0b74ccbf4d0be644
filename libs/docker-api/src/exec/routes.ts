import { runInContainer, teaches } from '@netfold/application';
import type { ProgramRun } from '@netfold/application';
import type { Traffic } from '@netfold/contracts';
import { goQuoted, imageOf, userProblem } from '@netfold/domain';
import type { Exec } from '@netfold/domain';
import { asContainer, containerWorld, WatchedInput } from '@netfold/tooltext';
import type { Input, PrintedPiece } from '@netfold/tooltext';
import { getContainer } from '../engine/call.ts';
import type { Call } from '../engine/call.ts';
import type { Route } from '../engine/routing.ts';
import { EngineError } from '../http/engine-error.ts';
import { flagOf, objectOf, textOf, textsOf } from '../http/fields.ts';
import { sendEmpty, sendJson } from '../http/reply.ts';
import { checkTerminalSize, readJson } from '../http/request.ts';
import { hijack } from '../stream/hijack.ts';
import { createForm, startForm } from './exec-type.ts';
import type { HijackedStream } from '../stream/hijack.ts';
import { writeInTime } from '../stream/pace.ts';
import { serveShell, shellOf } from '../stream/shell-session.ts';

const create = async (call: Call): Promise<void> => {
  const body = objectOf(await readJson(call.request, createForm));
  const command = textsOf(body, 'Cmd');
  if (command.length === 0) throw new EngineError('invalidParameter', 'No exec command specified');
  const answer = await call.submit({
    type: 'CreateExec',
    host: call.context.host,
    container: call.parameter('id'),
    command,
    environment: textsOf(body, 'Env'),
    user: textOf(body, 'User'),
    workingDir: textOf(body, 'WorkingDir'),
    tty: flagOf(body, 'Tty'),
    attachStdin: flagOf(body, 'AttachStdin'),
    attachStdout: flagOf(body, 'AttachStdout'),
    attachStderr: flagOf(body, 'AttachStderr'),
    privileged: flagOf(body, 'Privileged'),
    detachKeys: textOf(body, 'DetachKeys'),
  });
  sendJson(call.response, 201, { Id: answer.ids['execId'] ?? '' });
};

const getExec = async (call: Call): Promise<Exec> => {
  const { host } = await call.see();
  const exec = host.execs.get(call.parameter('id'));
  if (exec !== undefined) return exec;
  throw new EngineError('notFound', `No such exec instance: ${call.parameter('id')}`);
};

const inspect = async (call: Call): Promise<void> => {
  const exec = await getExec(call);
  const [entrypoint = '', ...args] = exec.command;
  sendJson(call.response, 200, {
    ID: exec.id,
    Running: exec.status === 'running',
    ExitCode: exec.exitCode,
    ProcessConfig: {
      tty: exec.tty,
      entrypoint,
      arguments: args,
      privileged: exec.privileged,
      ...(exec.user === '' ? {} : { user: exec.user }),
    },
    OpenStdin: exec.attachStdin,
    OpenStderr: exec.attachStderr,
    OpenStdout: exec.attachStdout,
    CanRemove: exec.status === 'died',
    ContainerID: exec.containerId,
    DetachKeys: exec.detachKeys === '' ? '' : Buffer.from(exec.detachKeys).toString('base64'),
    Pid: exec.processId,
  });
};

/** Longest time that a foreground program is waited for, milliseconds. */
const waitMsMax = 60_000;

type Ended = { readonly exitCode: number; readonly traffic?: Traffic };

type ExecIo = {
  readonly input: () => Promise<string>;
  readonly write: (stream: 'stdout' | 'stderr', text: string) => void;
  readonly closed: AbortSignal;
};

/** A program that reads is given what the client sends; any other one does not wait for it. */
const outputOf = async (call: Call, exec: Exec, io: ExecIo): Promise<ProgramRun | null> => {
  const runWith = async (stdin: Input): Promise<ProgramRun | null> => {
    const seen = await call.see();
    const container = getContainer(seen, exec.containerId);
    const place = { ...seen, labId: call.context.labId, now: call.context.clock() };
    return runInContainer({ place, container, runAs: exec, argv: exec.command, stdin });
  };
  const watched = new WatchedInput();
  const output = await runWith(watched);
  if (!watched.wasRead || !exec.attachStdin) return output;
  return runWith({ text: await io.input() });
};

/** Why the runtime cannot start a program. @source golang/go os/exec LookPath; recorded engine */
const startProblem = async (call: Call, exec: Exec): Promise<string> => {
  const [name = ''] = exec.command;
  if (!name.includes('/')) return 'executable file not found in $PATH';
  const seen = await call.see();
  const place = { ...seen, labId: call.context.labId, now: call.context.clock() };
  const world = containerWorld(place, getContainer(seen, exec.containerId), exec);
  const isThere = world.listDirectory(name) !== null || world.readFile(name) !== null;
  return isThere ? 'permission denied' : `stat ${name}: no such file or directory`;
};

const ociFailed = 'OCI runtime exec failed: exec failed: ';

/**
 * Why a process cannot be in the place that it is to be in, whatever it is.
 * @source opencontainers/runc 1.1 libcontainer/init_linux.go finalizeNamespace; recorded engine
 */
const placeProblem = async (call: Call, exec: Exec): Promise<string | null> => {
  const seen = await call.see();
  const container = getContainer(seen, exec.containerId);
  const ofUser = userProblem(container, imageOf(seen.lab, container.image), exec.user);
  if (ofUser !== null) return ofUser;
  const folder = exec.workingDir;
  if (folder === '') return null;
  if (!folder.startsWith('/')) return `${ociFailed}Cwd must be an absolute path: unknown`;
  const place = { ...seen, labId: call.context.labId, now: call.context.clock() };
  const world = containerWorld(place, container, asContainer);
  if (world.listDirectory(folder) !== null) return null;
  const said = world.readFile(folder) === null ? 'no such file or directory' : 'not a directory';
  return (
    `${ociFailed}unable to start container process: chdir to cwd (${goQuoted(folder)}) ` +
    `set in config.json failed: ${said}: unknown`
  );
};

/** What it prints, or the runtime's words why it is not started. */
const started = async (call: Call, exec: Exec, io: ExecIo): Promise<ProgramRun | string> => {
  const problem = await placeProblem(call, exec);
  if (problem !== null) return problem;
  const output = await outputOf(call, exec, io);
  if (output !== null) return output;
  const reason = await startProblem(call, exec);
  const name = exec.command[0] ?? '';
  return `${ociFailed}unable to start container process: exec: "${name}": ${reason}: unknown`;
};

const notStartedCode = 126;

const run = async (call: Call, exec: Exec, io: ExecIo): Promise<Ended> => {
  const output = await started(call, exec, io);
  if (typeof output === 'string') {
    // A runtime failure is text on the stream, ended as on a terminal. @source moby exec_routes
    io.write('stdout', `${output}\r\n`);
    return { exitCode: notStartedCode };
  }
  return play(call, exec, io, output);
};

const play = async (call: Call, exec: Exec, io: ExecIo, output: ProgramRun): Promise<Ended> => {
  const { commands } = output;
  for (const command of commands) await call.submit(command);
  const write = ({ stream, text }: PrintedPiece) => {
    if (stream === 'stdout' ? exec.attachStdout : exec.attachStderr) io.write(stream, text);
  };
  await writeInTime(output, write, { msMax: waitMsMax, interrupted: io.closed });
  const exitCode = output.durationMs === null ? 137 : output.exitCode;
  return teaches(output.traffic) ? { exitCode, traffic: output.traffic } : { exitCode };
};

/** A shell on a terminal is a session; anything else prints and ends. */
const serve = async (call: Call, exec: Exec, stream: HijackedStream): Promise<Ended> => {
  const name = exec.tty && exec.attachStdin ? shellOf(exec.command) : null;
  if (name !== null) {
    const container = getContainer(await call.see(), exec.containerId);
    const exitCode = await serveShell(call, stream, container, { name, runAs: exec });
    return { exitCode: exitCode ?? 137 };
  }
  return run(call, exec, {
    input: () => stream.input(),
    write: (to, text) => stream.write(to, text),
    closed: stream.closed,
  });
};

const startDetached = async (call: Call, exec: Exec): Promise<void> => {
  const nobody = new AbortController();
  const io = { input: () => Promise.resolve(''), write: () => undefined, closed: nobody.signal };
  const output = await started(call, exec, io);
  const end = { type: 'EndExec', host: call.context.host, execId: exec.id } as const;
  if (typeof output === 'string') {
    await call.submit({ ...end, exitCode: notStartedCode });
    throw new EngineError('invalidParameter', output);
  }
  sendEmpty(call.response, 200);
  await call.submit({ ...end, ...(await play(call, exec, io, output)) });
};

const start = async (call: Call): Promise<void> => {
  const body = objectOf(await readJson(call.request, startForm));
  const exec = await getExec(call);
  await call.submit({ type: 'StartExec', host: call.context.host, execId: exec.id });
  if (flagOf(body, 'Detach')) {
    await startDetached(call, exec);
    return;
  }
  const stream = hijack(call, exec.tty);
  let ended: Ended = { exitCode: 137 };
  try {
    ended = await serve(call, exec, stream);
  } finally {
    // The end is a fact before the client is told: its next request asks for the exit code.
    await call.submit({ type: 'EndExec', host: call.context.host, execId: exec.id, ...ended });
    stream.end();
  }
};

/** A terminal's size is the session's own matter and changes nothing in the lab. */
const resize = async (call: Call): Promise<void> => {
  checkTerminalSize(call.query);
  await getExec(call);
  sendEmpty(call.response, 200);
};

export const execRoutes: readonly Route[] = [
  { method: 'POST', path: '/containers/{id}/exec', handler: create },
  { method: 'POST', path: '/exec/{id}/start', handler: start },
  { method: 'POST', path: '/exec/{id}/resize', handler: resize },
  { method: 'GET', path: '/exec/{id}/json', handler: inspect },
];
