export { defaultDataFolder, filesOf } from './data-folder.ts';
export { NetfoldProblem, printedProblem } from './problem.ts';
export type { Problem } from './problem.ts';
