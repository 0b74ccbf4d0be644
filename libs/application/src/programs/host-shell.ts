import type { CommandBody, HostName, LabId } from '@netfold/contracts';
import { hostWorld, noInput } from '@netfold/tooltext';
import type { CommandResult } from '../command-request.ts';
import type { LabStates } from '../lab-states.ts';
import { runProgram } from './run-program.ts';
import { teaches } from './traffic.ts';

/** What a command on a lab host printed. */
export type HostShellResult = {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
};

/** What a program that would never end is said to have ended with. */
const endlessExitCode = 124;

/** Who runs a line on a host, and where its facts go. */
export type HostShell = {
  readonly states: LabStates;
  readonly clock: () => number;
  readonly submit: (body: CommandBody) => Promise<CommandResult>;
};

/** How long the facts of a line are waited for before its user sees its end. */
const readableMs = 10_000;

/**
 * Runs one command in the shell of a lab host, as root. It reads committed state; what its packets
 * taught is a commit of its own.
 *
 * @param argv  the command's words, `['sh', '-c', 'ip link | head -2']`
 * @returns `null` when there is no such lab or host
 */
export const runHostShell = async (
  shell: HostShell,
  at: { readonly labId: LabId; readonly host: HostName },
  argv: readonly string[],
): Promise<HostShellResult | null> => {
  const found = await shell.states.committed(at.labId);
  if (found?.lab.state !== 'active') return null;
  const host = found.lab.hosts.get(at.host);
  if (host === undefined) return null;
  const world = hostWorld({ lab: found.lab, labId: at.labId, host, now: shell.clock() });
  const output = runProgram(world, argv, noInput);
  if (output === null) {
    const name = argv[0] ?? '';
    return { stdout: '', stderr: `sh: 1: ${name}: not found\n`, exitCode: 127 };
  }
  if (teaches(output.traffic)) {
    const { traffic } = output;
    const { labVersion } = await shell.submit({ type: 'ReportTraffic', traffic });
    await shell.states.waitFor(at.labId, labVersion, readableMs);
  }
  const text = (stream: 'stdout' | 'stderr'): string =>
    output.pieces
      .filter((piece) => piece.stream === stream)
      .map((piece) => piece.text)
      .join('');
  return {
    stdout: text('stdout'),
    stderr: text('stderr'),
    exitCode: output.durationMs === null ? endlessExitCode : output.exitCode,
  };
};
