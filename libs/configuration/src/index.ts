export { defaultDataFolder, filesOf } from './data-folder.ts';
export { packageVersion } from './package-version.ts';
export { NetfoldProblem, printedProblem } from './problem.ts';
export type { Problem } from './problem.ts';
