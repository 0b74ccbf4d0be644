import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printed } from './server.ts';
import type { Connection } from './netfold.ts';

const main = join(import.meta.dirname, '../../../apps/scaled/dist/main.js');

/** The scaled installation as `npm run scaled` brings it up, with everything that belongs to it. */
export type RunningScaled = {
  /** Of the gateways. */
  readonly urls: readonly string[];
  readonly token: string;
  /** `host:port` of the broker. */
  readonly kafka: string;
  /** The database of the log. */
  readonly log: Connection;
  /** The database in which the projectors build the read models. */
  readonly tables: Connection;
  readonly stop: () => Promise<void>;
};

export async function startScaled(): Promise<RunningScaled> {
  const data = mkdtempSync(join(tmpdir(), 'netfold-bench-'));
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', main, '--port', '0', '--data', data],
    {
      env: { ...process.env, NETFOLD_LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  // A bench that is interrupted leaves nothing running.
  const end = (): boolean => child.kill('SIGTERM');
  process.once('exit', end);
  const overview = await printed(child, /([^]*gateway-2\s.*\n)/);
  const { postgres, tables } = JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')) as {
    readonly postgres: Connection;
    readonly tables: Connection;
  };
  return {
    urls: [...overview.matchAll(/gateway-\d+\s+\d+\s+(http:\S+)/g)].map(([, url = '']) => url),
    token: readFileSync(join(data, 'token'), 'utf8').trim(),
    kafka: /kafka\s+\d+\s+(\S+)/.exec(overview)?.[1] ?? '',
    log: postgres,
    tables,
    stop: async () => {
      const exited = once(child, 'exit');
      end();
      await exited;
      process.removeListener('exit', end);
      rmSync(data, { recursive: true, force: true });
    },
  };
}
