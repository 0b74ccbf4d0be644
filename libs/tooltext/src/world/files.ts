import type { StackView } from '../tool.ts';
import { listKernelDirectory, readKernelFile } from './kernel-files.ts';

/** Texts by path; what a directory holds follows from them. */
export type FileTexts = ReadonlyMap<string, string>;

const rootNames = [
  'bin',
  'dev',
  'etc',
  'home',
  'lib',
  'mnt',
  'opt',
  'proc',
  'root',
  'run',
  'sbin',
  'sys',
  'tmp',
  'usr',
  'var',
];

/** Directories that stand in every place and hold nothing that a lab knows of. */
const empty = ['/home', '/mnt', '/opt', '/root', '/tmp', '/usr', '/var', '/run', '/proc', '/sys'];

const slashless = (path: string): string => (path === '/' ? path : path.replace(/\/+$/, ''));

type FileReaders = {
  readonly readFile: (path: string) => string | null;
  readonly listDirectory: (path: string) => readonly string[] | null;
};

/** The files of a container, by absolute paths. */
type KeptFiles = {
  read(path: string): string | null;
  names(path: string): readonly string[] | null;
};

/** Readers over the files of a container and what the kernel shows of its network stack. */
export const containerReaders = (stack: StackView, files: KeptFiles, now: number): FileReaders => ({
  readFile: (path) =>
    path === '/dev/null' ? '' : (files.read(path) ?? readKernelFile(stack, path, now)),
  listDirectory: (path) => listKernelDirectory(stack, slashless(path)) ?? files.names(path),
});

/** Readers over fixed texts and over what the kernel shows of one network stack. */
export const fileReaders = (stack: StackView, texts: FileTexts, now: number): FileReaders => ({
  readFile: (path) => {
    if (path === '/dev/null') return '';
    return texts.get(path) ?? readKernelFile(stack, path, now);
  },
  listDirectory: (given) => {
    const path = slashless(given);
    const prefix = path === '/' ? path : `${path}/`;
    const names = new Set<string>(path === '/' ? rootNames : []);
    for (const name of texts.keys()) {
      if (name.startsWith(prefix)) names.add(name.slice(prefix.length).split('/')[0] ?? '');
    }
    if (names.size > 0) return [...names].toSorted();
    return listKernelDirectory(stack, path) ?? (empty.includes(path) ? [] : null);
  },
});
