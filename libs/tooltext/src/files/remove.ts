import { failed, printed } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { parseOptions } from '../filters/input.ts';

/** `rm [-rf] PATH...`: what is not there is not there; what is there cannot be removed in a lab. */
export const rm: Tool = (world, argv) => {
  const { options, operands } = parseOptions(argv, 'rRfiv');
  const found = operands.find(
    (path) => world.readFile(path) !== null || world.listDirectory(path) !== null,
  );
  if (found !== undefined) {
    return failed(1, `netfold: \`rm\` of what is there (${found}) is not simulated yet\n`);
  }
  if (options.has('f')) return printed('');
  const can = world.userland === 'busybox' ? "can't" : 'cannot';
  const problems = operands.map(
    (path) => `rm: ${can} remove '${path}': No such file or directory\n`,
  );
  return problems.length === 0 ? printed('') : failed(1, problems.join(''));
};
