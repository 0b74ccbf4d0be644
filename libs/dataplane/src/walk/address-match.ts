import { containsAddress, formatIp, parseCidr, parseIp } from '@netfold/addressing';

/** Whether an address is in `10.0.0.0/8`; a network without length is one address. */
export const isWithin = (network: string, address: string): boolean => {
  const parsed = parseIp(address);
  if (parsed === null) return false;
  const cidr = parseCidr(network.includes('/') ? network : `${network}/${wholeLength(network)}`);
  return cidr !== null && cidr.family === parsed.family && containsAddress(cidr, parsed);
};

const wholeLength = (address: string): number => (address.includes(':') ? 128 : 32);

/** The one way to write an address, or `null` for what is none. */
export const canonicalAddress = (text: string): string | null => {
  const parsed = parseIp(text);
  return parsed === null ? null : formatIp(parsed);
};

/** @param text  an address of either family */
export const familyOf = (text: string): 4 | 6 => (text.includes(':') ? 6 : 4);

export const loopback4 = '127.0.0.0/8';
