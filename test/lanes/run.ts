// Runs lanes, one that computes beside one that waits, and sums their counts.
//
//   run.ts [--golden] [LANE...]      without a name: every lane
//
// NETFOLD_REQUIRE=all makes a lane that cannot run a failure.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { laneNamed, lanes, selections, type Lane } from './lanes.ts';
import { closingLine, type LaneResult } from './result.ts';
import { inTracks } from './tracks.ts';
import { build, missingTool, runLane } from './vitest-lane.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { golden: { type: 'boolean', default: false } },
});
const resultsFolder = fileURLToPath(new URL('../../node_modules/.cache/lanes/', import.meta.url));
mkdirSync(resultsFolder, { recursive: true });

const chosen = positionals.length === 0 ? lanes : positionals.flatMap(lanesNamed);
const results = await inTracks(chosen, laneResult);
const { lines, failed } = closingLine(results, {
  requireAll: process.env['NETFOLD_REQUIRE'] === 'all',
});
process.stdout.write(`\n${lines.join('\n')}\n`);
process.exitCode = failed === 0 ? 0 : 1;

async function laneResult(lane: Lane): Promise<LaneResult> {
  const tool = missingTool(lane);
  if (tool !== null) return { kind: 'missing', lane, tool };
  process.stdout.write(`\n== ${lane.name}\n`);
  if (lane.applications !== undefined && !build(lane.applications)) {
    const complaints = ['could not build the application'];
    return { kind: 'ran', lane, passed: 0, failed: complaints.length, complaints };
  }
  return runLane(lane, {
    resultsFolder,
    golden: values.golden,
    isAlone: new Set(chosen.map(({ waits }) => waits === true)).size === 1,
  });
}

function lanesNamed(name: string): readonly Lane[] {
  const lane = laneNamed(name);
  const found = selections[name] ?? (lane === null ? null : [lane]);
  if (found !== null) return found;
  const known = [...lanes.map((lane) => lane.name), ...Object.keys(selections)].join(', ');
  process.stderr.write(`error: there is no lane \`${name}\`\n  fix:   name one of ${known}\n`);
  process.exit(2);
}
