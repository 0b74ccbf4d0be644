import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

/** Limits against hanging, not measures of speed: machines of CI are slow and shared. */
const testMsMax = 30_000;
const hookMsMax = 60_000;

export const generated = ['**/node_modules/**', '**/dist/**'];

// graphql has a CommonJS and an ESM half, and Node takes the first for the packages that Vitest
// leaves to it. Vite would take the other for our own sources: two realms, and a schema of the one
// is none to the other. So our sources get what Node gets.
const graphql = fileURLToPath(import.meta.resolve('graphql'));

// The decorator options stand here too because a tsconfig.json leaves out the specs of its project.
//
// Never list `import` among the conditions: Vitest hands them to Node as --conditions, and a
// CommonJS `require('ws')` would then get the ESM wrapper, which breaks @fastify/websocket.
export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  ssr: { resolve: { conditions: ['@netfold/source', ...defaultServerConditions] } },
  test: {
    include: ['**/*.spec.ts'],
    exclude: generated,
    testTimeout: testMsMax,
    hookTimeout: hookMsMax,
    // Vitest leaves one processor to itself, of two: half of them.
    maxWorkers: availableParallelism(),
  },
});
