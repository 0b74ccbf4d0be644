import { describe, expect, it } from 'vitest';
import { formatIp, parseIp } from '@netfold/addressing';
import type { IpAddress } from '@netfold/addressing';
import {
  isAddressUsed,
  makeAddressPool,
  releaseAddress,
  takeAddress,
  takeNextAddress,
  takeSerialAddress,
  usedAddresses,
} from './address-pool.ts';
import type { AddressPool } from './address-pool.ts';

function ip(text: string): IpAddress {
  const address = parseIp(text);
  if (address === null) throw new Error(text);
  return address;
}

function take(pool: AddressPool, text: string): AddressPool {
  const taken = takeAddress(pool, ip(text));
  if (typeof taken === 'string') throw new Error(`${text} is ${taken}`);
  return taken;
}

/** Everything that the pool hands out until it is empty, at most `max`. */
function drained(pool: AddressPool, max = 1_000): readonly string[] {
  const addresses: string[] = [];
  let current = pool;
  while (addresses.length < max) {
    const taken = takeNextAddress(current);
    if (taken === null) break;
    addresses.push(formatIp(taken.address));
    current = taken.pool;
  }
  return addresses;
}

describe('a pool', () => {
  it('gives the lowest free address, and a released one at once again', () => {
    let pool = makeAddressPool('10.5.0.0/24', '');
    for (const text of ['10.5.0.1', '10.5.0.2', '10.5.0.3', '10.5.0.4']) pool = take(pool, text);
    expect(drained(releaseAddress(pool, ip('10.5.0.2')), 2)).toEqual(['10.5.0.2', '10.5.0.5']);
  });

  it.each([
    ['10.6.0.0/29', 6],
    ['10.6.1.0/30', 2],
    ['10.6.2.0/31', 0],
    ['10.6.3.0/32', 0],
  ])('%s holds %i addresses, gateway included', (subnet, count) => {
    expect(drained(makeAddressPool(subnet, ''))).toHaveLength(count);
  });

  it('gives the first address of a range although it looks like a network', () => {
    expect(drained(makeAddressPool('10.10.0.0/16', '10.10.5.0/24'), 2)).toEqual([
      '10.10.5.0',
      '10.10.5.1',
    ]);
    expect(drained(makeAddressPool('10.6.4.0/28', '10.6.4.8/31'))).toEqual([
      '10.6.4.8',
      '10.6.4.9',
    ]);
  });

  it('takes a range wider than the subnet for the whole subnet', () => {
    expect(drained(makeAddressPool('10.9.0.0/24', '10.9.0.0/16'))).toHaveLength(254);
  });

  it('takes only the host part of a range elsewhere, as libnetwork does', () => {
    expect(drained(makeAddressPool('10.9.0.0/24', '10.30.5.128/30'))).toEqual([
      '10.9.0.128',
      '10.9.0.129',
      '10.9.0.130',
      '10.9.0.131',
    ]);
  });

  it('takes a wished address outside of its range, and gives it back', () => {
    const pool = take(makeAddressPool('10.22.0.0/16', '10.22.8.0/24'), '10.22.0.254');
    expect(takeAddress(pool, ip('10.22.0.254'))).toBe('inUse');
    expect(isAddressUsed(releaseAddress(pool, ip('10.22.0.254')), ip('10.22.0.254'))).toBe(false);
    expect(drained(pool, 1)).toEqual(['10.22.8.0']);
  });

  it('refuses addresses of another network, reserved ones, and any when it is full', () => {
    const pool = makeAddressPool('10.6.1.0/30', '');
    expect(takeAddress(pool, ip('10.6.2.1'))).toBe('outOfPool');
    expect(takeAddress(pool, ip('10.6.1.0'))).toBe('inUse');
    expect(takeAddress(pool, ip('10.6.1.3'))).toBe('inUse');
    const full = take(take(pool, '10.6.1.1'), '10.6.1.2');
    expect(takeAddress(full, ip('10.6.1.1'))).toBe('full');
    expect(takeNextAddress(full)).toBeNull();
  });

  it('keeps host bits of its subnet as given, but gives from the network', () => {
    const pool = makeAddressPool('10.8.0.5/24', '');
    expect(pool.subnet).toBe('10.8.0.5/24');
    expect(drained(pool, 1)).toEqual(['10.8.0.1']);
  });

  it('starts IPv6 at ::1 and takes far addresses', () => {
    const pool = take(makeAddressPool('fd00:77::/64', ''), 'fd00:77::1');
    const wished = take(pool, 'fd00:77::ffff:0:0:99');
    expect(drained(wished, 2)).toEqual(['fd00:77::2', 'fd00:77::3']);
    expect(isAddressUsed(wished, ip('fd00:77:0:0:ffff::99'))).toBe(true);
    expect(takeAddress(pool, ip('fd00:77::'))).toBe('inUse');
    expect(takeAddress(pool, ip('fd00:78::1'))).toBe('outOfPool');
  });

  it('hands out in turn for a swarm, and wraps at the end', () => {
    let pool = makeAddressPool('10.0.1.0/29', '');
    let last: IpAddress | null = null;
    const given: string[] = [];
    for (let count = 0; count < 9; count += 1) {
      const taken = takeSerialAddress(pool, last);
      if (taken === null) throw new Error('full');
      given.push(formatIp(taken.address));
      last = taken.address;
      pool = releaseAddress(taken.pool, taken.address);
    }
    const round = ['10.0.1.1', '10.0.1.2', '10.0.1.3', '10.0.1.4', '10.0.1.5', '10.0.1.6'];
    expect(given).toEqual([...round, ...round.slice(0, 3)]);
  });

  it('tells everything in use', () => {
    const pool = take(makeAddressPool('10.6.0.0/29', ''), '10.6.0.4');
    expect(usedAddresses(pool)).toEqual(['10.6.0.0', '10.6.0.4', '10.6.0.7']);
  });
});
