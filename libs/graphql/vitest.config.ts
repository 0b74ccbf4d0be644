import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vitest/config';
import base from '../../test/lanes/vitest.base.ts';

// graphql has a CommonJS and an ESM half, and Node takes the first. Vite would take the other for
// our own sources: two realms, and a schema of the one is none to the other.
const graphql = fileURLToPath(import.meta.resolve('graphql'));

export default mergeConfig(base, {
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
});
