export type PacketProtocol = 'icmp' | 'tcp' | 'udp';

/** One packet on its way. ICMP echo has its identifier in both ports. */
export type Packet = {
  readonly family: 4 | 6;
  readonly protocol: PacketProtocol;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly ttl: number;
  /** An ICMP message instead, about the packet of this connection that it would answer. */
  readonly isError?: true;
};

/** What Linux gives a packet of its own. */
export const firstTtl = 64;

/** One of the kernel's ephemeral ports: a walk has one connection, so any of them will do. */
export const ephemeralPort = 49_152;

/** What filters see: an error is ICMP, whatever it is about. */
export const wireProtocol = ({ protocol, isError }: Packet): PacketProtocol =>
  isError === true ? 'icmp' : protocol;

/** The packet that answers this one. */
export const answerTo = (packet: Packet): Packet => ({
  ...packet,
  source: packet.destination,
  destination: packet.source,
  sourcePort: packet.destinationPort,
  destinationPort: packet.sourcePort,
  ttl: firstTtl,
});

/** What connection tracking tells connections apart by. */
export const tupleKey = (packet: Packet): string =>
  [
    packet.protocol,
    packet.source,
    packet.sourcePort,
    packet.destination,
    packet.destinationPort,
  ].join(' ');
