import type { HostSpec, LanSpec, NicSpec } from '@netfold/contracts';
import { z } from 'zod';
import { address, list, listLimits, name } from './text.ts';

/** The LAN of a lab that names none. */
export const defaultLan: LanSpec = {
  name: 'lan0',
  subnet: '192.168.50.0/24',
  gateway: '192.168.50.1',
};

/** The machine of the outside world answers at .1, simulated hosts stand from .11 on. */
const firstHostNumber = 10;
const lastHostNumber = 254;

const nic = z
  .object({ name, lan: name, address, mac: address.nullish(), mtuBytes: z.number().int() })
  .transform((wish): NicSpec => ({ ...wish, mac: wish.mac ?? macOf(wish.address) }));

const engineProfile = z.literal('20.10', {
  error: 'the engine profile is `20.10`, the only one so far',
});

export const lan = z.object({ name, subnet: address, gateway: address });

const hostWish = z.object({
  name,
  engineProfile,
  nics: list(nic, listLimits.nics).nullish(),
});

/** Hosts of a new lab: those without NICs get one on the first LAN, numbered in order. */
export const hostsWish = list(hostWish, listLimits.hosts);

export const hostStep = hostWish.transform((wish): HostSpec => ({
  ...wish,
  nics: wish.nics ?? nicsByName(wish.name),
}));

export const hostsOf = (
  wishes: z.infer<typeof hostsWish>,
  lans: readonly LanSpec[],
): readonly HostSpec[] =>
  wishes.map((wish, index) => ({
    ...wish,
    nics: wish.nics ?? nicsAt(lans[0] ?? defaultLan, firstHostNumber + 1 + index),
  }));

/** `h3` is the thirteenth address of the default LAN; any other name must bring its NICs. */
function nicsByName(hostName: string): readonly NicSpec[] {
  const number = /^\D*([1-9]\d{0,2})$/.exec(hostName)?.[1];
  return number === undefined ? [] : nicsAt(defaultLan, firstHostNumber + Number(number));
}

function nicsAt(on: LanSpec, hostNumber: number): readonly NicSpec[] {
  const octets = /^(\d+\.\d+\.\d+)\.0\/24$/.exec(on.subnet)?.[1];
  if (octets === undefined || hostNumber > lastHostNumber) return [];
  const wanted = `${octets}.${hostNumber}/24`;
  return [{ name: 'eth0', lan: on.name, address: wanted, mac: macOf(wanted), mtuBytes: 1500 }];
}

/** QEMU's prefix and the last two octets, so that the same file gives the same machine. */
function macOf(cidr: string): string {
  const octets = cidr.split('/')[0]?.split('.').map(Number) ?? [];
  const [third = 0, fourth = 0] = octets.slice(2);
  const hex = [0x52, 0x54, 0, 0, third & 0xff, fourth & 0xff].map((octet) =>
    octet.toString(16).padStart(2, '0'),
  );
  return hex.join(':');
}
