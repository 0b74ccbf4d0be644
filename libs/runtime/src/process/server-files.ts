import { renameSync, rmSync, writeFileSync } from 'node:fs';
import type { ConnectionSettings } from '@netfold/log-postgres';
import type { filesOf } from '@netfold/configuration';

type Files = ReturnType<typeof filesOf>;

type AnnouncedService = {
  readonly name: string;
  readonly at: string;
  /** `null` while it is being started again. */
  readonly processId: number | null;
};

/** What other programs read to find a running server: its address, and its database. 0600. */
export function announceServer(
  files: Files,
  server: {
    readonly url: string;
    readonly postgres: ConnectionSettings;
    /** Where the read models are when they are not beside the log. */
    readonly tables?: ConnectionSettings;
    /** What else runs, where the server is several processes. */
    readonly services?: readonly AnnouncedService[];
  },
): void {
  const aside = `${files.server}.new`;
  const text = JSON.stringify({ ...server, processId: process.pid }, null, 2);
  writeFileSync(aside, `${text}\n`, { mode: 0o600 });
  renameSync(aside, files.server);
}

export function withdrawServer(files: Files): void {
  rmSync(files.server, { force: true });
}
