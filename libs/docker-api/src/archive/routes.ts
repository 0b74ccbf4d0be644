import type { FileEntry } from '@netfold/contracts';
import { etcHosts, resolvConf } from '@netfold/dataplane';
import { fileAt, filesBelow } from '@netfold/domain';
import type { Container } from '@netfold/domain';
import { getContainer } from '../engine/call.ts';
import type { Call, Seen } from '../engine/call.ts';
import { engineLimits } from '../engine/engine-profile.ts';
import type { Route } from '../engine/routing.ts';
import { EngineError } from '../http/engine-error.ts';
import { goTime } from '../http/go-time.ts';
import { engineHeaders, sendEmpty } from '../http/reply.ts';
import { boolValue, readBody } from '../http/request.ts';
import { archiveFiles, cleaned } from './archive-files.ts';
import type { TarEntry } from './tar-reader.ts';
import { tarOf } from './tar-writer.ts';

/** Bits of Go's `os.FileMode` beside the permissions. */
const goModes = { file: 0, directory: 2 ** 31, link: 2 ** 27 } as const;
const folderBytes = 4_096;
const folderMode = 0o755;

const pathOf = (call: Call): string => {
  const path = call.query.get('path') ?? '';
  if (path === '') throw new EngineError('invalidParameter', 'bad parameter: pathcannot be empty');
  return path;
};

const bytesOf = ({ encoding, content }: FileEntry): Buffer => Buffer.from(content, encoding);

/** Files that the engine itself puts into a container. */
const engineFiles = (seen: Seen, container: Container): readonly FileEntry[] => {
  const { lab, host } = seen;
  const texts = [
    ['/etc/hostname', `${container.spec.hostname}\n`],
    ['/etc/hosts', etcHosts(lab, host, container)],
    ['/etc/resolv.conf', resolvConf(lab, host, container)],
  ] as const;
  return texts.map(([path, content]) => ({
    path,
    kind: 'file',
    mode: 420,
    userId: 0,
    groupId: 0,
    target: '',
    modifiedAt: container.startedAt ?? container.createdAt,
    encoding: 'utf8',
    content,
  }));
};

type Found = { readonly file: FileEntry; readonly below: readonly FileEntry[] };

/** What is at the path, and what is in it. */
const find = (seen: Seen, container: Container, path: string): Found | null => {
  const place = cleaned(path);
  const own = engineFiles(seen, container);
  const engineFile = own.find((one) => one.path === place);
  if (engineFile !== undefined) return { file: engineFile, below: [] };
  const found = fileAt(container, place);
  if (found === null) return null;
  const folder: FileEntry = {
    path: found.path,
    kind: 'directory',
    mode: folderMode,
    userId: 0,
    groupId: 0,
    modifiedAt: container.createdAt,
    encoding: 'utf8',
    content: '',
    target: '',
  };
  const file = found.entry ?? folder;
  if (file.kind !== 'directory') return { file, below: [] };
  const prefix = found.path === '/' ? '/' : `${found.path}/`;
  const inside = own.filter((one) => one.path.startsWith(prefix));
  return { file, below: [...filesBelow(container, found.path), ...inside] };
};

const seek = async (call: Call): Promise<{ readonly path: string; readonly found: Found }> => {
  const path = pathOf(call);
  const seen = await call.see();
  const reference = call.parameter('id');
  const found = find(seen, getContainer(seen, reference), path);
  if (found !== null) return { path, found };
  const message = `Could not find the file ${path} in container ${reference}`;
  throw new EngineError('notFound', message);
};

/** The last part of a path; `.` stays. @source golang/go path/filepath.Base */
const baseOf = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) || '/';

/** @source moby/moby v20.10 api/types/types.go (ContainerPathStat) */
const statHeader = (path: string, { file }: Found): string => {
  const isFolder = file.kind === 'directory';
  const stat = {
    name: baseOf(path),
    size: isFolder ? folderBytes : bytesOf(file).length,
    mode: goModes[file.kind] + file.mode,
    mtime: goTime(file.modifiedAt),
    linkTarget: file.target,
  };
  return Buffer.from(JSON.stringify(stat)).toString('base64');
};

const head = async (call: Call): Promise<void> => {
  const { path, found } = await seek(call);
  const stat = { 'X-Docker-Container-Path-Stat': statHeader(path, found) };
  call.response.writeHead(200, { ...engineHeaders, ...stat }).end();
};

/** A name of the archive; a folder's ends with a slash. */
const entryOf = (name: string, file: FileEntry): TarEntry => ({
  kind: file.kind,
  mode: file.mode,
  userId: file.userId,
  groupId: file.groupId,
  modifiedAt: file.modifiedAt,
  content: bytesOf(file),
  target: file.target,
  name: file.kind === 'directory' ? `${name}/` : name,
});

const download = async (call: Call): Promise<void> => {
  const { path, found } = await seek(call);
  const { file, below } = found;
  const base = baseOf(path);
  const from = file.path === '/' ? '' : file.path;
  const inside = below.map((one) => entryOf(base + one.path.slice(from.length), one));
  const archive = tarOf([entryOf(base, file), ...inside]);
  call.response
    .writeHead(200, {
      ...engineHeaders,
      'Content-Type': 'application/x-tar',
      'Content-Length': String(archive.length),
      'X-Docker-Container-Path-Stat': statHeader(path, found),
    })
    .end(archive);
};

/** Folders on the way to a file that no entry of the archive makes. */
const withFolders = (
  container: Container | null,
  folder: string,
  files: readonly FileEntry[],
): readonly FileEntry[] => {
  const known = new Set([folder]);
  return files.flatMap((file) => {
    const made: FileEntry[] = [];
    const parts = file.path.split('/').slice(1, -1);
    for (const [at] of parts.entries()) {
      const path = `/${parts.slice(0, at + 1).join('/')}`;
      const isThere = container !== null && fileAt(container, path) !== null;
      if (known.has(path) || isThere) continue;
      known.add(path);
      const empty = { encoding: 'utf8', content: '', target: '' } as const;
      made.push({ ...file, ...empty, path, kind: 'directory', mode: folderMode });
    }
    known.add(file.path);
    return [...made, file];
  });
};

const upload = async (call: Call): Promise<void> => {
  const folder = cleaned(pathOf(call));
  const body = await readBody(call.request, engineLimits.archiveBytesMax);
  const container = getContainer(await call.see(), call.parameter('id'));
  const files = archiveFiles(body, folder).filter(({ path }) => path !== folder);
  await call.submit({
    type: 'WriteFiles',
    host: call.context.host,
    container: call.parameter('id'),
    folder,
    files: withFolders(container, folder, files),
    keepsKinds: boolValue(call.query, 'noOverwriteDirNonDir'),
  });
  sendEmpty(call.response, 200);
};

/** `docker cp`. @source moby/moby v20.10 api/server/router/container/copy.go; recorded engine */
export const archiveRoutes: readonly Route[] = [
  { method: 'HEAD', path: '/containers/{id}/archive', handler: head },
  { method: 'GET', path: '/containers/{id}/archive', handler: download },
  { method: 'PUT', path: '/containers/{id}/archive', handler: upload },
];
