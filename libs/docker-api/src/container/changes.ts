import { getContainer } from '../engine/call.ts';
import type { Call } from '../engine/call.ts';
import { sendJson } from '../http/reply.ts';

const changed = 0;
const added = 1;

const parentsOf = (path: string): readonly string[] => {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_, at) => `/${parts.slice(0, at + 1).join('/')}`);
};

/** `docker diff`: files that were written, and the paths that mounts were made for. */
export const changes = async (call: Call): Promise<void> => {
  const container = getContainer(await call.see(), call.parameter('id'));
  const kinds = new Map<string, number>();
  const mounted = container.startedAt === null ? [] : container.mounts;
  const made = [...container.files.keys(), ...mounted.map(({ destination }) => destination)];
  for (const path of made) kinds.set(path, added);
  for (const path of made.flatMap(parentsOf)) {
    if (!kinds.has(path)) kinds.set(path, changed);
  }
  const paths = [...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rows = paths.map(([Path, Kind]) => ({ Path, Kind }));
  sendJson(call.response, 200, rows.length === 0 ? null : rows);
};
