import { defineConfig } from 'vitest/config';
import base, { generated } from './vitest.base.ts';
import { LaneReporter } from './lane-reporter.ts';
import { laneNamed } from './lanes.ts';

// Set by the runner beside this file; without it, as in the other packages, all specs below.
const lane = laneNamed(process.env['NETFOLD_LANE'] ?? '');

const reportFile = process.env['NETFOLD_LANE_REPORT'];

// Not `mergeConfig`, which would append the lane's globs to those of the base.
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    ...(reportFile !== undefined && { reporters: ['default', new LaneReporter(reportFile)] }),
    ...(lane && {
      include: [...lane.specs, ...(lane.repeats ?? [])],
      exclude: [...generated, ...(lane.not ?? [])],
    }),
    ...(lane?.sharesModules === true && { isolate: false }),
    ...(lane?.filesAtOnce !== undefined && { maxWorkers: lane.filesAtOnce }),
    ...(lane?.setup !== undefined && { globalSetup: [lane.setup], fileParallelism: false }),
  },
});
