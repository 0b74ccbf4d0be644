import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { seed as anySeed } from '../seed.ts';
import { reportOf } from './report.ts';
import { runChaos } from './run.ts';

// `npm run chaos -- --minutes N [--seed S] [--rounds N] [--out FILE]`
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    rounds: { type: 'string', default: '1' },
    out: { type: 'string', default: 'chaos-report.json' },
  },
});
const minutes = Number(values.minutes);
const seed = values.seed === undefined ? anySeed : Number(values.seed);
const rounds = Number(values.rounds);
if (!(minutes >= 0) || !Number.isInteger(seed) || !(rounds >= 1)) {
  process.stderr.write('error: give --minutes, --rounds and --seed numbers\n');
  process.exit(2);
}
const say = (line: string): void => {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
};
say(`seed ${seed}, for ${minutes} minutes`);
const until = { minutes, rounds, acknowledged: 0, cuts: 100 * rounds };
const outcome = await runChaos({ seed, until, say });
const report = reportOf(outcome);
writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`);
process.stdout.write(`${report.summary}\nthe report is in ${values.out}\n`);
process.exitCode = report.isSound ? 0 : 1;
