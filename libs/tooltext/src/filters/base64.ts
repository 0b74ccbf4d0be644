import { failed, printed } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { bytesOf, textOfBytes } from './bytes.ts';
import { invalidOption, parseOptions, readInputs } from './input.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const usualWidth = 76;

/** `base64 [-d] [-w COLUMNS] [FILE]` */
export const base64: Tool = (world, argv, stdin) => {
  const words = argv.map((word) => (word === '--decode' ? '-d' : word));
  const { options, operands, unknown } = parseOptions(words, 'diw:');
  if (unknown !== null) return invalidOption('base64', unknown);
  const { inputs, errors } = readInputs(world, 'base64', operands.slice(0, 1), stdin);
  const [input] = inputs;
  if (input === undefined) return failed(1, errors);
  if (options.has('d')) {
    const decoded = decode(input.text);
    if (decoded.isWhole) return printed(decoded.text);
    const said = world.userland === 'busybox' ? 'base64: truncated input\n' : invalidInput;
    return failed(1, said, decoded.text);
  }
  const width = Number(options.get('w')?.at(-1) ?? usualWidth);
  const text = encode(bytesOf(input.text));
  if (width === 0) return printed(text);
  return printed(text.replaceAll(new RegExp(`.{1,${width}}`, 'g'), (line) => `${line}\n`));
};

const invalidInput = 'base64: invalid input\n';

const encode = (bytes: readonly number[]): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const left = bytes.length - at;
    const four = [18, 12, 6, 0].map((by) => letters[(bits >> by) & 63] ?? '').join('');
    text += left >= 3 ? four : four.slice(0, left + 1).padEnd(4, '=');
  }
  return text;
};

const decode = (given: string): { readonly text: string; readonly isWhole: boolean } => {
  const text = given.replaceAll(/\s/g, '');
  const valid = /^[A-Za-z0-9+/]*/.exec(text)?.[0] ?? '';
  const isWhole = /^=*$/.test(text.slice(valid.length)) && text.length % 4 === 0;
  const bytes: number[] = [];
  for (let at = 0; at < valid.length; at += 4) {
    const part = valid.slice(at, at + 4);
    const bits = Array.from({ length: 4 }, (_, place) => letters.indexOf(part[place] ?? 'A'));
    const [a = 0, b = 0, c = 0, d = 0] = bits;
    const all = [(a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d];
    bytes.push(...all.slice(0, Math.max(0, part.length - 1)));
  }
  return { text: textOfBytes(bytes), isWhole };
};
