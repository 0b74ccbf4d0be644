import { listenersOfCommand } from '@netfold/domain';
import { commandName } from '../command-name.ts';
import { failed, printed } from '../tool.ts';
import type { ToolOutput, ToolWorld } from '../tool.ts';

/**
 * A program that listens goes on until somebody ends it, unless another one has its port: what it
 * answers is told by its words and by the files that it serves.
 */
export const serve = (world: ToolWorld, argv: readonly string[]): ToolOutput => {
  const isTaken = listenersOfCommand(argv).some(({ protocol, port }) =>
    world.stack.sockets.some(
      (socket) =>
        socket.protocol.startsWith(protocol) &&
        socket.localPort === port &&
        socket.processId !== world.processId,
    ),
  );
  const name = commandName(argv[0] ?? '') ?? '';
  if (!isTaken) return { ...printed(''), durationMs: null };
  if (name.startsWith('python')) return failed(1, 'OSError: [Errno 98] Address already in use\n');
  return failed(1, `${name}: bind: Address already in use\n`);
};

/** Programs that are played as servers alone. One that leaves its terminal is not. */
export const servers: ReadonlyMap<string, (argv: readonly string[]) => boolean> = new Map([
  ['httpd', (argv) => argv.some((word) => /^-[a-z]*f/.test(word))],
  ...['python', 'python3', 'python2'].map(
    (name) => [name, (argv: readonly string[]) => argv.includes('-m')] as const,
  ),
]);
