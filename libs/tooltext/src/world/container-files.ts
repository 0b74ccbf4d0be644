import type { FileEntry, SingleCommand } from '@netfold/contracts';
import { fileAt, filesProblem, mountAt } from '@netfold/domain';
import type { Container } from '@netfold/domain';
import type { FileEdits } from '../tool.ts';
import type { Place } from './place.ts';

const fileMode = 0o644;
const folderMode = 0o755;

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

/** The files of a container as the words of one line write them: later words read them. */
export class ContainerFiles implements FileEdits {
  readonly #place: Place;
  readonly #container: Container;
  /** What is read, by path. */
  readonly #texts: Map<string, string>;
  readonly #written = new Map<string, FileEntry>();

  constructor(place: Place, container: Container, texts: Map<string, string>) {
    this.#place = place;
    this.#container = container;
    this.#texts = texts;
  }

  get commands(): readonly SingleCommand[] {
    const files = [...this.#written.values()];
    if (files.length === 0) return [];
    const { name: host } = this.#place.host;
    const at = { host, container: this.#container.id, folder: '/', keepsKinds: false };
    return [{ type: 'WriteFiles', ...at, files }];
  }

  write(path: string, text: string, isAppended: boolean): string | null {
    const kind = this.#kindAt(path);
    if (kind === 'directory') return 'Is a directory';
    const problem = this.#folderProblem(path);
    if (problem !== null) return problem;
    const content = isAppended ? (this.#texts.get(path) ?? '') + text : text;
    return this.#keep(path, { kind: 'file', content });
  }

  makeFolder(path: string): string | null {
    if (this.#kindAt(path) !== null) return 'File exists';
    return this.#folderProblem(path) ?? this.#keep(path, { kind: 'directory', content: '' });
  }

  isFolder(path: string): boolean {
    return this.#kindAt(path) === 'directory';
  }

  #kindAt(path: string): FileEntry['kind'] | null {
    const own = this.#written.get(path)?.kind ?? fileAt(this.#container, path)?.kind;
    return own ?? (this.#texts.has(path) ? 'file' : null);
  }

  #folderProblem(path: string): string | null {
    // The kernel's own files are there to be read.
    if (/^\/(?:proc|sys)\//.test(path)) return 'Read-only file system';
    const kind = this.#kindAt(parentOf(path));
    if (kind === null) return 'No such file or directory';
    if (kind !== 'directory') return 'Not a directory';
    const mount = mountAt(this.#container.mounts, path);
    const { hostConfig } = this.#container.spec.passThrough;
    const isWritable = mount?.isWritable ?? hostConfig['ReadonlyRootfs'] !== true;
    return isWritable ? null : 'Read-only file system';
  }

  #keep(path: string, what: Pick<FileEntry, 'kind' | 'content'>): string | null {
    const before = this.#written.get(path) ?? fileAt(this.#container, path)?.entry;
    const usualMode = what.kind === 'file' ? fileMode : folderMode;
    const entry: FileEntry = {
      path,
      mode: before?.mode ?? usualMode,
      userId: 0,
      groupId: 0,
      modifiedAt: this.#place.now,
      encoding: 'utf8',
      target: '',
      ...what,
    };
    const others = [...this.#container.files.values()].filter((one) => one.path !== path);
    if (filesProblem([entry, ...this.#written.values()], others) !== null) {
      return 'No space left on device';
    }
    this.#written.set(path, entry);
    if (what.kind === 'file') this.#texts.set(path, what.content);
    return null;
  }
}
