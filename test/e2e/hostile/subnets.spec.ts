import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAsRecorded } from './as-recorded.ts';
import { engineCases } from './engine-cases.ts';
import { askEngine, clearEngine } from './engine-run.ts';
import { HostileLab } from './hostile-lab.ts';
import { subnetted } from './engine-case.ts';

let lab: HostileLab;
beforeAll(async () => {
  lab = await HostileLab.start();
}, 60_000);
afterAll(() => lab.stop());

describe('subnets, ranges and gateways are taken and refused as by a real engine', () => {
  test.each(engineCases['subnets'] ?? [])('input $input: $title', async (one) => {
    await expectAsRecorded(lab, one);
  });
});

test('input 13: two hosts may use one subnet', async () => {
  const step = subnetted('n1', [{ Subnet: '10.60.0.0/24' }]);
  for (const socketPath of lab.sockets) {
    await clearEngine(socketPath);
    expect((await askEngine(socketPath, step)).status).toBe(201);
  }
});
