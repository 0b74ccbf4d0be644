import { mergeConfig } from 'vitest/config';
import base from './vitest.base.ts';
import type { Lane } from './lanes.ts';

// The lane comes from the runner beside this file.
const lane = JSON.parse(process.env['NETFOLD_LANE'] ?? '{}') as Lane;

export default mergeConfig(base, {
  test: {
    include: [...lane.specs],
    exclude: ['**/node_modules/**', '**/dist/**', ...(lane.not ?? [])],
  },
});
