import { failed, printed } from '../tool.ts';
import type { Tool, ToolWorld } from '../tool.ts';
import { parseOptions } from '../filters/input.ts';
import { resolvePath } from '../shell/session.ts';
import { usageOf } from './operands.ts';

/** `rmdir [-p] FOLDER...`: empty ones alone. */
export const rmdir: Tool = (world, argv) => {
  const { options, operands } = parseOptions(
    argv.map((word) => (word === '--parents' ? '-p' : word)),
    'pv',
  );
  const isBusybox = world.userland === 'busybox';
  if (operands.length === 0) return usageOf(world, 'rmdir', 'missing operand');
  const problems: string[] = [];
  for (const operand of operands) {
    for (const name of options.has('p') ? withParents(operand) : [operand]) {
      const problem = problemOf(world, name);
      if (problem === null) continue;
      const what = isBusybox ? `'${name}'` : `failed to remove '${name}'`;
      problems.push(`rmdir: ${what}: ${problem}\n`);
      break;
    }
  }
  return problems.length > 0 ? failed(1, problems.join('')) : printed('');
};

/** `a/b/c`, `a/b`, `a` */
const withParents = (operand: string): readonly string[] => {
  const parts = operand.replace(/\/+$/, '').split('/');
  const names = parts.map((_, at) => parts.slice(0, parts.length - at).join('/'));
  return names.filter((name) => name !== '');
};

const problemOf = (world: ToolWorld, name: string): string | null => {
  const { files } = world;
  if (files === null) return 'Read-only file system';
  const path = resolvePath(world.workingDirectory, name);
  const there = files.find(path);
  if (there === null) return 'No such file or directory';
  if (there.kind !== 'directory') return 'Not a directory';
  if ((world.listDirectory(path) ?? []).length > 0) return 'Directory not empty';
  return files.remove(path);
};
