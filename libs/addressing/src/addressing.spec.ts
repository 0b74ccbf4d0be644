import { describe, expect, it } from 'vitest';
import * as a from './index.ts';

describe('IPv4', () => {
  it('reads and prints every octet', () => {
    expect(a.parseIpv4('172.17.0.2')).toBe(0xac110002);
    expect(a.formatIpv4(0xfffffffe)).toBe('255.255.255.254');
  });

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '256.1.1.1',
    '1.2.3.4 ',
    '1..2.3',
    '1.2.3.1000',
    '-1.2.3.4',
  ])('refuses %j as Go does', (text) => expect(a.parseIpv4(text)).toBeNull());
});

describe('IPv6', () => {
  it.each([
    ['::', '::'],
    ['::1', '::1'],
    ['fd00::', 'fd00::'],
    ['FD00:0:0:1:0:0:0:2', 'fd00:0:0:1::2'],
    ['1:0:0:2:0:0:3:4', '1::2:0:0:3:4'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['64:ff9b::10.0.0.1', '64:ff9b::a00:1'],
  ])('reads %s and prints %s', (text, printed) => {
    const value = a.parseIpv6(text);
    expect(value).not.toBeNull();
    expect(a.formatIpv6(value ?? 0n)).toBe(printed);
  });

  it.each([
    'fe80::1%eth0',
    '1:2:3:4:5:6:7',
    '1::2::3',
    '12345::',
    '::1.2.3',
    '1:2:3:4:5:6:7:8:9',
    '1.2.3.4',
  ])('refuses %j as Go does', (text) => expect(a.parseIpv6(text)).toBeNull());
});

describe('CIDR', () => {
  it('keeps host bits of the address and gives the network without them', () => {
    const cidr = a.mustParseCidr('10.8.0.5/24');
    expect(a.formatCidr(cidr)).toBe('10.8.0.5/24');
    expect(a.formatNetwork(cidr)).toBe('10.8.0.0/24');
  });

  it.each([
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0/8',
    'fd00::/129',
    '/8',
    '10.0.0.0/',
    '10.0.0.0/8/8',
  ])('refuses %j as Go does', (text) => expect(a.parseCidr(text)).toBeNull());

  it('knows what it contains and what it overlaps', () => {
    const wide = a.mustParseCidr('172.16.0.0/12');
    const narrow = a.mustParseCidr('172.20.5.0/24');
    const other = a.mustParseCidr('192.168.0.0/20');
    expect(a.overlaps(wide, narrow)).toBe(true);
    expect(a.overlaps(narrow, wide)).toBe(true);
    expect(a.overlaps(wide, other)).toBe(false);
    expect(a.overlaps(wide, a.mustParseCidr('fd00::/8'))).toBe(false);
    expect(a.overlaps(a.mustParseCidr('0.0.0.0/0'), other)).toBe(true);
  });

  it('gives the last address of both families', () => {
    expect(a.formatIp(a.lastAddress(a.mustParseCidr('10.0.0.0/29')))).toBe('10.0.0.7');
    expect(a.formatIp(a.lastAddress(a.mustParseCidr('fd00::/120')))).toBe('fd00::ff');
  });

  it('splits a network in order', () => {
    const parts = a.splitIpv4(a.cidr4(a.parseIpv4('192.168.0.0') ?? 0, 16), 20);
    expect(parts).toHaveLength(16);
    expect(parts.slice(0, 2).map(a.formatNetwork)).toEqual(['192.168.0.0/20', '192.168.16.0/20']);
  });

  it('steps to the next address and stops at the end of the family', () => {
    expect(a.addressAfter({ family: 4, value: 0xffffffff }, 1)).toBeNull();
    expect(a.addressAfter({ family: 6, value: 1n }, 1)).toEqual({ family: 6, value: 2n });
  });
});

describe('MAC', () => {
  it('is 02:42 and the address of an endpoint', () => {
    expect(a.macFromIpv4(a.parseIpv4('172.17.0.2') ?? 0)).toBe('02:42:ac:11:00:02');
    expect(a.macFromIpv4(a.parseIpv4('10.0.9.1') ?? 0)).toBe('02:42:0a:00:09:01');
  });

  it('forms the link-local address of an interface', () => {
    expect(a.formatIpv6(a.linkLocalFromMac('02:42:ac:11:00:02'))).toBe('fe80::42:acff:fe11:2');
  });

  it('is read in three notations and no other', () => {
    expect(a.parseMac('02-42-AC-11-00-02')).toBe('02:42:ac:11:00:02');
    expect(a.parseMac('0242.ac11.0002')).toBe('02:42:ac:11:00:02');
    expect(a.parseMac('02:42:ac:11:00')).toBeNull();
    expect(a.parseMac('02:42-ac:11:00:02')).toBeNull();
  });
});

describe('ports', () => {
  it('are read alone or as a range', () => {
    expect(a.parsePortRange('80')).toEqual({ first: 80, last: 80 });
    expect(a.parsePortRange('8000-8010')).toEqual({ first: 8000, last: 8010 });
    expect(a.parsePortRange('8010-8000')).toBeNull();
    expect(a.parsePortRange('65536')).toBeNull();
    expect(a.parsePortWithProtocol('53/UDP')?.protocol).toBe('udp');
    expect(a.parsePortWithProtocol('53/icmp')).toBeNull();
  });
});
