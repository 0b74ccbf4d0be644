import { containsAddress, formatIp, mustParseCidr, parseCidr, parseMac } from '@netfold/addressing';
import type { IpAddress } from '@netfold/addressing';
import type { HostSpec, LanSpec, NicSpec, Refusal } from '@netfold/contracts';
import { limits } from '../limits.ts';
import { addressTaken, invalidText, lanMissing, limitReached } from '../refusal/lab.ts';
import type { ActiveLab } from '../state/lab.ts';

/** A DNS label (RFC 1035 §2.3.1, with the digits of RFC 1123 §2.1). */
const hostNameForm = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** As the kernel takes them: 1 to 15 bytes, no blank, slash or colon. */
const nicNameForm = /^[^\s/:]{1,15}$/;

const mtuMin = 68;
const mtuMax = 65_535;

/** What is wrong with a host's description in this lab; `null` for nothing. */
export function refusalOfHost(lab: ActiveLab, spec: HostSpec): Refusal | null {
  if (!hostNameForm.test(spec.name) || spec.name.length > limits.nameLengthMax) {
    const expected = `1 to ${limits.nameLengthMax} lowercase letters, digits or hyphens`;
    return invalidText('name of the host', spec.name, expected);
  }
  if (spec.nics.length > limits.nicsPerHostMax) {
    return limitReached('NICs per host', limits.nicsPerHostMax, spec.nics.length);
  }
  for (const [index, nic] of spec.nics.entries()) {
    const refusal = refusalOfNic(lab, spec, nic, spec.nics.slice(0, index));
    if (refusal !== null) return { ...refusal, field: ['nics', index] };
  }
  return null;
}

function refusalOfNic(
  lab: ActiveLab,
  spec: HostSpec,
  nic: NicSpec,
  others: readonly NicSpec[],
): Refusal | null {
  const isKnown = nic.name === 'lo' || others.some((other) => other.name === nic.name);
  if (!nicNameForm.test(nic.name) || isKnown) {
    return invalidText('name of the NIC', nic.name, '1 to 15 characters, not used on this host');
  }
  const lan = lab.lans.find((other) => other.name === nic.lan);
  if (lan === undefined) return lanMissing(nic.lan);
  const mac = parseMac(nic.mac);
  if (mac === null || (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1) {
    return invalidText('MAC of the NIC', nic.mac, 'a unicast MAC such as 52:54:00:00:32:0b');
  }
  if (!Number.isInteger(nic.mtuBytes) || nic.mtuBytes < mtuMin || nic.mtuBytes > mtuMax) {
    return invalidText('MTU of the NIC', `${nic.mtuBytes}`, `a number from ${mtuMin} to ${mtuMax}`);
  }
  return refusalOfAddress(lab, spec, nic, lan);
}

function refusalOfAddress(
  lab: ActiveLab,
  spec: HostSpec,
  nic: NicSpec,
  lan: LanSpec,
): Refusal | null {
  const subnet = mustParseCidr(lan.subnet);
  const cidr = parseCidr(nic.address);
  const form = `with its prefix length, as in ${lan.subnet}`;
  const expected = `an address of the LAN \`${lan.name}\` ${form}`;
  if (cidr === null || cidr.family !== 4 || cidr.prefixLength !== subnet.prefixLength) {
    return invalidText('address of the NIC', nic.address, expected);
  }
  const address: IpAddress = { family: 4, value: cidr.address };
  if (!containsAddress(subnet, address)) {
    return invalidText('address of the NIC', nic.address, expected);
  }
  const text = formatIp(address);
  if (text === lan.gateway) return addressTaken(text, 'the outside machine');
  const nics = [spec, ...[...lab.hosts.values()].map((host) => host.spec)].flatMap((host) =>
    host.nics.filter((other) => other !== nic).map((other) => ({ host: host.name, other })),
  );
  const holder = nics.find(
    ({ other }) => other.lan === nic.lan && other.address.split('/')[0] === text,
  );
  return holder === undefined ? null : addressTaken(text, holder.host);
}
