import { describe, expect, test } from 'vitest';
import { compareTraits, needsGatewayNetwork } from './gateway-order.ts';
import type { NetworkTraits } from './gateway-order.ts';

const bridge = (name: string, changes: Partial<NetworkTraits> = {}): NetworkTraits => ({
  name,
  driver: 'bridge',
  isInternal: false,
  hasGateway: true,
  hasGatewayIPv6: false,
  interfacePrefix: 'eth',
  ...changes,
});
const overlay = (name: string): NetworkTraits =>
  bridge(name, { driver: 'overlay', hasGateway: false });

describe('the order of endpoints', () => {
  const sorted = (...networks: readonly NetworkTraits[]): readonly string[] =>
    networks.toSorted(compareTraits).map((network) => network.name);

  test('is that of the network names, bytewise', () => {
    expect(sorted(bridge('n'), bridge('bridge'), bridge('Zz'))).toEqual(['Zz', 'bridge', 'n']);
  });

  test('puts networks with more gateways first, internal ones and docker_gwbridge last', () => {
    expect(
      sorted(
        bridge('docker_gwbridge'),
        bridge('aint', { isInternal: true }),
        overlay('ov'),
        bridge('web'),
        bridge('v6', { hasGatewayIPv6: true }),
      ),
    ).toEqual(['v6', 'web', 'ov', 'aint', 'docker_gwbridge']);
  });
});

describe('docker_gwbridge is needed', () => {
  test('on overlays alone, and beside internal networks', () => {
    expect(needsGatewayNetwork([overlay('ov')])).toBe(true);
    expect(needsGatewayNetwork([overlay('ov'), bridge('i', { isInternal: true })])).toBe(true);
    expect(needsGatewayNetwork([overlay('ov'), bridge('docker_gwbridge')])).toBe(true);
  });

  test('not where some network reaches outside, nor where none does', () => {
    expect(needsGatewayNetwork([overlay('ov'), bridge('web')])).toBe(false);
    expect(needsGatewayNetwork([bridge('i', { isInternal: true })])).toBe(false);
    expect(needsGatewayNetwork([{ ...overlay('none'), driver: 'null' }])).toBe(false);
    expect(needsGatewayNetwork([])).toBe(false);
  });
});
