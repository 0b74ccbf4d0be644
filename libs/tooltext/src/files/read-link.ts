import type { Tool } from '../tool.ts';
import { fileCall, outcomeOf, placeIn, usageOf } from './operands.ts';

/** `readlink [-fn] PATH...` */
export const readlink: Tool = (world, argv) => {
  const call = fileCall(world, argv, { tool: 'readlink', letters: 'fenmqsv' });
  if ('exitCode' in call) return call;
  const { files, operands, options, told } = call;
  if (operands.length === 0) return usageOf(world, 'readlink', 'missing operand');
  const end = options.has('n') ? '' : '\n';
  let exitCode = 0;
  for (const operand of operands) {
    const path = placeIn(call, operand);
    const entry = files.find(path);
    if (['f', 'e', 'm'].some((letter) => options.has(letter))) {
      told.push(files.follow(path) + end);
    } else if (entry?.kind === 'link') told.push(entry.target + end);
    else exitCode = 1;
  }
  return { ...outcomeOf(call), exitCode };
};

/** `realpath PATH...` */
export const realpath: Tool = (world, argv) => {
  const call = fileCall(world, argv, { tool: 'realpath', letters: 'emsqLPz' });
  if ('exitCode' in call) return call;
  const { files, operands, told } = call;
  if (operands.length === 0) return usageOf(world, 'realpath', 'missing operand');
  for (const operand of operands) told.push(`${files.follow(placeIn(call, operand))}\n`);
  return outcomeOf(call);
};
