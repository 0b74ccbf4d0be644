// Asks a real engine every case and keeps its answers in engine-answers.json:
//   node test/e2e/hostile/record-engine-answers.ts SOCKET 'COMMAND' [GROUP ...]
// COMMAND makes the engine at SOCKET pristine; it is of the generation of the labs (20.10.24), its
// machine stands on 192.168.50.0/24 alone, and it has the image `alpine`.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { engineCases } from './engine-cases.ts';
import { nameOf, runCase } from './engine-run.ts';
import type { EngineAnswers, StepAnswer } from './engine-run.ts';

const file = `${import.meta.dirname}/engine-answers.json`;
const [socketPath = '/var/run/docker.sock', fresh = 'true', ...chosen] = process.argv.slice(2);
const groups = chosen.length === 0 ? Object.keys(engineCases) : chosen;

const answers: Record<string, readonly StepAnswer[]> =
  chosen.length === 0 ? {} : { ...(JSON.parse(readFileSync(file, 'utf8')) as EngineAnswers) };
for (const group of groups) {
  execFileSync('sh', ['-c', fresh], { stdio: 'ignore' });
  const recorded = new Set<string>();
  for (const one of engineCases[group] ?? []) {
    const name = nameOf(one);
    if (recorded.has(name)) throw new Error(`two cases are called ${name}`);
    recorded.add(name);
    const said: StepAnswer[] = [];
    await runCase(socketPath, one, ({ answer }) => {
      said.push(answer);
    });
    answers[name] = said;
    console.log(`${name}: ${said.map(({ status }) => status).join(' ')}`);
  }
  writeFileSync(file, `${JSON.stringify(answers, null, 1)}\n`);
}
