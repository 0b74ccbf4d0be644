import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// Found through the package, so that it also works from a bundle that stands elsewhere.
const home = dirname(createRequire(import.meta.url).resolve('@netfold/graphql/package.json'));
const folder = join(home, 'schema');

/** The schema in GraphQL's own language: all files, in order of their names. */
export const sdl = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .toSorted()
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n');
