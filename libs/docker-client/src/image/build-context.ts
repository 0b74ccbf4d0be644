import { bytesOf } from './bytes.ts';

const blockBytes = 512;
const magicAt = 257;

const padded = (bytes: number): number => Math.ceil(bytes / blockBytes) * blockBytes;

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

/**
 * An archive that holds a Dockerfile alone, as the client packs the one that it reads from stdin.
 *
 * @param now milliseconds since the epoch: when the file was written
 * @source docker/cli v20.10 cli/command/image/build/context.go GetContextFromReader
 */
export const archiveOfDockerfile = (dockerfile: string, now: number): Uint8Array =>
  archiveOfFile('Dockerfile', dockerfile, now);

/** The longest name that the head of an archive's entry takes, bytes. */
export const archivedNameBytesMax = 100;

/**
 * An archive that holds one text alone.
 *
 * @param name at most `archivedNameBytesMax` long
 * @param now milliseconds since the epoch: when the file was written
 * @source Go archive/tar writer.go
 */
export const archiveOfFile = (name: string, text: string, now: number): Uint8Array => {
  const content = bytesOf(text);
  const archive = new Uint8Array(blockBytes + padded(content.length) + 2 * blockBytes);
  const fields: readonly (readonly [at: number, text: string])[] = [
    [0, name],
    [100, '0100644'],
    [108, octal(0, 7)],
    [116, octal(0, 7)],
    [124, octal(content.length, 11)],
    [136, octal(Math.floor(now / 1000), 11)],
    // Blanks stand for the checksum while it is counted.
    [148, ' '.repeat(8)],
    [156, '0'],
    [magicAt, 'ustar'],
    [263, '00'],
    [265, 'root'],
    [297, 'root'],
    [329, octal(0, 7)],
    [337, octal(0, 7)],
  ];
  for (const [at, text] of fields) archive.set(bytesOf(text), at);
  const sum = archive.subarray(0, blockBytes).reduce((total, byte) => total + byte, 0);
  archive.set(bytesOf(`${octal(sum, 6)}\0 `), 148);
  archive.set(content, blockBytes);
  return archive;
};

/** Whether a text begins as an archive does. */
export const isArchive = (text: string): boolean =>
  text.slice(magicAt, magicAt + 'ustar'.length) === 'ustar';
