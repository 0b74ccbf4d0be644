import { ClientError } from '../command/client-error.ts';
import { exactly } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { pathWith, refusalText } from '../command/engine.ts';
import { objectPath } from '../command/object-path.ts';
import type { EngineReply } from '../engine-call.ts';
import { archiveOfFile, archivedNameBytesMax } from '../image/build-context.ts';
import { bytesOf } from '../image/bytes.ts';
import { isKind, pathStatOf } from './path-stat.ts';
import type { PathStat } from './path-stat.ts';

/** @source docker/cli v20.10 cli/command/container/cp.go */
export const copy: Command = {
  words: exactly(2),
  run: (call) => {
    const [source = '', destination = ''] = call.words;
    if (source === '') throw new ClientError('source can not be empty');
    if (destination === '') throw new ClientError('destination can not be empty');
    const from = placeOf(source);
    const to = placeOf(destination);
    if (from.container !== '' && to.container !== '') {
      throw new ClientError('copying between containers is not supported');
    }
    if (from.container !== '') copyOut(call, from, to.path);
    else if (to.container !== '') copyIn(call, from.path, to);
    else throw new ClientError('must specify at least one container source');
  },
};

/** Where a file is; `container` is empty of one on the host. */
type Place = { readonly container: string; readonly path: string };

/** A path of the host that holds a colon begins with `/` or `.`. */
const placeOf = (text: string): Place => {
  const at = text.indexOf(':');
  if (at < 0 || /^[./]/.test(text)) return { container: '', path: text };
  return { container: text.slice(0, at), path: text.slice(at + 1) };
};

const archivePath = ({ container, path }: Place): string =>
  pathWith(objectPath(`/containers/${container}/archive`), { path });

const statOf = ({ engine }: CommandCall, place: Place): PathStat | null =>
  pathStatOf(engine.reply({ method: 'HEAD', path: archivePath(place) }));

/** The place that a link leads to; links of links are the engine's to follow. */
const linkedPlace = (place: Place, { linkTarget }: PathStat): Place => {
  const isAbsolute = linkTarget.startsWith('/');
  return { ...place, path: isAbsolute ? linkTarget : joined(folderOf(place.path), linkTarget) };
};

const refuseReply = (reply: EngineReply, { container, path }: Place): void => {
  if (reply.status === 404) {
    throw new ClientError(`Error: No such container:path: ${container}:${path}`);
  }
  if (reply.status >= 400) throw new ClientError(refusalText(reply));
};

const copyOut = (call: CommandCall, from: Place, to: string): void => {
  const { engine, flags, out } = call;
  const stat = flags.isOn('follow-link') ? statOf(call, from) : null;
  const isLink = stat !== null && isKind(stat, 'symlink');
  const place = isLink ? linkedPlace(from, stat) : from;
  const reply = engine.reply({ method: 'GET', path: archivePath(place) });
  refuseReply(reply, place);
  if (to !== '-') {
    throw new ClientError(`netfold: a lab host keeps no files, so ${to} cannot be written`);
  }
  out.print(reply.text);
};

const copyIn = (call: CommandCall, from: string, to: Place): void => {
  const { stdin } = call;
  const found = statOf(call, to);
  const isLink = found !== null && isKind(found, 'symlink');
  const place = isLink ? linkedPlace(to, found) : to;
  const stat = isLink ? statOf(call, place) : found;
  const named = `destination "${to.container}:${to.path}"`;
  if (stat !== null) refuseSpecialFile(stat, named);
  const isFolder = stat !== null && isKind(stat, 'directory');
  if (from === '-') {
    if (!isFolder) throw new ClientError(`${named} must be a directory`);
    upload(call, place, bytesOf(stdin.text));
    return;
  }
  const path = absolute(call, from);
  const text = call.readFile(from);
  if (text === null) throw new ClientError(`lstat ${path}: no such file or directory`);
  if (isFolder) {
    upload(call, place, archived(call, baseOf(path), text));
    return;
  }
  if (stat === null && /\/\.?$/.test(place.path)) throw new ClientError('no such directory');
  const folder = { ...place, path: folderOf(place.path) };
  upload(call, folder, archived(call, baseOf(place.path), text));
};

/** @source docker/cli v20.10 cli/command/utils.go ValidateOutputPathFileMode */
const refuseSpecialFile = (stat: PathStat, named: string): void => {
  const told = `${named} must be a directory or a regular file`;
  if (isKind(stat, 'device')) throw new ClientError(`${told}: got a device`);
  if (isKind(stat, 'irregular')) throw new ClientError(`${told}: got an irregular file`);
};

const archived = ({ now }: CommandCall, name: string, text: string): Uint8Array => {
  if (bytesOf(name).length > archivedNameBytesMax) {
    throw new ClientError(`netfold: a name longer than ${archivedNameBytesMax} bytes: ${name}`);
  }
  return archiveOfFile(name, text, now);
};

const upload = ({ engine, flags }: CommandCall, to: Place, body: Uint8Array): void => {
  const path = pathWith(objectPath(`/containers/${to.container}/archive`), {
    path: to.path,
    noOverwriteDirNonDir: 'true',
    copyUIDGID: flags.isOn('archive') ? 'true' : undefined,
  });
  refuseReply(engine.reply({ method: 'PUT', path, body }), to);
};

const joined = (folder: string, path: string): string => {
  const kept: string[] = [];
  for (const word of `${folder}/${path}`.split('/')) {
    if (word === '..') kept.pop();
    else if (word !== '' && word !== '.') kept.push(word);
  }
  return `/${kept.join('/')}`;
};

const folderOf = (path: string): string => joined(path, '..');
const baseOf = (path: string): string => joined(path, '').split('/').at(-1) ?? '';

const absolute = ({ environment }: CommandCall, path: string): string =>
  path.startsWith('/') ? joined('', path) : joined(environment.get('PWD') ?? '/', path);
