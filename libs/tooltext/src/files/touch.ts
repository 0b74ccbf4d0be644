import type { Tool } from '../tool.ts';
import { fileCall, outcomeOf, placeIn, usageOf } from './operands.ts';

/** `touch [-c] FILE...` */
export const touch: Tool = (world, argv) => {
  const call = fileCall(world, argv, { tool: 'touch', letters: 'achmd:t:r:' });
  if ('exitCode' in call) return call;
  const { files, operands, options, isBusybox, problems } = call;
  if (operands.length === 0) return usageOf(world, 'touch', 'missing file operand');
  for (const operand of operands) {
    const path = placeIn(call, operand);
    const there = files.find(files.follow(path));
    const isLeft = there?.kind === 'directory' || (there === null && options.has('c'));
    const problem = isLeft ? null : files.write(path, '', true);
    if (problem === null) continue;
    const what = isBusybox ? operand : `cannot touch '${operand}'`;
    problems.push(`touch: ${what}: ${problem}\n`);
  }
  return outcomeOf(call);
};
