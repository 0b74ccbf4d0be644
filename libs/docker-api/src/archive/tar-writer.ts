import type { TarEntry } from './tar-reader.ts';

const blockBytes = 512;
const nameBytesMax = 100;

const flags = { file: '0', directory: '5', link: '2' } as const;

const padded = (content: Buffer): Buffer =>
  Buffer.concat([content, Buffer.alloc((blockBytes - (content.length % blockBytes)) % blockBytes)]);

const octal = (value: number, length: number): string =>
  `${Math.trunc(value)
    .toString(8)
    .padStart(length - 1, '0')}\0`;

type Head = Omit<TarEntry, 'content' | 'kind'> & { readonly flag: string; readonly size: number };

const headOf = (head: Head): Buffer => {
  const block = Buffer.alloc(blockBytes);
  block.write(head.name, 0, nameBytesMax);
  block.write(octal(head.mode, 8), 100);
  block.write(octal(head.userId, 8), 108);
  block.write(octal(head.groupId, 8), 116);
  block.write(octal(head.size, 12), 124);
  block.write(octal(head.modifiedAt / 1000, 12), 136);
  block.write(' '.repeat(8), 148);
  block.write(head.flag, 156);
  block.write(head.target, 157, nameBytesMax);
  block.write('ustar\x0000', 257);
  block.write('root', 265);
  block.write('root', 297);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
};

/** The record counts its own length. */
const paxRecord = (key: string, value: string): Buffer => {
  const bytes = Buffer.byteLength(` ${key}=${value}\n`);
  let length = bytes + String(bytes).length;
  length = bytes + String(length).length;
  return Buffer.from(`${length} ${key}=${value}\n`);
};

/** What does not fit the head of an entry goes before it. */
const longNames = (entry: TarEntry): Buffer => {
  const records = (
    [
      ['path', entry.name],
      ['linkpath', entry.target],
    ] as const
  ).flatMap(([key, value]) =>
    Buffer.byteLength(value) > nameBytesMax ? [paxRecord(key, value)] : [],
  );
  if (records.length === 0) return Buffer.alloc(0);
  const content = Buffer.concat(records);
  const head = { ...entry, name: 'PaxHeaders.0/entry', target: '', mode: 0o644 };
  return Buffer.concat([headOf({ ...head, flag: 'x', size: content.length }), padded(content)]);
};

/** A tar archive of the entries, in their order. @source POSIX.1-2001 pax */
export const tarOf = (entries: readonly TarEntry[]): Buffer =>
  Buffer.concat([
    ...entries.flatMap((entry) => [
      longNames(entry),
      headOf({ ...entry, flag: flags[entry.kind], size: entry.content.length }),
      padded(entry.content),
    ]),
    Buffer.alloc(2 * blockBytes),
  ]);
