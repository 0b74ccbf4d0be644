import { defineConfig } from 'rolldown';

// Netfold's own sources go into the bundle, npm packages stay outside. The decorator helpers of
// @oxc-project/runtime are no dependency of ours and must be bundled.
const bundled = /^(?:[./]|@netfold\/|@oxc-project\/)/;

/** The bundle of a service: one entry, run by the pinned Node. */
// oxlint-disable-next-line import/no-default-export -- rolldown reads its configuration so
export default defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  tsconfig: true,
  resolve: { conditionNames: ['@netfold/source', 'node', 'default'] },
  external: (id) => !bundled.test(id),
  output: { dir: 'dist', format: 'esm', sourcemap: true },
});
