import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './repository.ts';

/** The tools' entry files, so that each runs on the pinned Node whatever the PATH says. */
const entries = {
  tsc: '@typescript/native/bin/tsc',
  oxlint: 'oxlint/bin/oxlint',
  oxfmt: 'oxfmt/bin/oxfmt',
  depcruise: 'dependency-cruiser/bin/dependency-cruiser.mjs',
  knip: 'knip/bin/knip.js',
} as const;

export type ToolRun = { readonly status: number | null; readonly output: string };

/** Runs one of the project's own tools in a folder and waits for it. */
export function runTool(
  tool: keyof typeof entries,
  args: readonly string[],
  folder: string = root,
): ToolRun {
  const run = spawnSync(process.execPath, [join(root, 'node_modules', entries[tool]), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status: run.status, output: `${run.stdout}${run.stderr}` };
}
