import { describe, expect, it } from 'vitest';
import { createLab, createNetwork, given } from '@netfold/testkit';

const engine = given().when(createLab('h1'));

describe('a macvlan network', () => {
  const macvlan = (options: Record<string, string>, subnet = '10.30.0.0/24') =>
    createNetwork(`mv-${subnet}`, { driver: 'macvlan', subnet, options });
  const one = engine.when(macvlan({ parent: 'eth0' }, '192.168.50.0/24'));

  it('sits on a NIC of the host', () => {
    expect(one.thenAccepted().fact('NetworkCreated').bridge).toBeNull();
  });

  it('makes a VLAN link, or a dummy link without a parent', () => {
    const vlan = engine.when(macvlan({ parent: 'eth0.10' })).fact('NetworkCreated');
    expect(vlan.parentLink).toMatchObject({ name: 'eth0.10', interfaceIndex: 4 });
    const dummy = engine.when(macvlan({})).fact('NetworkCreated');
    expect(dummy.parentLink?.name).toBe(`dm-${dummy.networkId.slice(0, 12)}`);
  });

  it.each([
    ['eth0', /^network dm-[0-9a-f]{12} is already using parent interface eth0$/],
    ['nosuch0', 'invalid subinterface vlan name nosuch0, example formatting is eth0.10'],
    ['lo', 'loopback interface is not a valid macvlan parent link'],
    ['eth0.1.2', /^required interface name format is: name\.vlan_id/],
    ['eth0.x', 'unable to parse a valid vlan id from: x (ex. eth0.10 for vlan 10)'],
    ['eth7.10', '-o parent interface does was not found on the host: eth7'],
    ['eth0.4095', 'vlan id must be between 1-4094, received: 4095'],
  ])('is refused on %s', (parent, message) => {
    one.when(macvlan({ parent })).thenRefused('internal', message);
  });

  it('is refused in an unknown mode', () => {
    one.when(macvlan({ macvlan_mode: 'x' })).thenRefused('internal', /^requested macvlan mode 'x'/);
  });
});
