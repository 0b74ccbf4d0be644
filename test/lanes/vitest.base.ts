import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// The decorator options stand here too because a tsconfig.json leaves out the specs of its project.
//
// Never list `import` among the conditions: Vitest hands them to Node as --conditions, and a
// CommonJS `require('ws')` would then get the ESM wrapper, which breaks @fastify/websocket.
export const generated = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  ssr: { resolve: { conditions: ['@netfold/source', ...defaultServerConditions] } },
  test: { include: ['**/*.spec.ts'], exclude: generated },
});
