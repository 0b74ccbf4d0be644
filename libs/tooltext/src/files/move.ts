import type { FileEntry } from '@netfold/contracts';
import { resolvePath } from '../shell/session.ts';
import type { FileEdits, Tool, ToolWorld } from '../tool.ts';
import { baseName, below, fileCall, outcomeOf, placeIn, usageOf } from './operands.ts';
import type { FileCall } from './operands.ts';

const form = { tool: 'mv', letters: 'fvn', long: { force: 'f', verbose: 'v' } } as const;

/** `mv [-v] SOURCE... TARGET` */
export const mv: Tool = (world, argv) => {
  const call = fileCall(world, argv, form);
  if ('exitCode' in call) return call;
  const { files, operands, isBusybox } = call;
  const [first] = operands;
  if (first === undefined) return usageOf(world, 'mv', 'missing file operand');
  const target = operands.at(-1) ?? '';
  if (operands.length === 1) {
    return usageOf(world, 'mv', `missing destination file operand after '${first}'`);
  }
  const isInto = files.isFolder(placeIn(call, target));
  const isThere = files.find(placeIn(call, target)) !== null;
  if (operands.length > 2 && !isInto && !isBusybox) {
    const problem = isThere ? 'Not a directory' : 'No such file or directory';
    call.problems.push(`mv: target '${target}': ${problem}\n`);
    return outcomeOf(call);
  }
  for (const source of operands.slice(0, -1)) {
    const name = isInto || operands.length > 2 ? below(target, baseName(source)) : target;
    moveOne(call, source, name);
  }
  return outcomeOf(call);
};

const moveOne = (call: FileCall, source: string, target: string): void => {
  const { files, world, options, isBusybox, problems, told } = call;
  const [from, to] = [placeIn(call, source), placeIn(call, target)];
  const entry = files.find(from);
  if (entry === null) {
    const verb = isBusybox ? "can't rename" : 'cannot stat';
    problems.push(`mv: ${verb} '${source}': No such file or directory\n`);
    return;
  }
  if (from === to) {
    if (!isBusybox) problems.push(`mv: '${source}' and '${target}' are the same file\n`);
    return;
  }
  const refusal = refusalOf(call, entry, to);
  if (refusal !== null) {
    const said = isBusybox ? `can't rename '${source}': ${refusal.kernel}` : refusal.gnu;
    problems.push(`mv: ${said.replace('SOURCE', source).replaceAll('TARGET', target)}\n`);
    return;
  }
  const problem = moveTree(world, files, entry, to) ?? files.remove(from);
  if (problem !== null) {
    const can = isBusybox ? `can't rename '${source}'` : `cannot move '${source}' to '${target}'`;
    problems.push(`mv: ${can}: ${problem}\n`);
  } else if (options.has('v')) {
    told.push(`${isBusybox ? '' : 'renamed '}'${source}' -> '${target}'\n`);
  }
};

/** Why the one cannot take the place of the other: in GNU's words, and in the kernel's. */
const refusalOf = (
  { files, world }: FileCall,
  { kind, path }: FileEntry,
  to: string,
): { readonly gnu: string; readonly kernel: string } | null => {
  const there = files.find(to);
  const isFolder = kind === 'directory';
  if (isFolder && to.startsWith(`${path}/`)) {
    const gnu = "cannot move 'SOURCE' to a subdirectory of itself, 'TARGET'";
    return { gnu, kernel: 'Invalid argument' };
  }
  if (there === null) return null;
  if (isFolder && there.kind !== 'directory') {
    const gnu = "cannot overwrite non-directory 'TARGET' with directory 'SOURCE'";
    return { gnu, kernel: 'Not a directory' };
  }
  if (!isFolder && there.kind === 'directory') {
    const gnu = "cannot overwrite directory 'TARGET' with non-directory 'SOURCE'";
    return { gnu, kernel: 'Is a directory' };
  }
  if (isFolder && (world.listDirectory(to) ?? []).length > 0) {
    return {
      gnu: "cannot move 'SOURCE' to 'TARGET': Directory not empty",
      kernel: 'Directory not empty',
    };
  }
  return null;
};

/** @returns the kernel's words why not, or `null` */
const moveTree = (
  world: ToolWorld,
  files: FileEdits,
  entry: FileEntry,
  to: string,
): string | null => {
  const inside = entry.kind === 'directory' ? (world.listDirectory(entry.path) ?? []) : [];
  const problem = files.put(to, entry);
  if (problem !== null) return problem;
  for (const name of inside) {
    const found = files.find(resolvePath(entry.path, name));
    const next = found === null ? null : moveTree(world, files, found, resolvePath(to, name));
    if (next !== null) return next;
  }
  return null;
};
