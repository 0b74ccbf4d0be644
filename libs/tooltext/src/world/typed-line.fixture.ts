import type { SingleCommand } from '@netfold/contracts';
import { findInstalled, newBudget, noInput } from '../program.ts';
import type { ToolWorld } from '../tool.ts';

export type TypedLine = {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly durationMs: number | null;
  /** What it wrote, for the lab. */
  readonly commands: readonly SingleCommand[];
};

/** Types a line into the shell of a place. */
export const typeLine = (world: ToolWorld, line: string): TypedLine => {
  const argv = [world.userland === 'busybox' ? 'sh' : 'bash', '-c', line];
  const shell = findInstalled(world, argv[0] ?? '');
  if (shell === null) throw new Error('no shell');
  const call = { world, argv, stdin: noInput, find: findInstalled, budget: newBudget(), depth: 0 };
  const { pieces, exitCode, durationMs } = shell(call);
  const printed = (stream: 'stdout' | 'stderr'): string =>
    pieces.map((piece) => (piece.stream === stream ? piece.text : '')).join('');
  return {
    stdout: printed('stdout'),
    stderr: printed('stderr'),
    exitCode,
    durationMs,
    commands: world.files?.commands ?? [],
  };
};
