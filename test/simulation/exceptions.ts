/**
 * Refusals that random users do not reach, each with the test that does. The list may only shrink:
 * a code that occurs all the same fails the run.
 */
export const refusalsThatNeverCome: readonly string[] = [];
