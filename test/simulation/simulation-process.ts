import { assertPlanted } from './plant-fault.ts';
import { simulate } from './simulate.ts';

/** One process of a simulation: `RUNS SEED shrinks|stops`; what it saw goes to its parent. */
const [runs, seed, shrinks] = process.argv.slice(2);
const simulated = simulate({
  runs: Number(runs),
  seed: Number(seed),
  shrinks: shrinks === 'shrinks',
});
assertPlanted();
process.send?.(simulated);
process.disconnect();
