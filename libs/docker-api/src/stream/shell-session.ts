import { doneIn, teaches } from '@netfold/application';
import { containerWorld, findInstalled, InteractiveShell } from '@netfold/tooltext';
import type { PrintedPiece, RunAs } from '@netfold/tooltext';
import type { Container } from '@netfold/domain';
import type { Call } from '../engine/call.ts';
import type { HijackedStream } from './hijack.ts';
import { writeInTime } from './pace.ts';
import { Terminal } from './terminal.ts';
import type { LineRunner } from './terminal.ts';

const shells = ['sh', 'bash', 'ash', 'dash'];

/** The bare name of the shell when the command is one waiting for its user; else `null`. */
export const shellOf = (argv: readonly string[]): string | null => {
  const [program = '', ...rest] = argv;
  const name = program.replace(/^(\/usr)?\/bin\//, '');
  const isPlain = rest.every((word) => /^-[il]+$|^--login$/.test(word));
  return shells.includes(name) && isPlain ? name : null;
};

/** Longest time that a line holds the terminal, milliseconds. */
const lineMsMax = 60_000;

/** Exit status of a shell whose container has gone. */
const killedExitCode = 137;

/**
 * Serves an interactive shell inside a running container on a terminal. Each line sees the lab
 * of its moment; variables and the directory are the session's own.
 *
 * @returns the shell's exit status, or `null` when the client left
 */
export const serveShell = async (
  call: Call,
  stream: HijackedStream,
  container: Container,
  shell: { readonly name: string; readonly runAs: RunAs },
): Promise<number | null> => {
  const worldNow = async () => {
    const seen = await call.see();
    const now = seen.host.containers.get(container.id);
    if (now?.processId !== container.processId || now.status !== 'running') return null;
    const place = { ...seen, labId: call.context.labId, now: call.context.clock() };
    return containerWorld(place, now, shell.runAs);
  };
  const first = await worldNow();
  if (first === null) return killedExitCode;
  const session = new InteractiveShell(first, shell.name, findInstalled);
  const runLine: LineRunner = async (line, interrupted) => {
    const world = await worldNow();
    if (world === null) return { exited: killedExitCode };
    const output = session.runLine(world, line);
    const { commands, traffic } = doneIn(world);
    for (const command of commands) await call.submit(command);
    if (teaches(traffic)) await call.submit({ type: 'ReportTraffic', traffic });
    const write = ({ stream: name, text }: PrintedPiece) => stream.write(name, text);
    await writeInTime(output, write, { msMax: lineMsMax, interrupted });
    return { exited: output.exited };
  };
  return new Terminal(stream, () => session.prompt, runLine).serve();
};
