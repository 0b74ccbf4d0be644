import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAsRecorded } from './as-recorded.ts';
import { engineCases } from './engine-cases.ts';
import { container } from './engine-case.ts';
import { askEngine, clearEngine } from './engine-run.ts';
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

const jsonType = { 'content-type': 'application/json' };

describe('input 77: every port of a container, a hundred times', () => {
  const publishing = (count: number, name: string) =>
    container(name, 'default', {
      host: {
        PortBindings: Object.fromEntries(
          Array.from({ length: count }, (_, at) => [
            `${at + 1}/tcp`,
            [{ HostPort: String(at + 1) }],
          ]),
        ),
      },
    });

  test.each([
    ['65,535 ports, a body that is too large', 65_535, 400],
    ['3,000 ports, more than a container may have', 3_000, 503],
  ])(
    '%s',
    async (_, count, expected) => {
      await clearEngine(lab.socketPath);
      const version = await lab.version();
      const made = publishing(count, 'c1');
      const step = { ...made, body: JSON.stringify(made.body), headers: jsonType };
      const since = performance.now();
      for (let at = 0; at < 100; at += 1) {
        // A body that is far too large may be cut off before the answer is read.
        const cut = { status: expected, text: '' };
        const { status } = await askEngine(lab.socketPath, step).catch(() => cut);
        expect(status).toBe(expected);
      }
      expect((performance.now() - since) / 100).toBeLessThan(200);
      expect(await lab.version()).toBe(version);
      expect(await lab.isWell()).toBe(true);
    },
    60_000,
  );
});
