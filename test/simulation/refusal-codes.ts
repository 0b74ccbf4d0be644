import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const domain = join(import.meta.dirname, '../../libs/domain/src');
const catalogue = join(domain, 'refusal');

/** `NF` and a number, or capitalised words without a blank: codes and nothing else there. */
const codePattern = /(?<=')(?:NF\d{4}|[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?=')/g;

/** Codes that a decider gives to the refusals it words itself. */
const ownCodePattern = /(?<=(?:specInvalid|conflict)\(\s*')[A-Za-z0-9]+(?=')/g;

/** Every code of the catalogue of refusals and of the rules beside it, as the source has them. */
export const refusalCodes: readonly string[] = [
  ...new Set([
    ...sourcesIn(catalogue).flatMap((source) => source.match(codePattern) ?? []),
    ...sourcesIn(domain).flatMap((source) => source.match(ownCodePattern) ?? []),
  ]),
].toSorted();

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}
