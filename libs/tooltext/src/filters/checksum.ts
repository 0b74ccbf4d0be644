import { sha256 } from '@netfold/domain';
import type { Tool } from '../tool.ts';
import { invalidOption, linesOf, parseOptions, readInputs } from './input.ts';
import { bytesOf } from './bytes.ts';
import { md5 } from './md5.ts';

/** `md5sum`, `sha256sum`: `[-c] FILE...` */
const checksum =
  (tool: 'md5sum' | 'sha256sum', digest: (text: string) => string): Tool =>
  (world, argv, stdin) => {
    const { options, operands, unknown } = parseOptions(argv, 'bctsw');
    if (unknown !== null) return invalidOption(tool, unknown);
    const { inputs, errors } = readInputs(world, tool, operands, stdin);
    const told: string[] = [];
    let failures = 0;
    for (const { name, text } of inputs) {
      if (!options.has('c')) {
        told.push(`${digest(text)}  ${name}\n`);
        continue;
      }
      for (const line of linesOf(text)) {
        const [, sum, path = ''] = /^([0-9a-f]+) [ *](.*)$/.exec(line) ?? [];
        const isSame = digest(world.readFile(path) ?? '') === sum;
        if (!isSame) failures += 1;
        told.push(`${path}: ${isSame ? 'OK' : 'FAILED'}\n`);
      }
    }
    const end = world.userland === 'busybox' ? '' : mismatches(tool, failures);
    const exitCode = errors !== '' || failures > 0 ? 1 : 0;
    return { stdout: told.join(''), stderr: errors + end, exitCode, durationMs: 0 };
  };

const mismatches = (tool: string, count: number): string => {
  if (count === 0) return '';
  const noun = count === 1 ? 'computed checksum' : 'computed checksums';
  return `${tool}: WARNING: ${count} ${noun} did NOT match\n`;
};

export const md5sum = checksum('md5sum', (text) => md5(bytesOf(text)));
export const sha256sum = checksum('sha256sum', sha256);
