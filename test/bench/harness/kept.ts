import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** The results of the last full run that was kept, and the page that is made from them. */
export const resultsPath = join(root, 'test/bench/results/latest.json');
export const pagePath = join(root, 'docs/reference/performance.md');
/** Where every other run leaves its results. */
export const lastRunPath = join(root, 'test/dist/bench/last-run.json');
