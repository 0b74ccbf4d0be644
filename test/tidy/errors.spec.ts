import { expect, test } from 'vitest';
import { filesLike, textOf } from './repository.ts';

const page = 'docs/errors.md';
const sources = ['{apps,libs}/*/{src,bin}/**/*.{ts,mjs}', 'deploy/**/*.mjs'];

/** Codes in code, not those that a comment gives as an example. */
function codesInSources(): readonly string[] {
  const literals = filesLike(sources, ['**/*.spec.ts']).flatMap((path) =>
    [...textOf(path).matchAll(/['"`[](NF\d{4})['"`\]]/g)].map(([, code]) => code ?? ''),
  );
  return [...new Set(literals)].toSorted();
}

function codesDocumented(): readonly string[] {
  const headings = textOf(page).matchAll(/^#+ `?(NF\d{4})\b/gm);
  return [...headings].map(([, code]) => code ?? '');
}

test('every error code is documented, in order, and every documented code exists', () => {
  expect(codesDocumented()).toEqual(codesInSources());
});
