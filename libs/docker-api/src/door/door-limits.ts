/** What strangers and members may cost the door (hostile ones are cut off here). */
export const doorLimits = {
  /** From the first byte of a connection to the end of its TLS handshake. */
  handshakeMs: 5_000,
  /** Connections whose handshake goes on; more are closed unheard. */
  handshakesMax: 256,
  /** All connections; more are closed unheard. */
  connectionsMax: 1_024,
  /** Of one actor. The CLI uses one or two per command, Compose one per container it follows. */
  connectionsPerActorMax: 64,
  /** Streams (attach, exec, logs, events, stats, wait) of one actor. */
  streamsPerActorMax: 20,
  /** A stream whose actor has lost the right to it ends within so long. */
  rightsCheckMs: 1_000,
  /** A stream goes on while the store of rights does not answer, for so many checks. */
  uncertainChecksMax: 10,
  /** Of the part of a path that names lab and host, characters. */
  prefixLengthMax: 256,
} as const;
