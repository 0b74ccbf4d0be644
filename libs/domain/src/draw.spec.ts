import { describe, expect, it } from 'vitest';
import { drawOf } from './draw.ts';

const random = '00112233445566778899aabbccddeeff';

describe('a draw', () => {
  it('repeats itself for the same command', () => {
    const [first, second] = [drawOf(random), drawOf(random)];
    expect(first.hex64()).toBe(second.hex64());
    expect(first.swarmId()).toBe(second.swarmId());
    expect(first.bridgeMac()).toBe(second.bridgeMac());
  });

  it('differs with every bit of the seed', () => {
    const seeds = Array.from({ length: 32 }, (_, at) => `${'0'.repeat(at)}1`.padEnd(32, '0'));
    expect(new Set(seeds.map((seed) => drawOf(seed).hex(6))).size).toBe(32);
  });

  it('has the forms that Docker and swarmkit have', () => {
    const draw = drawOf(random);
    expect(draw.hex64()).toMatch(/^[0-9a-f]{64}$/);
    expect(draw.swarmId()).toMatch(/^[0-9a-z]{25}$/);
    expect(draw.vethName()).toMatch(/^veth[0-9a-f]{7}$/);
    expect(draw.bridgeMac()).toMatch(/^02:42(:[0-9a-f]{2}){4}$/);
    expect(draw.joinToken(draw.digest())).toMatch(/^SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}$/);
    for (let count = 0; count < 100; count += 1) {
      expect(Number.parseInt(draw.mac().slice(0, 2), 16) & 3).toBe(2);
    }
  });

  it('spreads evenly', () => {
    const draw = drawOf(random);
    const counts = [0, 0, 0, 0];
    for (let count = 0; count < 4_000; count += 1) {
      const place = draw.between(0, 3);
      counts[place] = (counts[place] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
