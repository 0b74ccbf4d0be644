import { describe, expect, test } from 'vitest';
import { RateLimit, rateBucketsMax } from './quotas.ts';

describe('a rate limit', () => {
  const limit = (clock: () => number) => new RateLimit(50, 200, clock);

  test('lets the burst through and then what flows in', () => {
    let now = 0;
    const commands = limit(() => now);
    const takeMany = (count: number): number =>
      Array.from({ length: count }, () => commands.take('local', 1)).filter(
        ({ kind }) => kind === 'taken',
      ).length;
    expect(takeMany(201)).toBe(200);
    now += 1_000;
    expect(takeMany(51)).toBe(50);
    now += 3_600_000;
    expect(takeMany(201)).toBe(200);
  });

  test('says after what time the next one may come', () => {
    let now = 0;
    const commands = limit(() => now);
    commands.take('local', 200);
    expect(commands.take('local', 1)).toEqual({ kind: 'refused', retryAfterMs: 20 });
    now += 20;
    expect(commands.take('local', 1)).toEqual({ kind: 'taken' });
  });

  test('counts tenants apart', () => {
    const commands = limit(() => 0);
    commands.take('a', 200);
    expect(commands.take('a', 1).kind).toBe('refused');
    expect(commands.take('b', 1).kind).toBe('taken');
  });

  test('a clock that goes back gives nothing away', () => {
    let now = 1_000;
    const commands = limit(() => now);
    commands.take('a', 200);
    now = 0;
    expect(commands.take('a', 1).kind).toBe('refused');
  });

  test('remembers so many and no more, the latest', () => {
    const commands = limit(() => 0);
    for (let index = 0; index <= rateBucketsMax; index += 1) commands.take(`t${index}`, 200);
    expect(commands.take(`t${rateBucketsMax}`, 1).kind).toBe('refused');
    expect(commands.take('t0', 1).kind).toBe('taken');
  });
});
