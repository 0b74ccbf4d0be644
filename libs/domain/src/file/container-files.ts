import { cleanPath } from './clean-path.ts';
import type { FileEntry } from '@netfold/contracts';
import type { Container } from '../state/container.ts';
import { mountsIn } from '../volume/mount-point.ts';

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

/** Where the programs of an image are, in the order of its path. */
export const programFolders: readonly string[] = [
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
];

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

/** The path, its parent and so on up to the root. */
function withParents(path: string): readonly string[] {
  const all: string[] = [];
  for (let at = path; at !== '/'; at = parentOf(at)) all.push(at);
  return [...all, '/'];
}

/** Whether it is the path, or below it. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === '/' ? folder : `${folder}/`);

/** Whether it was removed from what the image brings. What was put there since is not asked. */
export const isRemoved = ({ removed }: Container, path: string): boolean =>
  removed.some((one) => isWithin(path, one));

function hasFolder(container: Container, path: string): boolean {
  const { files } = container;
  if (isImageFolder(container, path) && !isRemoved(container, path)) return true;
  if (mountsIn(container).some(({ destination }) => isAbove(path, destination))) return true;
  // A folder that holds a file is there, whoever made it.
  return [...files.keys()].some((file) => file !== path && isWithin(file, path));
}

const isImageFolder = ({ spec }: Container, path: string): boolean =>
  imageFolders.includes(path) || isAbove(path, spec.workingDir);

/** A folder on the way to a path, or that path. */
const isAbove = (folder: string, path: string): boolean =>
  path.startsWith('/') && isWithin(path, folder);

/** Whether the image may bring a program there, which it says by its name alone. */
export const isProgramPath = (container: Container, path: string): boolean =>
  programFolders.includes(parentOf(path)) && !isRemoved(container, path);

/** Without a path and all below it; what the image brings without saying so is noted as gone. */
export function withoutPath(container: Container, path: string): Container {
  const gone = [...container.files.keys()].filter((one) => isWithin(one, path));
  const files = gone.reduce((rest, one) => rest.without(one), container.files);
  const isUnsaid = isImageFolder(container, path) || programFolders.includes(parentOf(path));
  const others = container.removed.filter((one) => !isWithin(one, path));
  return { ...container, files, removed: isUnsaid ? [...others, path] : others };
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

/** What is at a path, links at its end followed, too; `null`: nothing, or a circle. */
export function fileBehind(container: Container, path: string): ContainerFile | null {
  const place = pathBehind(container, path);
  return place === null ? null : fileAt(container, place);
}

/** Where a path leads when all links are followed, whatever is there; `null`: in a circle. */
export function pathBehind(container: Container, path: string): string | null {
  let current = path;
  for (let step = 0; step < linksMax; step += 1) {
    const place = throughLinks(container, current);
    const entry = place === null ? undefined : container.files.get(place);
    if (entry?.kind !== 'link') return place;
    current = followed(entry.path, entry.target);
  }
  return null;
}

/** Where a link leads. */
function followed(link: string, target: string): string {
  return cleanPath(target.startsWith('/') ? target : `${parentOf(link)}/${target}`);
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
