import { gunzipSync } from 'node:zlib';
import type { FileEntry } from '@netfold/contracts';
import { goQuoted } from '@netfold/domain';
import { engineLimits } from '../engine/engine-profile.ts';
import { EngineError } from '../http/engine-error.ts';
import { tarEntries } from './tar-reader.ts';
import type { TarEntry } from './tar-reader.ts';

const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** An absolute path without `.`, `..` and a slash at its end. */
export const cleaned = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
};

/** The archive as it is; unpacked at most to the size that one may have. */
const unpacked = (body: Buffer): Buffer => {
  if (!body.subarray(0, 2).equals(gzipMagic)) return body;
  try {
    return gunzipSync(body, { maxOutputLength: engineLimits.archiveBytesMax });
  } catch {
    throw new EngineError(
      'invalidParameter',
      `netfold: the archive is no gzip, or larger than ${engineLimits.archiveBytesMax} bytes`,
    );
  }
};

/** A text stays readable in the log; other bytes, and what no store takes as text, do not. */
const contentOf = (content: Buffer): Pick<FileEntry, 'encoding' | 'content'> => {
  const text = content.toString('utf8');
  const isText = !text.includes('\0') && Buffer.from(text).equals(content);
  return isText
    ? { encoding: 'utf8', content: text }
    : { encoding: 'base64', content: content.toString('base64') };
};

const fileOf = (folder: string, entry: TarEntry): FileEntry => {
  if (entry.name.split('/').includes('..')) {
    const message = `${goQuoted(entry.name)} is outside of ${goQuoted(folder)}`;
    throw new EngineError('internal', message);
  }
  const { kind, mode, userId, groupId, modifiedAt, target } = entry;
  const path = cleaned(`${folder}/${entry.name}`);
  return { path, kind, mode, userId, groupId, modifiedAt, target, ...contentOf(entry.content) };
};

/**
 * What a tar archive, gzipped or not, puts below a folder.
 * @throws EngineError on an archive that is none, or leads out of the folder
 */
export const archiveFiles = (body: Buffer, folder: string): readonly FileEntry[] =>
  tarEntries(unpacked(body)).map((entry) => fileOf(folder, entry));
