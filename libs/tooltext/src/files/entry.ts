import type { FileEntry } from '@netfold/contracts';
import { byteLength } from '../filters/text.ts';
import { resolvePath } from '../shell/session.ts';
import type { ToolWorld } from '../tool.ts';

/** What is at an operand's path, a link at its end not followed; also what the kernel shows. */
export const entryAt = (world: ToolWorld, operand: string): FileEntry | null => {
  if (operand === '') return null;
  const path = resolvePath(world.workingDirectory, operand);
  const found = world.files?.find(path) ?? null;
  if (found !== null) return found;
  const text = world.readFile(path);
  const isFolder = text === null && world.listDirectory(path) !== null;
  if (text === null && !isFolder) return null;
  return {
    path,
    kind: isFolder ? 'directory' : 'file',
    mode: isFolder ? 0o755 : 0o644,
    userId: 0,
    groupId: 0,
    modifiedAt: world.now,
    encoding: 'utf8',
    content: path.startsWith('/proc/') || path.startsWith('/dev/') ? '' : (text ?? ''),
    target: '',
  };
};

/** The same, links followed. */
export const entryBehind = (world: ToolWorld, operand: string): FileEntry | null => {
  const path = resolvePath(world.workingDirectory, operand);
  return entryAt(world, world.files?.follow(path) ?? path);
};

const blockBytes = 4_096;

/** Bytes. */
export const sizeOf = ({ kind, encoding, content, target }: FileEntry): number => {
  if (kind === 'directory') return blockBytes;
  if (kind === 'link') return byteLength(target);
  if (encoding === 'utf8') return byteLength(content);
  return Math.floor((content.replace(/=+$/, '').length * 3) / 4);
};

/** What it takes on the disk, bytes. */
export const diskBytesOf = (entry: FileEntry): number =>
  entry.kind === 'link' ? 0 : Math.ceil(sizeOf(entry) / blockBytes) * blockBytes;

/** The name of a user or group by its number, as the container's own files tell. */
export const ownerName = (world: ToolWorld, list: 'passwd' | 'group', number: number): string => {
  const lines = (world.readFile(`/etc/${list}`) ?? '').split('\n').map((line) => line.split(':'));
  const found = lines.find(([, , one]) => one === String(number))?.[0];
  return found ?? (number === 0 ? 'root' : String(number));
};
