import type { FileEntry, SingleCommand } from '@netfold/contracts';
import {
  fileAt,
  fileBehind,
  filesBelow,
  filesProblem,
  imageFolders,
  isProgramPath,
  isRemoved,
  isWithin,
  mountAt,
  mountsIn,
  pathBehind,
  programFolders,
  removalProblem,
  withoutPath,
} from '@netfold/domain';
import type { Container } from '@netfold/domain';
import type { FileEdits } from '../tool.ts';
import type { FileTexts } from './files.ts';
import type { Place } from './place.ts';

const fileMode = 0o644;
const folderMode = 0o755;
const programMode = 0o755;
/** Everybody writes there. */
const sharedFolders: readonly string[] = ['/tmp', '/var/tmp'];
/** The engine mounts them in every container. */
const kernelFolders: readonly string[] = ['/dev', '/proc', '/sys'];
const sharedMode = 0o1777;
const writableByOwner = 0o200;
const writableByAll = 0o002;

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

type Start = {
  readonly place: Place;
  readonly container: Container;
  /** What the engine puts into it, by path. */
  readonly engineTexts: FileTexts;
  /** Number of the user who runs the line. */
  readonly userId: number;
  /** Whether the image brings that program, by its path in a folder of programs. */
  readonly hasProgram: (path: string) => boolean;
};

/**
 * The files of a container as the words of one line change them: later words see it.
 * What was removed goes first, then what was written; a file written and removed is neither.
 */
export class ContainerFiles implements FileEdits {
  readonly #start: Start;
  /** As the line has left it so far. */
  #container: Container;
  /** As the lab has it, without what the line removed. */
  #kept: Container;
  readonly #removed = new Set<string>();
  readonly #written = new Map<string, FileEntry>();

  constructor(start: Start) {
    this.#start = start;
    this.#container = start.container;
    this.#kept = start.container;
  }

  get commands(): readonly SingleCommand[] {
    const at = { host: this.#start.place.host.name, container: this.#container.id };
    const paths = [...this.#removed];
    const files = [...this.#written.values()];
    const writes = { folder: '/', keepsKinds: false, isByProgram: true } as const;
    return [
      ...(paths.length > 0 ? [{ type: 'RemoveFiles', ...at, paths } as const] : []),
      ...(files.length > 0 ? [{ type: 'WriteFiles', ...at, ...writes, files } as const] : []),
    ];
  }

  get userId(): number {
    return this.#start.userId;
  }

  find(path: string): FileEntry | null {
    const found = fileAt(this.#container, path);
    if (found?.entry !== undefined) return found.entry;
    const text = this.#start.engineTexts.get(path);
    if (text !== undefined) return this.#brought(path, fileMode, { kind: 'file', content: text });
    if (found !== null) return this.#made(found.path, { kind: 'directory', content: '' });
    const isProgram = isProgramPath(this.#container, path) && this.#start.hasProgram(path);
    return isProgram ? this.#brought(path, programMode, { kind: 'file', content: '' }) : null;
  }

  follow(path: string): string {
    return pathBehind(this.#container, path) ?? path;
  }

  change(path: string, changes: Partial<FileEntry>): string | null {
    const there = this.find(path);
    if (there === null) return 'No such file or directory';
    if (![0, there.userId].includes(this.userId)) return 'Operation not permitted';
    return this.#placeProblem(there.path) ?? this.#keep({ ...there, ...changes });
  }

  /** The text of a file, links followed; bytes that are no text are not shown. */
  read(path: string): string | null {
    const found = fileBehind(this.#container, path);
    if (found?.entry?.kind === 'file') {
      return found.entry.encoding === 'utf8' ? found.entry.content : '';
    }
    return found === null ? (this.#start.engineTexts.get(path) ?? null) : null;
  }

  /** The names in a folder, in order; `null`: it is none. */
  names(path: string): readonly string[] | null {
    const found = fileBehind(this.#container, path);
    if (found?.kind !== 'directory') return null;
    const { spec } = this.#container;
    const brought = [
      ...[...imageFolders, spec.workingDir].filter((one) => !isRemoved(this.#container, one)),
      ...mountsIn(this.#container).map(({ destination }) => destination),
      ...this.#start.engineTexts.keys(),
      ...filesBelow(this.#container, found.path).map((file) => file.path),
    ];
    const inside = brought.filter((one) => one !== found.path && isWithin(one, found.path));
    const start = found.path === '/' ? 1 : found.path.length + 1;
    return [...new Set(inside.map((one) => one.slice(start).split('/')[0] ?? ''))].toSorted();
  }

  write(path: string, text: string, isAppended: boolean): string | null {
    const place = pathBehind(this.#container, path);
    if (place === null) return 'Too many levels of symbolic links';
    const there = this.find(place);
    if (there?.kind === 'directory') return 'Is a directory';
    const problem = this.#folderProblem(place, there);
    if (problem !== null) return problem;
    const content = isAppended ? (this.read(place) ?? '') + text : text;
    const { mode, userId, groupId } = there ?? this.#made(place, { kind: 'file', content });
    return this.#keep({ ...this.#made(place, { kind: 'file', content }), mode, userId, groupId });
  }

  makeFolder(path: string): string | null {
    if (this.find(path) !== null) return 'File exists';
    const made = this.#made(path, { kind: 'directory', content: '' });
    return this.#folderProblem(path, null) ?? this.#keep({ ...made, mode: folderMode });
  }

  isFolder(path: string): boolean {
    return fileBehind(this.#container, path)?.kind === 'directory';
  }

  put(path: string, entry: FileEntry): string | null {
    const place = fileAt(this.#container, path)?.path ?? path;
    return this.#folderProblem(place, null) ?? this.#keep({ ...entry, path: place });
  }

  remove(path: string): string | null {
    const place = fileAt(this.#container, path)?.path ?? path;
    const mounts = mountsIn(this.#container);
    const held = [...mounts.map((one) => one.destination), ...this.#start.engineTexts.keys()];
    const problem = this.#folderProblem(place, null);
    if (problem !== null) return problem;
    if ([...kernelFolders, ...held].some((one) => isWithin(one, place)))
      return 'Device or resource busy';
    if (removalProblem(this.#kept, [...this.#removed, place]) !== null) {
      return 'No space left on device';
    }
    for (const one of this.#written.keys()) if (isWithin(one, place)) this.#written.delete(one);
    const isKnown = fileAt(this.#kept, place) !== null || isProgramPath(this.#kept, place);
    if (isKnown) {
      for (const one of this.#removed) if (isWithin(one, place)) this.#removed.delete(one);
      this.#removed.add(place);
      this.#kept = withoutPath(this.#kept, place);
    }
    this.#container = withoutPath(this.#container, place);
    const folder = parentOf(place);
    // A folder that was there only by what it held stays when that goes.
    if (fileAt(this.#container, folder) !== null) return null;
    return this.#keep(this.#made(folder, { kind: 'directory', content: '' }));
  }

  hasLost(program: string): boolean {
    const paths = programFolders.map((folder) => `${folder}/${program}`);
    return paths.some((path) => isRemoved(this.#container, path)) && !paths.some(this.#isThere);
  }

  readonly #isThere = (path: string): boolean => fileAt(this.#container, path) !== null;

  /** Why nothing can be put there, or taken away: its folder, its mount, or who asks. */
  #folderProblem(path: string, there: FileEntry | null): string | null {
    if (isOfKernel(path)) return 'Read-only file system';
    const folder = this.#folderOf(path);
    if (folder === null) return 'No such file or directory';
    if (folder.kind !== 'directory') return 'Not a directory';
    const problem = this.#placeProblem(path);
    if (problem !== null) return problem;
    return this.#mayWrite(there ?? folder) ? null : 'Permission denied';
  }

  /** Why nothing at that place can be another: the kernel's own files are there to be read. */
  #placeProblem(path: string): string | null {
    if (isOfKernel(path)) return 'Read-only file system';
    const mount = mountAt(mountsIn(this.#container), path);
    const { hostConfig } = this.#container.spec.passThrough;
    const isWritable = mount?.isWritable ?? hostConfig['ReadonlyRootfs'] !== true;
    return isWritable ? null : 'Read-only file system';
  }

  #folderOf(path: string): FileEntry | null {
    const found = fileBehind(this.#container, parentOf(path));
    return found === null ? null : this.find(found.path);
  }

  #mayWrite({ path, userId, mode }: FileEntry): boolean {
    const me = this.#start.userId;
    if (me === 0 || (mode & writableByAll) !== 0 || sharedFolders.includes(path)) return true;
    return userId === me && (mode & writableByOwner) !== 0;
  }

  /** What the engine or the image has put there. */
  #brought(path: string, mode: number, what: Pick<FileEntry, 'kind' | 'content'>): FileEntry {
    const modifiedAt = this.#start.container.createdAt;
    return { ...this.#made(path, what), mode, userId: 0, groupId: 0, modifiedAt };
  }

  /** What a new one is like, and what the image brings without saying so. */
  #made(path: string, what: Pick<FileEntry, 'kind' | 'content'>): FileEntry {
    const { place, userId, container } = this.#start;
    const isBrought = fileAt(container, path) !== null && what.kind === 'directory';
    const usualMode = what.kind === 'file' ? fileMode : folderMode;
    const owner = isBrought ? 0 : userId;
    return {
      path,
      mode: sharedFolders.includes(path) ? sharedMode : usualMode,
      userId: owner,
      groupId: owner,
      modifiedAt: isBrought ? container.createdAt : place.now,
      encoding: 'utf8',
      target: '',
      ...what,
    };
  }

  #keep(entry: FileEntry): string | null {
    const written = [entry, ...this.#written.values()].filter(
      (one, at) => at === 0 || one.path !== entry.path,
    );
    if (filesProblem(written, [...this.#kept.files.values()]) !== null) {
      return 'No space left on device';
    }
    this.#written.set(entry.path, entry);
    const files = this.#container.files.with(entry.path, entry);
    this.#container = { ...this.#container, files };
    return null;
  }
}

/** Its folders are no files of the container, and nothing in them can be another. */
const isOfKernel = (path: string): boolean => /^\/(?:proc|sys)\//.test(path);
