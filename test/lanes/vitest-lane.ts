import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Lane, Tool } from './lanes.ts';
import { judge, type LaneReport, type LaneResult } from './result.ts';

const outputMsMax = 5_000;
/** Of the longest name of a lane. */
const nameWidth = 12;
const root = fileURLToPath(new URL('../../', import.meta.url));

/** The first tool of the lane that is not on this machine. */
export function missingTool({ tools = [] }: Lane): Tool | null {
  const isMissing = ({ command, probe }: Tool): boolean =>
    spawnSync(command, probe, { stdio: 'ignore' }).status !== 0;
  return tools.find(isMissing) ?? null;
}

export function build(applications: readonly string[]): boolean {
  const script = join(root, 'deploy/local/build.mjs');
  const args = [script, ...applications];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;
}

/** Runs the specs of one lane; their output goes to this program's own. */
export async function runLane(
  lane: Lane,
  options: {
    readonly resultsFolder: string;
    readonly golden: boolean;
    /** Else each line of its output begins with its name. */
    readonly isAlone: boolean;
  },
): Promise<LaneResult> {
  const reportFile = join(options.resultsFolder, `${lane.name}.json`);
  const notesFile = join(options.resultsFolder, `${lane.name}.notes`);
  rmSync(reportFile, { force: true });
  rmSync(notesFile, { force: true });
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run'];
  args.push('--config', join(root, 'test/lanes/vitest.config.ts'), '--root', root);
  if (options.golden) args.push('--update');
  const environment = {
    NETFOLD_LANE_REPORT: reportFile,
    NETFOLD_LANE_NOTES: notesFile,
    ...(options.golden ? { GOLDEN: '1' } : {}),
  };
  const exitCode = await exitCodeOf(lane, args, { environment, isAlone: options.isAlone });
  return judge(lane, readReport(reportFile), exitCode, readNotes(notesFile));
}

/** @returns null when the lane was stopped at its time limit */
function exitCodeOf(
  lane: Lane,
  args: readonly string[],
  {
    environment,
    isAlone,
  }: { readonly environment: Readonly<Record<string, string>>; readonly isAlone: boolean },
): Promise<number | null> {
  const output = isAlone ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', output, output],
    env: {
      ...process.env,
      // Tools started by name in a spec run on the pinned Node, too.
      PATH: [join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
      NETFOLD_LANE: lane.name,
      ...lane.environment,
      ...environment,
      ...(process.stdout.isTTY && isAlone ? {} : { NO_COLOR: '1' }),
    },
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) tell(lane, stream);
  }
  const onSignal = (signal: NodeJS.Signals): boolean => child.kill(signal);
  process.once('SIGTERM', onSignal);
  return new Promise((resolve, reject) => {
    let isLate = false;
    const limit = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, lane.minutesMax * 60_000);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(limit);
      process.removeListener('SIGTERM', onSignal);
      const ended = (): void => resolve(isLate ? null : (code ?? 1));
      // Behind the last of its output, unless a program that it left behind holds on to it.
      const rest = setTimeout(ended, outputMsMax);
      child.once('close', () => {
        clearTimeout(rest);
        ended();
      });
    });
  });
}

/** Line by line, so that two lanes at once can be told apart. */
function tell({ name }: Lane, stream: Readable): void {
  createInterface({ input: stream }).on('line', (line) => {
    process.stdout.write(`${name.padEnd(nameWidth)} | ${line}\n`);
  });
}

function readReport(file: string): LaneReport | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LaneReport;
  } catch {
    return null; // Vitest ended before it could report; `judge` counts that as a failure.
  }
}

/** What specs had to say for the report, each line once. */
function readNotes(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  return [...new Set(readFileSync(file, 'utf8').trim().split('\n'))].toSorted();
}
