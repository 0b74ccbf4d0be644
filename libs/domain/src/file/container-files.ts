import type { FileEntry } from '@netfold/contracts';
import type { Container } from '../state/container.ts';

/** A path inside a container. `entry` is absent for what its image and mounts bring. */
export type ContainerFile = {
  readonly path: string;
  readonly kind: FileEntry['kind'];
  readonly entry?: FileEntry;
};

const linksMax = 40;

/** Folders that every image has; what is in them only the files of the container say. */
export const imageFolders: readonly string[] = [
  '/',
  '/bin',
  '/dev',
  '/etc',
  '/home',
  '/lib',
  '/media',
  '/mnt',
  '/opt',
  '/proc',
  '/root',
  '/run',
  '/sbin',
  '/srv',
  '/sys',
  '/tmp',
  '/usr',
  '/usr/bin',
  '/usr/lib',
  '/usr/local',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/share',
  '/var',
  '/var/lib',
  '/var/log',
  '/var/run',
  '/var/tmp',
];

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

/** The path, its parent and so on up to the root. */
function withParents(path: string): readonly string[] {
  const all: string[] = [];
  for (let at = path; at !== '/'; at = parentOf(at)) all.push(at);
  return [...all, '/'];
}

function hasFolder(container: Container, path: string): boolean {
  if (imageFolders.includes(path)) return true;
  const given = [
    container.spec.workingDir,
    ...container.mounts.map((one) => one.destination),
    // A folder that holds a file is there, whoever made it.
    ...[...container.files.keys()].map((file) => parentOf(file)),
  ];
  return given.some((one) => one.startsWith('/') && withParents(one).includes(path));
}

/**
 * What is at an absolute, clean path of a container; links on the way are followed, one at its end
 * is not.
 *
 * @returns `null` when nothing is there that a lab knows of
 */
export function fileAt(container: Container, path: string): ContainerFile | null {
  const place = throughLinks(container, path);
  if (place === null) return null;
  const entry = container.files.get(place);
  if (entry !== undefined) return { path: place, kind: entry.kind, entry };
  return hasFolder(container, place) ? { path: place, kind: 'directory' } : null;
}

/** The path with links among its folders followed; `null`: they lead in a circle. */
function throughLinks(container: Container, path: string): string | null {
  if (container.files.size === 0) return path;
  let current = path;
  for (let step = 0; step < linksMax; step += 1) {
    const link = withParents(parentOf(current)).find(
      (one) => container.files.get(one)?.kind === 'link',
    );
    if (link === undefined) return current;
    current = followed(link, container.files.get(link)?.target ?? '') + current.slice(link.length);
  }
  return null;
}

/** Where a link leads. */
function followed(link: string, target: string): string {
  const parts: string[] = [];
  const from = target.startsWith('/') ? target : `${parentOf(link)}/${target}`;
  for (const part of from.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** What lies below a folder, its own files and folders first; parents before what they hold. */
export function filesBelow(container: Container, folder: string): readonly FileEntry[] {
  const prefix = folder === '/' ? '/' : `${folder}/`;
  return [...container.files.values()]
    .filter(({ path }) => path.startsWith(prefix))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Made anew by the engine at each start, whatever was written into them. */
const engineFiles = ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf'] as const;

export const withoutEngineFiles = (files: Container['files']): Container['files'] =>
  engineFiles.reduce((rest, path) => (rest.has(path) ? rest.without(path) : rest), files);
