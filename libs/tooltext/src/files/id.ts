import { parseOptions } from '../filters/input.ts';
import { failed, printed } from '../tool.ts';
import type { Tool } from '../tool.ts';

const named = (id: number, name: string | null): string =>
  name === null ? `${id}` : `${id}(${name})`;

/** `id [-u|-g|-G] [-n]`: whoever runs the line. */
export const id: Tool = ({ identity }, argv) => {
  const { options, unknown } = parseOptions(argv, 'ugGnr');
  if (unknown !== null) return failed(1, `id: invalid option -- '${unknown}'\n`);
  const { userId, userName, groupId, groupName } = identity;
  const one = (number: number, name: string | null, kind: string): ReturnType<Tool> => {
    if (!options.has('n')) return printed(`${number}\n`);
    if (name !== null) return printed(`${name}\n`);
    return failed(1, `id: cannot find name for ${kind} ID ${number}\n`, `${number}\n`);
  };
  if (options.has('u')) return one(userId, userName, 'user');
  if (options.has('g') || options.has('G')) return one(groupId, groupName, 'group');
  const group = named(groupId, groupName);
  return printed(`uid=${named(userId, userName)} gid=${group} groups=${group}\n`);
};

/** @source busybox 1.35 coreutils/whoami.c, coreutils 9.1 whoami.c */
export const whoami: Tool = ({ identity, userland }) => {
  const { userId, userName } = identity;
  if (userName !== null) return printed(`${userName}\n`);
  const reason =
    userland === 'busybox' ? `unknown uid ${userId}` : `cannot find name for user ID ${userId}`;
  return failed(1, `whoami: ${reason}\n`);
};
