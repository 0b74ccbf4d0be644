import { isDeepStrictEqual } from 'node:util';
import { imageFiles, isWithin } from '@netfold/domain';
import { getContainer } from '../engine/call.ts';
import type { Call } from '../engine/call.ts';
import { sendJson } from '../http/reply.ts';

const changed = 0;
const added = 1;
const deleted = 2;

const parentsOf = (path: string): readonly string[] => {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_, at) => `/${parts.slice(0, at + 1).join('/')}`);
};

/** Paths that are not below another of them. */
const topmost = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => !paths.some((one) => one !== path && isWithin(path, one)));

/** `docker diff`: files that were written or removed, and the paths that mounts were made for. */
export const changes = async (call: Call): Promise<void> => {
  const seen = await call.see();
  const container = getContainer(seen, call.parameter('id'));
  const ofImage = imageFiles(seen.lab, container.image);
  const kinds = new Map<string, number>();
  const mounted = container.startedAt === null ? [] : container.mounts;
  const written = [...container.files.values()].filter(
    (file) => !isDeepStrictEqual(file, ofImage.get(file.path)),
  );
  const made = [
    ...written.map(({ path }) => path),
    ...mounted.map(({ destination }) => destination),
  ];
  const missing = [...ofImage.keys()].filter((path) => !container.files.has(path));
  const gone = topmost([...missing, ...container.removed]);
  for (const path of gone) kinds.set(path, deleted);
  for (const path of made) {
    kinds.set(path, ofImage.has(path) || kinds.has(path) ? changed : added);
  }
  for (const path of [...made, ...gone].flatMap(parentsOf)) {
    if (!kinds.has(path)) kinds.set(path, changed);
  }
  const paths = [...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rows = paths.map(([Path, Kind]) => ({ Path, Kind }));
  sendJson(call.response, 200, rows.length === 0 ? null : rows);
};
