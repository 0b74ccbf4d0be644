import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { seed as anySeed } from '../seed.ts';
import { reportOf } from './report.ts';
import { runChaos } from './run.ts';

// `npm run chaos -- --minutes N [--seed S] [--out FILE]`
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    out: { type: 'string', default: 'chaos-report.json' },
  },
});
const minutes = Number(values.minutes);
const seed = values.seed === undefined ? anySeed : Number(values.seed);
if (!(minutes >= 0) || !Number.isInteger(seed)) {
  process.stderr.write('error: give --minutes a number and --seed a whole number\n');
  process.exit(2);
}
const say = (line: string): void => {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
};
say(`seed ${seed}, for ${minutes} minutes`);
const until = { minutes, rounds: 1, acknowledged: 0, cuts: 100 };
const outcome = await runChaos({ seed, until, say });
const report = reportOf(outcome);
writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`);
process.stdout.write(`${report.summary}\nthe report is in ${values.out}\n`);
process.exitCode = report.isSound ? 0 : 1;
