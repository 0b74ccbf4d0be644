import { EngineError } from '../http/engine-error.ts';

/** An entry of a tar archive. */
export type TarEntry = {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link';
  readonly mode: number;
  readonly userId: number;
  readonly groupId: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  readonly content: Buffer;
  readonly target: string;
};

const blockBytes = 512;

const textAt = (block: Buffer, start: number, length: number): string => {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString('utf8');
};

const numberAt = (block: Buffer, start: number, length: number): number =>
  Number.parseInt(textAt(block, start, length).trim() || '0', 8);

/** The sum of all bytes, with blanks in the place of the sum itself. */
const hasValidSum = (block: Buffer): boolean => {
  let sum = 0;
  for (const [at, byte] of block.entries()) sum += at >= 148 && at < 156 ? 32 : byte;
  return sum === numberAt(block, 148, 8);
};

/** `27 path=a/long/name\n` and so on. @source POSIX.1-2001 pax Extended Header */
const paxRecords = (content: Buffer): Readonly<Record<string, string>> => {
  const records: Record<string, string> = Object.create(null) as Record<string, string>;
  for (let at = 0; at < content.length;) {
    const blank = content.indexOf(0x20, at);
    const length = Number(content.subarray(at, blank).toString());
    if (blank < 0 || !Number.isInteger(length) || length <= blank - at) break;
    const text = content.subarray(blank + 1, at + length - 1).toString('utf8');
    const [key = '', value = ''] = text.split(/=(.*)/s);
    records[key] = value;
    at += length;
  }
  return records;
};

const kindOf = (flag: string): TarEntry['kind'] => {
  if (flag === '0' || flag === '' || flag === '7') return 'file';
  if (flag === '5') return 'directory';
  if (flag === '2') return 'link';
  throw new EngineError(
    'notImplemented',
    'netfold: an archive holds a device, a pipe or a hard link, which are not simulated',
  );
};

const isTold = (name: string): boolean => name.length > 0;

/**
 * The entries of a tar archive (ustar, with the long names of pax and GNU). What is no archive has
 * none, as the engine finds.
 *
 * @throws EngineError on an archive that breaks off and on kinds of files that a lab has not
 * @source POSIX.1-1988 ustar
 */
export const tarEntries = (archive: Buffer): readonly TarEntry[] => {
  const entries: TarEntry[] = [];
  let told: Readonly<Record<string, string>> = {};
  for (let at = 0; at + blockBytes <= archive.length;) {
    const block = archive.subarray(at, at + blockBytes);
    if (!hasValidSum(block)) break;
    const size = numberAt(block, 124, 12);
    const start = at + blockBytes;
    if (!(size >= 0) || start + size > archive.length) {
      throw new EngineError('internal', 'unexpected EOF');
    }
    const content = archive.subarray(start, start + size);
    const flag = textAt(block, 156, 1);
    if (flag === 'x') told = { ...told, ...paxRecords(content) };
    else if (flag === 'L') told = { ...told, path: textAt(content, 0, size) };
    else if (flag === 'K') told = { ...told, linkpath: textAt(content, 0, size) };
    else if (flag !== 'g') {
      entries.push(entryOf(block, flag, content, told));
      told = {};
    }
    at = start + Math.ceil(size / blockBytes) * blockBytes;
  }
  return entries;
};

const entryOf = (
  block: Buffer,
  flag: string,
  content: Buffer,
  told: Readonly<Record<string, string>>,
): TarEntry => {
  const isUstar = textAt(block, 257, 5) === 'ustar';
  const prefix = isUstar ? textAt(block, 345, 155) : '';
  const short = [prefix, textAt(block, 0, 100)].filter(isTold).join('/');
  const kind = kindOf(flag);
  return {
    name: told['path'] ?? short,
    kind: short.endsWith('/') && kind === 'file' ? 'directory' : kind,
    mode: numberAt(block, 100, 8) & 0o7777,
    userId: numberAt(block, 108, 8),
    groupId: numberAt(block, 116, 8),
    modifiedAt: numberAt(block, 136, 12) * 1000,
    content: kind === 'file' ? content : Buffer.alloc(0),
    target: kind === 'link' ? (told['linkpath'] ?? textAt(block, 157, 100)) : '',
  };
};
