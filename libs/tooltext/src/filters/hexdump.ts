import { failed, lines } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { bytesOf } from './bytes.ts';
import { parseOptions, readInputs } from './input.ts';

const rowBytes = 16;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** `hexdump -C [FILE...]`: bytes and letters side by side. */
export const hexdump: Tool = (world, argv, stdin) => {
  const { options, operands, unknown } = parseOptions(argv, 'Cvn:');
  if (unknown !== null || !options.has('C')) {
    return failed(1, 'netfold: `hexdump` is simulated with -C only\n');
  }
  const { inputs, errors } = readInputs(world, 'hexdump', operands, stdin);
  const all = bytesOf(inputs.map(({ text }) => text).join(''));
  const bytes = all.slice(0, Number(options.get('n')?.at(-1) ?? all.length));
  const out: string[] = [];
  let before = '';
  for (let at = 0; at < bytes.length; at += rowBytes) {
    const row = rowText(bytes.slice(at, at + rowBytes));
    const isRepeated = row === before && !options.has('v');
    if (!isRepeated) out.push(`${hex(at, 8)}  ${row}`);
    else if (out.at(-1) !== '*') out.push('*');
    before = row;
  }
  if (bytes.length > 0) out.push(hex(bytes.length, 8));
  return { stdout: lines(out), stderr: errors, exitCode: errors === '' ? 0 : 1, durationMs: 0 };
};

const rowText = (bytes: readonly number[]): string => {
  const cells = bytes.map((byte, at) => (at === rowBytes / 2 ? ` ${hex(byte, 2)}` : hex(byte, 2)));
  const letters = bytes.map((byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
  );
  return `${cells.join(' ').padEnd(rowBytes * 3)}  |${letters.join('')}|`;
};
