import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The kernel takes no longer path of a unix socket. */
const socketPathBytesMax = 107;

const socketName = '.s.PGSQL.5432';

/**
 * The folder of PostgreSQL's unix socket, for its owner only: in the data folder, or, where that
 * path is too long, one in the system's folder for temporary files, named after it.
 */
export function socketFolder(folder: string, reachable: boolean): string {
  const near = join(folder, 'socket');
  const isShort = Buffer.byteLength(join(near, socketName)) <= socketPathBytesMax;
  const digest = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const chosen = isShort && reachable ? near : join(tmpdir(), `netfold-postgres-${digest}`);
  mkdirSync(chosen, { recursive: true, mode: 0o700 });
  chmodSync(chosen, 0o700);
  return chosen;
}
