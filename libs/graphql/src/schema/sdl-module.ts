import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** All files of the schema, one noun each, in order of their names. */
export function readSchemaFiles(folder: string): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return files
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}

/** The text of `sdl.ts`: the schema as a module, because a bundle takes no other files along. */
export function sdlModule(sdl: string): string {
  const escaped = sdl.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
  const note = '// Made from schema/*.graphql by schema.spec.ts; change those.';
  return `${note}\nexport const sdl = \`${escaped}\`;\n`;
}
