import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const catalogue = join(import.meta.dirname, '../../libs/domain/src/refusal');

/** `NF2107`, or two capitalised words without a blank: the form of codes and of nothing else there. */
const codePattern = /(?<=')(?:NF\d{4}|[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?=')/g;

/** Every code of the catalogue of refusals, as its source has them. */
export const refusalCodes: readonly string[] = [
  ...new Set(
    readdirSync(catalogue)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .flatMap((name) => readFileSync(join(catalogue, name), 'utf8').match(codePattern) ?? []),
  ),
].toSorted();
