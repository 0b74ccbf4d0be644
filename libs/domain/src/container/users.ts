import type { ImageSpec } from '@netfold/contracts';
import { usualNames } from './identity.ts';
import type { Container } from '../state/container.ts';

/** Who has a line in the files of the usual images: Debian, Alpine, BusyBox, and their servers. */
const systemNames: ReadonlySet<string> = new Set([
  ...usualNames,
  ...'gnats floppy wheel nginx node mysql redis postgres memcache mongodb ubuntu'.split(' '),
]);
const idMax = 2_147_483_647;

/** Names in `/etc/passwd` or `/etc/group`, where the container has one of its own. */
function namesIn(container: Container, path: string): ReadonlySet<string> | null {
  const file = container.files.get(path);
  if (file?.kind !== 'file' || file.encoding !== 'utf8') return null;
  return new Set(file.content.split('\n').map((line) => line.split(':')[0] ?? ''));
}

/**
 * Why a process of a container cannot run as `USER[:GROUP]`, in the words of the runtime.
 *
 * @returns `null` when it can
 * @source opencontainers/runc libcontainer/user/user.go GetExecUser; recorded engine
 */
export function userProblem(
  container: Container,
  image: ImageSpec | null,
  text: string,
): string | null {
  const [user = '', group = ''] = text.split(':');
  const [ownUser = '', ownGroup = ''] = (image?.user ?? '').split(':');
  const users = namesIn(container, '/etc/passwd');
  if (user !== ownUser && !isKnown(users, user) && !isMadeByBuild(image, user)) {
    return `unable to find user ${user}: no matching entries in passwd file`;
  }
  const isOwn = group === ownGroup || isMadeByBuild(image, group);
  const groupFound = isOwn ? null : groupProblem(container, group);
  if (groupFound !== null) return `unable to find group ${groupFound}`;
  const isBeyond = [user, group].some((one) => /^\d+$/.test(one) && Number(one) > idMax);
  return isBeyond ? `uids and gids must be in range 0-${idMax}` : null;
}

/** @returns the group, and that it has no line; `null` when it has */
export function groupProblem(container: Container, group: string): string | null {
  if (isKnown(namesIn(container, '/etc/group'), group)) return null;
  return `${group}: no matching entries in group file`;
}

/** What `useradd` writes in a build is not played: its line stands for it. */
const isMadeByBuild = (image: ImageSpec | null, name: string): boolean =>
  (image?.steps ?? []).some(
    ({ createdBy }) =>
      /\b(?:user|group)add\b|\badd(?:user|group)\b/.test(createdBy) &&
      createdBy.split(/[\s;&|]+/).includes(name),
  );

const isKnown = (names: ReadonlySet<string> | null, name: string): boolean =>
  name === '' || /^\d+$/.test(name) || (names ?? systemNames).has(name);
