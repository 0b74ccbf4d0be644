import { failed, printed } from '../tool.ts';
import type { FileEdits, Tool, ToolWorld } from '../tool.ts';
import { parseOptions } from '../filters/input.ts';
import { resolvePath } from '../shell/session.ts';

const noFiles = 'Read-only file system';

/** The problems of all operands, each told; what can be done is done. */
const each = (
  world: ToolWorld,
  operands: readonly string[],
  act: (files: FileEdits, path: string) => string | null,
): readonly (readonly [operand: string, problem: string])[] =>
  operands.flatMap((operand) => {
    const { files } = world;
    const path = resolvePath(world.workingDirectory, operand);
    const problem = files === null ? noFiles : act(files, path);
    return problem === null ? [] : [[operand, problem] as const];
  });

/** `tee [-a] FILE...` */
export const tee: Tool = (world, argv, stdin) => {
  const { options, operands } = parseOptions(argv, 'ai');
  const { text } = stdin;
  const problems = each(world, operands, (files, path) =>
    files.write(path, text, options.has('a')),
  );
  const told = problems.map(([operand, problem]) => `tee: ${operand}: ${problem}\n`).join('');
  return { ...printed(text), stderr: told, exitCode: problems.length > 0 ? 1 : 0 };
};

/** `touch FILE...` */
export const touch: Tool = (world, argv) => {
  const { options, operands } = parseOptions(argv, 'acm');
  const problems = each(world, operands, (files, path) =>
    files.isFolder(path) || options.has('c') ? null : files.write(path, '', true),
  );
  const isBusybox = world.userland === 'busybox';
  const told = problems.map(([operand, problem]) =>
    isBusybox
      ? `touch: ${operand}: ${problem}\n`
      : `touch: cannot touch '${operand}': ${problem}\n`,
  );
  return told.length > 0 ? failed(1, told.join('')) : printed('');
};

/** `mkdir [-p] FOLDER...` */
export const mkdir: Tool = (world, argv) => {
  const { options, operands } = parseOptions(argv, 'pv');
  const problems = each(world, operands, (files, path) => {
    if (!options.has('p')) return files.makeFolder(path);
    const parts = path.split('/').slice(1);
    for (const [at] of parts.entries()) {
      const above = `/${parts.slice(0, at + 1).join('/')}`;
      const problem = files.isFolder(above) ? null : files.makeFolder(above);
      if (problem !== null) return problem;
    }
    return null;
  });
  const isBusybox = world.userland === 'busybox';
  const told = problems.map(([operand, problem]) =>
    isBusybox
      ? `mkdir: can't create directory '${operand}': ${problem}\n`
      : `mkdir: cannot create directory ‘${operand}’: ${problem}\n`,
  );
  return told.length > 0 ? failed(1, told.join('')) : printed('');
};
