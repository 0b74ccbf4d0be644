import { readFileSync } from 'node:fs';
import type { LabEvent } from '@netfold/contracts';
import { evolve, initial } from '@netfold/domain';
import type { Lab } from '@netfold/domain';
import { applyInPlace, emptyLab } from './mutable-fold.ts';

/**
 * Measures one style of fold in a process of its own, so that nothing else is in the heap.
 * Arguments: style, file of events as JSON. Prints the bytes that the result keeps alive.
 */
const [style = '', path = ''] = process.argv.slice(2);
const parse = (): readonly LabEvent[] => JSON.parse(readFileSync(path, 'utf8')) as LabEvent[];

const styles: Readonly<Record<string, () => unknown>> = {
  /** What the events themselves keep alive: subtracted by nobody, shown beside. */
  events: parse,
  mutable: () => {
    const lab = emptyLab();
    for (const event of parse()) applyInPlace(lab, event);
    return lab;
  },
  persistent: () => parse().reduce(evolve, initial),
  everyVersion: () => {
    const versions: Lab[] = [initial];
    for (const event of parse()) versions.push(evolve(versions.at(-1) ?? initial, event));
    return versions;
  },
};

const collect = (): number => {
  for (let time = 0; time < 4; time += 1) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

// Once for nothing: compiled code and inline caches are not the state's.
void styles[style]?.();
const before = collect();
const kept = styles[style]?.();
const bytes = collect() - before;
process.stdout.write(JSON.stringify({ bytes, isKept: kept !== undefined }));
