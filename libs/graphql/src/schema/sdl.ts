import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Kind, parse } from 'graphql';

// Found through the package, so that it also works from a bundle that stands elsewhere.
const home = dirname(createRequire(import.meta.url).resolve('@netfold/graphql/package.json'));
const folder = join(home, 'schema');

/** The schema in GraphQL's own language: all files, in order of their names. */
export const sdl = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .toSorted()
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n');

const fieldsByType: ReadonlyMap<string, readonly string[]> = new Map(
  parse(sdl, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION
      ? [[definition.name.value, (definition.fields ?? []).map(({ name }) => name.value)]]
      : [],
  ),
);

/** The names of the fields of an object type. @throws when there is no such type */
export function fieldsOfType(type: string): readonly string[] {
  const fields = fieldsByType.get(type);
  if (fields === undefined) throw new Error(`the schema has no type ${type}`);
  return fields;
}
