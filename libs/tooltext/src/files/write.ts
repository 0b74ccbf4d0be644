import { parseOptions } from '../filters/input.ts';
import { resolvePath } from '../shell/session.ts';
import { printed } from '../tool.ts';
import type { Tool } from '../tool.ts';

/** `tee [-a] FILE...` */
export const tee: Tool = (world, argv, stdin) => {
  const { options, operands } = parseOptions(argv, 'ai');
  const { text } = stdin;
  const told = operands.flatMap((operand) => {
    const path = resolvePath(world.workingDirectory, operand);
    const problem = world.files?.write(path, text, options.has('a')) ?? null;
    const words = world.files === null ? 'Read-only file system' : problem;
    return words === null ? [] : [`tee: ${operand}: ${words}\n`];
  });
  return { ...printed(text), stderr: told.join(''), exitCode: told.length > 0 ? 1 : 0 };
};
