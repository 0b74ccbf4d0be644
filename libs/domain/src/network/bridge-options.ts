import { parseIp } from '@netfold/addressing';
import type { Refusal } from '@netfold/contracts';
import { invalidBridgeOption, invalidMtu } from '../refusal/driver.ts';
import { goQuoted } from '../refusal/go-quoted.ts';

/** What the bridge driver reads from `-o`. The names are Docker's. */
export const bridgeOption = {
  name: 'com.docker.network.bridge.name',
  mtu: 'com.docker.network.driver.mtu',
  icc: 'com.docker.network.bridge.enable_icc',
  masquerade: 'com.docker.network.bridge.enable_ip_masquerade',
  inhibitIpv4: 'com.docker.network.bridge.inhibit_ipv4',
  defaultBridge: 'com.docker.network.bridge.default_bridge',
  hostBinding: 'com.docker.network.bridge.host_binding_ipv4',
  enableIPv6: 'com.docker.network.enable_ipv6',
  hostIp: 'com.docker.network.host_ipv4',
} as const;

const booleanOptions: ReadonlySet<string> = new Set([
  bridgeOption.enableIPv6,
  bridgeOption.masquerade,
  bridgeOption.icc,
  bridgeOption.inhibitIpv4,
  bridgeOption.defaultBridge,
]);

const addressOptions: ReadonlySet<string> = new Set([
  bridgeOption.hostBinding,
  bridgeOption.hostIp,
]);

/**
 * The first option that the driver cannot read. The engine visits them in no certain order; we
 * take theirs.
 *
 * @source docker/libnetwork drivers/bridge/bridge.go fromLabels and Validate
 */
export function refusalOfBridgeOptions(options: Readonly<Record<string, string>>): Refusal | null {
  for (const [label, value] of Object.entries(options)) {
    const reason = reasonAgainst(label, value);
    if (reason !== null) return invalidBridgeOption(label, value, reason);
  }
  const mtuBytes = parseInteger(options[bridgeOption.mtu] ?? '0');
  return typeof mtuBytes === 'number' && mtuBytes < 0 ? invalidMtu(mtuBytes) : null;
}

/** The kernel's bounds of the MTU of a veth device (ETH_MIN_MTU, ETH_MAX_MTU). */
const vethMtuMin = 68;
const vethMtuMax = 65_535;

/**
 * Whether a veth device can have the MTU that the network asks for; 0 asks for none. Netlink takes
 * the low 32 bits of a larger number.
 */
export function isVethMtuPossible(options: Readonly<Record<string, string>>): boolean {
  const asked = parseInteger(options[bridgeOption.mtu] ?? '0');
  if (typeof asked !== 'number' || asked === 0) return true;
  const mtuBytes = asked % 2 ** 32;
  return mtuBytes >= vethMtuMin && mtuBytes <= vethMtuMax;
}

function reasonAgainst(label: string, value: string): string | null {
  if (label === bridgeOption.mtu) {
    const mtuBytes = parseInteger(value);
    return typeof mtuBytes === 'number' ? null : goParseError('Atoi', value, mtuBytes);
  }
  if (booleanOptions.has(label)) {
    return parseBoolean(value) === null ? goParseError('ParseBool', value, 'invalid syntax') : null;
  }
  return addressOptions.has(label) && parseIp(value) === null ? 'nil ip' : null;
}

function goParseError(name: string, value: string, problem: string): string {
  return `strconv.${name}: parsing ${goQuoted(value)}: ${problem}`;
}

/** Reads a boolean as Go's `strconv.ParseBool` does. */
function parseBoolean(text: string): boolean | null {
  if (/^(1|t|T|TRUE|true|True)$/.test(text)) return true;
  return /^(0|f|F|FALSE|false|False)$/.test(text) ? false : null;
}

/** Reads an integer as Go's `strconv.Atoi` does; else the end of its error text. */
export function parseInteger(text: string): number | 'invalid syntax' | 'value out of range' {
  if (!/^[+-]?[0-9]+$/.test(text)) return 'invalid syntax';
  const value = BigInt(text.replace(/^\+/, ''));
  const isInt64 = value >= -(2n ** 63n) && value < 2n ** 63n;
  return isInt64 ? Number(value) : 'value out of range';
}
