/** Ports `first` to `last`, both included; 0 <= first <= last <= 65535. */
export type PortRange = { readonly first: number; readonly last: number };

export type TransportProtocol = 'tcp' | 'udp' | 'sctp';

const portMax = 65535;

/**
 * Reads `80` or `8000-8010`; what follows a second dash counts for nothing, as in the engine.
 *
 * @returns `null` unless both are numbers from 0 to 65535 and the first is not above the last
 * @source docker/go-connections nat/parse.go ParsePortRange
 */
export function parsePortRange(text: string): PortRange | null {
  const match = /^([0-9]{1,8})(?:-([0-9]{1,8})(?:-.*)?)?$/s.exec(text);
  if (match === null) return null;
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  return first <= last && last <= portMax ? { first, last } : null;
}

export function formatPortRange(range: PortRange): string {
  return range.first === range.last ? `${range.first}` : `${range.first}-${range.last}`;
}

/** How many ports. */
export function portCount(range: PortRange): number {
  return range.last - range.first + 1;
}

/** Reads `80/tcp`; the protocol is `tcp` when left out. */
export function parsePortWithProtocol(
  text: string,
): { readonly range: PortRange; readonly protocol: TransportProtocol } | null {
  const [ports = '', protocol = 'tcp', ...rest] = text.split('/');
  const range = parsePortRange(ports);
  const known = protocol.toLowerCase();
  if (range === null || rest.length > 0) return null;
  if (known !== 'tcp' && known !== 'udp' && known !== 'sctp') return null;
  return { range, protocol: known };
}
