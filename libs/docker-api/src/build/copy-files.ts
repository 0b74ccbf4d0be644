import type { FileEntry } from '@netfold/contracts';
import { cleaned } from '../archive/archive-files.ts';
import { EngineError } from '../http/engine-error.ts';

export type Copying = {
  /** Sources as they are written, and last where they go. */
  readonly words: readonly string[];
  readonly workingDir: string;
  /** What may be copied from, absolute: the context, or another stage. */
  readonly from: readonly FileEntry[];
  /** Whether the destination is a folder there already. */
  readonly isFolder: (path: string) => boolean;
};

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `*` and `?` within one name. @source golang/go path/filepath.Match */
function matcherOf(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[$()+.[\\\]^{|}]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}$`);
}

/**
 * What `COPY` and `ADD` make: of a folder what is in it, of a file itself.
 *
 * @throws EngineError as the builder answers a source that is not there
 * @source moby/moby v20.10 builder/dockerfile/copy.go
 */
export function copiedFiles({ words, workingDir, from, isFolder }: Copying): readonly FileEntry[] {
  const sources = words.slice(0, -1);
  const target = words.at(-1) ?? '';
  const to = cleaned(target.startsWith('/') ? target : `${workingDir}/${target}`);
  const found = sources.flatMap((source) => {
    const path = cleaned(source);
    const matches = matcherOf(path);
    const whole = path === '/' ? [null] : from.filter((one) => matches.test(one.path));
    // `yarn.lock*` may match nothing.
    if (whole.length === 0 && !/[*?]/.test(source)) throw missing(source);
    return whole;
  });
  if (found.length === 0) {
    throw new EngineError('internal', 'COPY failed: no source files were specified');
  }
  const isMany = found.length > 1;
  if (isMany && !target.endsWith('/') && !isFolder(to)) {
    throw new EngineError(
      'internal',
      'When using COPY with more than one source file, the destination must be a directory and ' +
        'end with a /',
    );
  }
  const copied = found.flatMap((entry) => {
    const isTree = entry === null || entry.kind === 'directory';
    if (isTree) return below(entry?.path ?? '/', to, from);
    const isInto = target.endsWith('/') || /(?:^|\/)\.\.?$/.test(target) || isFolder(to) || isMany;
    return [{ ...entry, path: isInto ? cleaned(`${to}/${nameOf(entry.path)}`) : to }];
  });
  return withFolders(copied, isFolder);
}

function below(folder: string, to: string, from: readonly FileEntry[]): readonly FileEntry[] {
  const prefix = folder === '/' ? '/' : `${folder}/`;
  return from
    .filter(({ path }) => path.startsWith(prefix) && path !== folder)
    .map((file) => ({ ...file, path: cleaned(`${to}/${file.path.slice(prefix.length)}`) }));
}

/** Folders on the way to a file that are not there. */
function withFolders(
  files: readonly FileEntry[],
  isFolder: (path: string) => boolean,
): readonly FileEntry[] {
  const made = new Map<string, FileEntry>();
  for (const file of files) {
    const missingFolders: string[] = [];
    for (let at = parentOf(file.path); at !== '/' && !isFolder(at); at = parentOf(at)) {
      missingFolders.unshift(at);
    }
    for (const path of missingFolders) {
      if (made.has(path)) continue;
      const empty = { encoding: 'utf8', content: '', target: '' } as const;
      made.set(path, { ...file, ...empty, path, kind: 'directory', mode: 0o755 });
    }
    made.set(file.path, file);
  }
  return [...made.values()];
}

function missing(source: string): EngineError {
  return new EngineError(
    'internal',
    `COPY failed: file not found in build context or excluded by .dockerignore: stat ${source}: ` +
      'file does not exist',
  );
}
