import type { ImageCatalogue, ImageSpec } from '@netfold/contracts';

/**
 * The images of the recorded machines, as test/transcripts/README.md describes them: one BusyBox
 * userland, a PATH of one folder, and a stop signal that ends them at once.
 */
const standIn = (cmd: readonly string[], ...ports: readonly string[]): ImageSpec => ({
  cmd,
  env: ['PATH=/bin'],
  stopSignal: 'SIGKILL',
  expose: ports,
  listens: [],
  userland: 'busybox',
});

/** What a lab is given as its registry, so that it knows what the recorded engine knew. */
export const standInImages: ImageCatalogue = {
  busybox: standIn(['sh']),
  alpine: standIn(['/bin/sh']),
  'ubuntu:14.04': standIn(['/bin/bash']),
  node: standIn(['node']),
  nginx: {
    ...standIn(['nginx', '-g', 'daemon off;'], '80/tcp'),
    listens: [{ port: '80/tcp', http: { '/': '<h1>Welcome to nginx!</h1>' } }],
  },
  mysql: {
    ...standIn(['mysqld'], '3306/tcp', '33060/tcp'),
    listens: [{ port: '3306/tcp' }],
  },
  redis: {
    ...standIn(['redis-server'], '6379/tcp'),
    listens: [{ port: '6379/tcp' }],
  },
  'udp-echo': {
    ...standIn(['udp-echo'], '5353/udp'),
    listens: [{ port: '5353/udp' }],
  },
  /** What the tutorial's Dockerfile makes of `node`. */
  nodebridge: { ...standIn([]), entrypoint: ['/bin/bash'] },
};
