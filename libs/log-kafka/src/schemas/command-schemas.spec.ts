import { join } from 'node:path';
import { expect, test } from 'vitest';
import { schemasOfTypes } from './schemas-of-types.ts';

const contracts = join(import.meta.dirname, '../../../contracts/src/index.ts');

// The compiler reads all of the types first.
const compilerMsMax = 60_000;

test('the schemas of commands say what their types say', { timeout: compilerMsMax }, async () => {
  const schemas = schemasOfTypes({
    file: contracts,
    types: ['LabCommand', 'SingleCommand', 'BatchCommand'],
    isClosed: true,
    numbers: 'integer',
  });
  const head = [
    "import type { JsonSchemas } from '../json-schema.ts';",
    '',
    '/** Written by `command-schemas.spec.ts` from the types of libs/contracts. */',
    'export const commandSchemas: JsonSchemas = ',
  ].join('\n');
  const whole = `${head}${JSON.stringify(schemas, null, 2)};\n`;
  await expect(whole).toMatchFileSnapshot('./golden/command-schemas.ts');
});
