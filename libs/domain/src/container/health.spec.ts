import type { ContainerSpec } from '@netfold/contracts';
import { containerSpec } from '@netfold/testkit/factories';
import { describe, expect, test } from 'vitest';
import { mergedHealthcheck } from './health.ts';
import { specProblem } from './spec-rules.ts';

const checked = (Healthcheck: object): ContainerSpec => {
  const spec = containerSpec('c1', {});
  return { ...spec, passThrough: { ...spec.passThrough, config: { Healthcheck } } };
};

describe('a health check', () => {
  test.each([
    [{ Interval: 1_000 }, 'Interval in Healthcheck cannot be less than 1ms'],
    [{ Timeout: 999_999 }, 'Timeout in Healthcheck cannot be less than 1ms'],
    [{ StartPeriod: 1 }, 'StartPeriod in Healthcheck cannot be less than 1ms'],
    [{ Retries: -1 }, 'Retries in Healthcheck cannot be negative'],
  ])('of %j is refused', (given, message) => {
    expect(specProblem(checked({ Test: ['CMD', 'x'], ...given }))).toMatchObject({
      class: 'invalidParameter',
      code: 'HealthcheckInvalid',
      message,
    });
  });

  test('of a millisecond is taken', () => {
    expect(specProblem(checked({ Test: ['CMD', 'x'], Interval: 1_000_000 }))).toBeNull();
  });

  test('takes from its image what the client did not say', () => {
    const image = { test: ['CMD-SHELL', 'echo fine'], intervalNanos: 1e9 };
    expect(mergedHealthcheck(undefined, image)).toEqual({
      Test: ['CMD-SHELL', 'echo fine'],
      Interval: 1e9,
    });
    expect(mergedHealthcheck({ Test: ['NONE'] }, image)).toEqual({ Test: ['NONE'], Interval: 1e9 });
    expect(mergedHealthcheck({ Interval: 2e9, Timeout: 0 }, image)).toEqual({
      Test: ['CMD-SHELL', 'echo fine'],
      Interval: 2e9,
    });
    expect(mergedHealthcheck({ Interval: 2e9 }, undefined)).toEqual({ Interval: 2e9 });
    expect(mergedHealthcheck(undefined, undefined)).toBeNull();
  });
});
