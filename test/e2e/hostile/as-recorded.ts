import { expect } from 'vitest';
import type { EngineCase } from './engine-case.ts';
import { nameOf } from './engine-run.ts';
import { isOfAnyAnswer } from './hostile-lab.ts';
import type { HostileLab } from './hostile-lab.ts';
import { knownDifferences } from './known-differences.ts';

/** The lab answers a case as the engine did, or otherwise in a way that is written down. */
export async function expectAsRecorded(lab: HostileLab, one: EngineCase): Promise<void> {
  const found = await lab.differences(one);
  const reason = knownDifferences[nameOf(one)];
  if (reason === undefined) {
    expect(found).toEqual([]);
    return;
  }
  expect(found.filter(isOfAnyAnswer)).toEqual([]);
  expect(found, `it is as recorded now, no longer: ${reason}`).not.toEqual([]);
}
