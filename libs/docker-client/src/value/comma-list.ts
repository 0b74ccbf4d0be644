import { readRecord } from './record.ts';

/**
 * The values of a flag that takes several at once: `a,b`, each time it is given.
 *
 * @throws ValueProblem
 * @source spf13/pflag string_slice.go
 */
export const readCommaList = (given: readonly string[]): readonly string[] =>
  given.flatMap((text) => (text === '' ? [] : readRecord(text)));
