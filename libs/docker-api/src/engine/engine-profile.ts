/** What an engine generation says of itself. `20.10` is the recorded one. */
export const engineProfile = {
  version: '20.10.24+dfsg1',
  apiVersion: '1.41',
  minApiVersion: '1.12',
  gitCommit: '5d6db84',
  goVersion: 'go1.19.8',
  buildTime: '2023-04-04T18:18:16.000000000+00:00',
  operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  containerd: { version: '1.6.20~ds1', gitCommit: '1.6.20~ds1-1' },
  runc: { version: '1.1.5+ds1', gitCommit: '1.1.5+ds1-1+deb12u1' },
  init: { version: '0.19.0', gitCommit: '' },
} as const;

/** What one request, stream and host socket may cost (hostile clients are cut off here). */
export const engineLimits = {
  /** JSON body of a request, bytes. */
  bodyBytesMax: 1024 * 1024,
  /**
   * Query string, bytes. dockerode repeats a container's whole description there, which 8 KiB would
   * not hold.
   */
  queryBytesMax: 64 * 1024,
  /** All header fields together, bytes. */
  headerBytesMax: 16 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  /** Idle connections that a client keeps open for its next request. */
  keepAliveMs: 65_000,
  /** A hijacked stream ends when nothing has moved for this long, and after this time anyway. */
  streamIdleMs: 600_000,
  streamTotalMs: 3_600_000,
  /** Bytes that a hijacked stream takes from its client. */
  streamInputBytesMax: 8 * 1024 * 1024,
  /** Bytes that wait for a client which does not read. */
  streamBacklogBytesMax: 1024 * 1024,
  /** An archive that is unpacked into a container, bytes, packed or not. */
  archiveBytesMax: 2 * 1024 * 1024,
  /** Streams that one host serves at a time. */
  streamsMax: 256,
} as const;

/** What the engine has built in. */
export const plugins = {
  Volume: ['local'],
  Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
  Authorization: null,
  Log: [
    'awslogs',
    'fluentd',
    'gcplogs',
    'gelf',
    'journald',
    'json-file',
    'local',
    'logentries',
    'splunk',
    'syslog',
  ],
};
