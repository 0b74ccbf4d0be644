import { afterAll, beforeAll, describe, test } from 'vitest';
import { expectAsRecorded } from './as-recorded.ts';
import { engineCases } from './engine-cases.ts';
import { HostileLab } from './hostile-lab.ts';

let lab: HostileLab;
beforeAll(async () => {
  lab = await HostileLab.start();
}, 60_000);
afterAll(() => lab.stop());

describe('published ports are taken and refused as by a real engine', () => {
  test.each(engineCases['ports'] ?? [])('input $input: $title', async (one) => {
    await expectAsRecorded(lab, one);
  });
});
