import type { CommandBody, HostName, LabId, SingleCommand } from '@netfold/contracts';
import { hostWorld, noInput } from '@netfold/tooltext';
import type { CommandResult } from '../command-request.ts';
import type { LabStates } from '../lab-states.ts';
import { runProgram } from './run-program.ts';
import type { ProgramRun } from './run-program.ts';
import { teaches } from './traffic.ts';

/** What a command on a lab host printed. */
export type HostShellResult = {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
};

/** So long a program that would never end is listened to. */
const endlessShownMs = 2_000;
/** What a program that would never end is said to have ended with. */
const endlessExitCode = 124;

/** Who runs a line on a host, and where its facts go. */
export type HostShell = {
  readonly states: LabStates;
  readonly clock: () => number;
  readonly submit: (body: CommandBody, expectedVersion: number | null) => Promise<CommandResult>;
};

/** How long the facts of a line are waited for before its user sees its end. */
const readableMs = 10_000;

/** A line that edits is run anew when somebody else changed the lab meanwhile: so often. */
const attemptsMax = 16;

/**
 * Runs one command in the shell of a lab host, as root. It reads committed state; what it edits
 * and what its packets taught is one commit of its own, of the very version that it read.
 *
 * @param argv  the command's words, `['sh', '-c', 'ip link | head -2']`
 * @returns `null` when there is no such lab or host
 */
export const runHostShell = async (
  shell: HostShell,
  at: { readonly labId: LabId; readonly host: HostName },
  argv: readonly string[],
): Promise<HostShellResult | null> => {
  for (let attempt = 1; ; attempt += 1) {
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
    const told = commandOf(output);
    if (told === null) return printedBy(output);
    const expectedVersion = output.commands.length > 0 ? found.version : null;
    const { outcome, labVersion } = await shell.submit(told, expectedVersion);
    await shell.states.waitFor(at.labId, labVersion, readableMs);
    if (outcome.kind === 'accepted') return printedBy(output);
    const { code, message } = outcome.refusal;
    if (code === 'VersionConflict' && attempt < attemptsMax) continue;
    return { ...printedBy(output), stderr: `netfold: ${message}\n`, exitCode: refusedExitCode };
  }
};

/** What a line edited could not be made a fact. */
const refusedExitCode = 4;

/** What the line did, as one command; `null` when it did nothing. */
const commandOf = ({ commands, traffic }: ProgramRun): CommandBody | null => {
  const taught: SingleCommand = { type: 'ReportTraffic', traffic };
  const all = teaches(traffic) ? [...commands, taught] : commands;
  const [first, second] = all;
  if (first === undefined) return null;
  return second === undefined ? first : { type: 'ApplyBatch', commands: all };
};

const printedBy = (output: ProgramRun): HostShellResult => {
  const shownMs = output.durationMs === null ? endlessShownMs : Infinity;
  const text = (stream: 'stdout' | 'stderr'): string =>
    output.pieces
      .filter((piece) => piece.stream === stream && (piece.atMs ?? 0) <= shownMs)
      .map((piece) => piece.text)
      .join('');
  return {
    stdout: text('stdout'),
    stderr: text('stderr'),
    exitCode: output.durationMs === null ? endlessExitCode : output.exitCode,
  };
};
