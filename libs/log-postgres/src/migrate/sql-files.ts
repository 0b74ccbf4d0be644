import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// Found through the package, so that it also works from a bundle that stands elsewhere.
const root = dirname(createRequire(import.meta.url).resolve('@netfold/log-postgres/sql/roles.sql'));

export const readSql = (name: string): string => readFileSync(join(root, name), 'utf8');

/** The files of a folder, by name. */
export const readFolder = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => ({ name, text: readSql(join(folder, name)) }));
